#include "observability/metric_registry.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace mcph {
namespace {

MetricShape counter(const std::string& name, std::vector<std::string> labels = {}) {
  return {MetricKind::kCounter, name, "What it is.", std::move(labels), {}};
}

TEST(MetricRegistry, GivesTheSameFamilyToWhoDeclaresItAlike) {
  MetricRegistry registry;
  MetricFamily* one = *registry.declare("notes", counter("found_total", {"kind"}));
  EXPECT_EQ(*registry.declare("notes", counter("found_total", {"kind"})), one);
  EXPECT_NE(*registry.declare("other", counter("found_total", {"kind"})), one);
  EXPECT_FALSE(registry.declare("notes", counter("found_total", {"sort"})).ok());
  ASSERT_EQ(registry.list().size(), 2u);
  EXPECT_EQ(registry.list()[0].owner, "notes");
}

TEST(MetricRegistry, TakesNoNameThatAReaderCouldNotWriteDown) {
  MetricRegistry registry;
  for (const char* name : {"", "9lives", "Upper", "with space", "dash-ed", "ünder"}) {
    EXPECT_FALSE(registry.declare("x", counter(name)).ok()) << name;
    EXPECT_FALSE(registry.declare("x", counter("fine", {name})).ok()) << name;
  }
  EXPECT_FALSE(registry.declare("x", counter("fine", {"twice", "twice"})).ok());
  EXPECT_FALSE(registry.declare("x", counter(std::string(65, 'a'))).ok());
  MetricShape histogram{MetricKind::kHistogram, "h", "", {}, {}};
  EXPECT_FALSE(registry.declare("x", histogram).ok()) << "without bounds";
  for (const std::vector<double>& bounds :
       {std::vector<double>{2, 1}, {1, 1}, {std::numeric_limits<double>::infinity()}}) {
    histogram.bounds = bounds;
    EXPECT_FALSE(registry.declare("x", histogram).ok());
  }
}

TEST(MetricRegistry, HasRoomForSoManyFamiliesOfOneOwner) {
  MetricRegistry registry;
  for (std::size_t i = 0; i < MetricRegistry::kFamiliesMax; ++i) {
    ASSERT_TRUE(registry.declare("greedy", counter("m" + std::to_string(i))).ok());
  }
  EXPECT_EQ(registry.declare("greedy", counter("one_more")).error().code, Code::kLimit);
  EXPECT_TRUE(registry.declare("modest", counter("one_more")).ok());
}

TEST(MetricFamily, DropsAndCountsWhatHasTooManyDifferentLabels) {
  MetricRegistry registry;
  MetricFamily& family = **registry.declare("x", counter("calls_total", {"id"}));
  for (std::size_t i = 0; i < MetricFamily::kSeriesMax; ++i) {
    ASSERT_TRUE(family.record({std::to_string(i)}, 1).ok());
  }
  EXPECT_EQ(family.record({"one more"}, 1).error().code, Code::kLimit);
  EXPECT_TRUE(family.record({"7"}, 1).ok());
  EXPECT_EQ(family.dropped(), 1u);
  EXPECT_EQ(family.read().size(), MetricFamily::kSeriesMax);
}

TEST(MetricFamily, HoldsValuesToWhatTheyMean) {
  MetricRegistry registry;
  MetricFamily& calls = **registry.declare("x", counter("calls_total", {"a", "b"}));
  EXPECT_FALSE(calls.record({"1"}, 1).ok());
  EXPECT_FALSE(calls.record({"1", "2"}, -1).ok());
  EXPECT_FALSE(calls.record({"1", "2"}, std::nan("")).ok());
  EXPECT_FALSE(calls.record({"1", std::string(65, 'x')}, 1).ok());
  EXPECT_FALSE(calls.record({"1", "\xff"}, 1).ok());
  EXPECT_TRUE(calls.read().empty());

  MetricFamily& gauge = **registry.declare("x", {MetricKind::kGauge, "open", "", {}, {}});
  ASSERT_TRUE(gauge.record({}, 7).ok());
  ASSERT_TRUE(gauge.record({}, -2).ok());
  EXPECT_EQ(gauge.read().at(0).value, -2);

  MetricFamily& waits = **registry.declare("x", {MetricKind::kHistogram, "w", "", {}, {1, 10}});
  for (const double value : {0.5, 1.0, 2.0, 100.0}) ASSERT_TRUE(waits.record({}, value).ok());
  EXPECT_EQ(waits.read().at(0).buckets, (std::vector<std::uint64_t>{2, 1}));
  EXPECT_EQ(waits.read().at(0).count, 4u);
  EXPECT_EQ(waits.read().at(0).value, 103.5);
}

}  // namespace
}  // namespace mcph
