#include "observability/metric_registry.h"

#include <algorithm>
#include <cmath>

#include "base/encoding.h"

namespace mcph {
namespace {

Error wrong(std::string what) {
  return Error{Code::kInvalid, std::move(what), {}};
}

bool is_name(std::string_view name) {
  if (name.empty() || name.size() > MetricRegistry::kNameBytesMax) return false;
  if (name.front() >= '0' && name.front() <= '9') return false;
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == name.npos;
}

Result<> check_shape(const MetricShape& shape) {
  if (!is_name(shape.name)) return wrong("no name of a metric: " + shape.name);
  if (shape.help.size() > MetricRegistry::kHelpBytesMax || !is_utf8(shape.help)) {
    return wrong("the help of " + shape.name);
  }
  if (shape.labels.size() > MetricRegistry::kLabelsMax) {
    return Error{Code::kLimit, "the labels of " + shape.name, {}};
  }
  for (auto label = shape.labels.begin(); label != shape.labels.end(); ++label) {
    if (!is_name(*label) || std::find(shape.labels.begin(), label, *label) != label) {
      return wrong("the labels of " + shape.name);
    }
  }
  if (shape.bounds.size() > MetricRegistry::kBoundsMax) {
    return Error{Code::kLimit, "the bounds of " + shape.name, {}};
  }
  const bool histogram = shape.kind == MetricKind::kHistogram;
  const bool grow = std::adjacent_find(shape.bounds.begin(), shape.bounds.end(),
                                       std::greater_equal<>()) == shape.bounds.end();
  const bool finite = std::all_of(shape.bounds.begin(), shape.bounds.end(),
                                  [](double bound) { return std::isfinite(bound); });
  if (histogram == shape.bounds.empty() || !grow || !finite) {
    return wrong("the bounds of " + shape.name);
  }
  return Ok{};
}

bool is_alike(const MetricShape& one, const MetricShape& other) {
  return one.kind == other.kind && one.labels == other.labels && one.bounds == other.bounds;
}

void add(const MetricShape& shape, MetricSample& sample, double value) {
  if (shape.kind == MetricKind::kGauge) {
    sample.value = value;
    return;
  }
  sample.value += value;
  if (shape.kind == MetricKind::kCounter) return;
  sample.count += 1;
  sample.buckets.resize(shape.bounds.size());
  const auto bound = std::lower_bound(shape.bounds.begin(), shape.bounds.end(), value);
  if (bound == shape.bounds.end()) return;  // beyond the last: in `count` alone
  sample.buckets[static_cast<std::size_t>(bound - shape.bounds.begin())] += 1;
}

}  // namespace

Result<> MetricFamily::record(const std::vector<std::string>& values, double value) {
  if (values.size() != shape_.labels.size()) return wrong("label values");
  if (!std::isfinite(value)) return wrong("value");
  if (shape_.kind == MetricKind::kCounter && value < 0) return wrong("a counter never falls");
  for (const std::string& one : values) {
    if (one.size() > kLabelValueBytesMax || !is_utf8(one)) return wrong("label values");
  }
  const std::lock_guard lock(mutex_);
  auto found = series_.find(values);
  if (found == series_.end()) {
    if (series_.size() >= kSeriesMax) {
      ++dropped_;
      return Error{Code::kLimit, "too many label values", {}};
    }
    found = series_.emplace(values, MetricSample{values, 0, 0, {}}).first;
  }
  add(shape_, found->second, value);
  return Ok{};
}

std::vector<MetricSample> MetricFamily::read() const {
  const std::lock_guard lock(mutex_);
  std::vector<MetricSample> all;
  all.reserve(series_.size());
  for (const auto& [values, sample] : series_) all.push_back(sample);
  return all;
}

std::uint64_t MetricFamily::dropped() const {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

Result<MetricFamily*> MetricRegistry::declare(const std::string& owner, MetricShape shape) {
  TRY(check_shape(shape));
  const std::lock_guard lock(mutex_);
  const auto found = families_.find({owner, shape.name});
  if (found != families_.end()) {
    if (!is_alike(found->second->shape(), shape)) {
      return wrong(shape.name + " was declared otherwise before");
    }
    return found->second.get();
  }
  const auto own = std::count_if(families_.begin(), families_.end(),
                                 [&](const auto& entry) { return entry.first.first == owner; });
  if (static_cast<std::size_t>(own) >= kFamiliesMax) {
    return Error{Code::kLimit, "too many metrics", {}};
  }
  std::pair<std::string, std::string> key{owner, shape.name};
  return families_.emplace(std::move(key), std::make_unique<MetricFamily>(std::move(shape)))
      .first->second.get();
}

std::vector<MetricRegistry::Owned> MetricRegistry::list() const {
  const std::lock_guard lock(mutex_);
  std::vector<Owned> all;
  for (const auto& [key, family] : families_) all.push_back({key.first, family.get()});
  return all;
}

}  // namespace mcph
