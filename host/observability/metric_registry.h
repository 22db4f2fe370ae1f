// What the parts of this host count, in memory, until somebody reads it. A family is one metric
// with all its label values. Everything is bounded: an owner declares so many families, a family
// has so many series, and what is beyond is dropped and counted. Thread-safe; families live as long
// as the registry.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace mcph {

enum class MetricKind { kCounter, kGauge, kHistogram };

struct MetricShape {
  MetricKind kind = MetricKind::kCounter;
  std::string name;  // [a-z_][a-z0-9_]*
  std::string help;
  std::vector<std::string> labels;  // names, spelled as `name`
  std::vector<double> bounds;       // of a histogram: upper bounds, growing, without infinity
};

// One series of a family as it is now.
struct MetricSample {
  std::vector<std::string> values;  // of the labels, in their order
  double value = 0;                 // a histogram's sum
  std::uint64_t count = 0;          // observations of a histogram
  std::vector<std::uint64_t>
      buckets;  // how many were within each bound; not those within lower ones
};

class MetricFamily {
 public:
  static constexpr std::size_t kSeriesMax = 200;  // what a dashboard can still show
  static constexpr std::size_t kLabelValueBytesMax = 64;

  explicit MetricFamily(MetricShape shape) : shape_(std::move(shape)) {}

  const MetricShape& shape() const noexcept { return shape_; }
  // kInvalid: not as many values as labels, or no number this kind takes. kLimit: one series too
  // many; counted.
  Result<> record(const std::vector<std::string>& values, double value);
  std::vector<MetricSample> read() const;
  std::uint64_t dropped() const;

 private:
  const MetricShape shape_;
  mutable std::mutex mutex_;
  std::map<std::vector<std::string>, MetricSample> series_;
  std::uint64_t dropped_ = 0;
};

class MetricRegistry {
 public:
  static constexpr std::size_t kFamiliesMax = 64;  // of one owner
  static constexpr std::size_t kNameBytesMax = 64;
  static constexpr std::size_t kHelpBytesMax = 512;
  static constexpr std::size_t kLabelsMax = 4;
  static constexpr std::size_t kBoundsMax = 20;

  // One that was declared alike is the same. kInvalid: no good name, or declared otherwise before.
  Result<MetricFamily*> declare(const std::string& owner, MetricShape shape);

  struct Owned {
    std::string owner;
    const MetricFamily* family;
  };
  std::vector<Owned> list() const;  // by owner and name

 private:
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, std::unique_ptr<MetricFamily>> families_;
};

}  // namespace mcph
