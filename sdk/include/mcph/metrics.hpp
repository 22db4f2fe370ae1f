// mcph/metrics.hpp - what a plugin counts, for plugin authors in C++. Make one in the plugin's
// constructor, and its metrics with it. With a host that keeps no metrics nothing happens.
//   mcph::Metric found_ = metrics.counter("found_total", "Notes found.", {"kind"});
//   found_.record(1, {"text"});
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "mcph/call.hpp"
#include "mcph/ext/metrics.h"

namespace mcph {

// Copy it freely. Thread-safe.
class Metric {
 public:
  Metric() = default;
  Metric(const mcph_host* host, const mcph_metrics* api, std::uint32_t number) noexcept
      : host_(host), api_(api), number_(number) {}

  // A counter adds, a gauge is set, a histogram observes. `labels`: values, in their order.
  void record(double value, std::initializer_list<std::string_view> labels = {}) const noexcept {
    if (api_ == nullptr || labels.size() > kLabelsMax) return;
    std::array<mcph_str, kLabelsMax> values{};
    std::size_t count = 0;
    for (const std::string_view label : labels) values[count++] = str(label);
    api_->record(host_, number_, values.data(), count, value);
  }

 private:
  static constexpr std::size_t kLabelsMax = 4;
  const mcph_host* host_ = nullptr;
  const mcph_metrics* api_ = nullptr;
  std::uint32_t number_ = 0;
};

class Metrics {
 public:
  using Names = std::initializer_list<std::string_view>;

  explicit Metrics(const mcph_host* host)
      : host_(host),
        api_(static_cast<const mcph_metrics*>(host->extension(host, MCPH_EXT_METRICS))) {}

  // These throw Failure for a metric the host does not take.
  Metric counter(std::string_view name, std::string_view help, Names labels = {}) const {
    return declare(MCPH_METRIC_COUNTER, name, help, labels, {});
  }
  Metric gauge(std::string_view name, std::string_view help, Names labels = {}) const {
    return declare(MCPH_METRIC_GAUGE, name, help, labels, {});
  }
  Metric histogram(std::string_view name, std::string_view help,
                   std::initializer_list<double> bounds, Names labels = {}) const {
    return declare(MCPH_METRIC_HISTOGRAM, name, help, labels, bounds);
  }

 private:
  Metric declare(std::uint32_t kind, std::string_view name, std::string_view help, Names labels,
                 std::initializer_list<double> bounds) const {
    if (api_ == nullptr) return {};
    std::vector<mcph_str> names;
    for (const std::string_view label : labels) names.push_back(str(label));
    mcph_metric metric{};
    metric.size = sizeof metric;
    metric.kind = kind;
    metric.name = str(name);
    metric.help = str(help);
    metric.labels = names.data();
    metric.label_count = names.size();
    metric.bounds = bounds.begin();
    metric.bound_count = bounds.size();
    std::uint32_t number = 0;
    const mcph_status status = api_->declare(host_, &metric, &number);
    if (status < 0) throw Failure(status, "the host refuses a metric");
    return {host_, api_, number};
  }

  const mcph_host* host_;
  const mcph_metrics* api_;
};

}  // namespace mcph
