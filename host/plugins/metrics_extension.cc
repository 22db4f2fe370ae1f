#include "plugins/metrics_extension.h"

#include "plugins/borrowed.h"
#include "plugins/instance.h"

namespace mcph::plugins {
namespace {

// What the struct was in the extension's first revision (ABI-3).
constexpr std::size_t kMetricBytes = offsetof(mcph_metric, bound_count) + sizeof(std::size_t);

mcph_status to_status(const Error& error) {
  return error.code == Code::kLimit ? MCPH_E_LIMIT : MCPH_E_INVALID_ARGUMENT;
}

std::optional<MetricKind> read_kind(std::uint32_t kind) {
  switch (kind) {
    case MCPH_METRIC_COUNTER:
      return MetricKind::kCounter;
    case MCPH_METRIC_GAUGE:
      return MetricKind::kGauge;
    case MCPH_METRIC_HISTOGRAM:
      return MetricKind::kHistogram;
    default:
      return std::nullopt;
  }
}

Result<MetricShape> read_shape(const mcph_metric* metric) {
  const Error invalid{Code::kInvalid, "no metric", {}};
  if (metric == nullptr || metric->size < kMetricBytes) return invalid;
  const auto kind = read_kind(metric->kind);
  const bool lists = (metric->labels != nullptr || metric->label_count == 0) &&
                     (metric->bounds != nullptr || metric->bound_count == 0);
  if (!kind || !lists) return invalid;
  if (metric->label_count > MetricRegistry::kLabelsMax ||
      metric->bound_count > MetricRegistry::kBoundsMax) {
    return Error{Code::kLimit, "labels or bounds", {}};
  }
  MetricShape shape;
  shape.kind = *kind;
  shape.name = view(metric->name);
  shape.help = view(metric->help);
  for (std::size_t i = 0; i < metric->label_count; ++i) {
    shape.labels.emplace_back(view(metric->labels[i]));
  }
  shape.bounds.assign(metric->bounds, metric->bounds + metric->bound_count);
  return shape;
}

mcph_status declare(const mcph_host* host, const mcph_metric* metric,
                    std::uint32_t* number) noexcept {
  if (host == nullptr || number == nullptr) return MCPH_E_INVALID_ARGUMENT;
  auto& instance = *static_cast<Instance*>(host->host_data);
  if (instance.started()) return MCPH_E_INVALID_ARGUMENT;
  auto shape = read_shape(metric);
  if (!shape.ok()) return to_status(shape.error());
  const auto family =
      instance.parts().metrics->declare(instance.descriptor().name, std::move(*shape));
  if (!family.ok()) return to_status(family.error());
  const auto handle = instance.metrics().add(*family);
  if (!handle.ok()) return to_status(handle.error());
  *number = *handle;
  return MCPH_OK;
}

mcph_status record(const mcph_host* host, std::uint32_t number, const mcph_str* values,
                   std::size_t value_count, double value) noexcept {
  if (host == nullptr || (values == nullptr && value_count > 0)) return MCPH_E_INVALID_ARGUMENT;
  MetricFamily* family = static_cast<Instance*>(host->host_data)->metrics().find(number);
  if (family == nullptr) return MCPH_E_INVALID_ARGUMENT;
  if (value_count != family->shape().labels.size()) return MCPH_E_INVALID_ARGUMENT;
  std::vector<std::string> texts;
  texts.reserve(value_count);
  for (std::size_t i = 0; i < value_count; ++i) {
    // Before it is copied: whatever it claims to be.
    if (values[i].len > MetricFamily::kLabelValueBytesMax) return MCPH_E_INVALID_ARGUMENT;
    texts.emplace_back(view(values[i]));
  }
  const auto recorded = family->record(texts, value);
  return recorded.ok() ? MCPH_OK : to_status(recorded.error());
}

}  // namespace

const mcph_metrics& metrics_extension() noexcept {
  static constexpr mcph_metrics kTable{sizeof(mcph_metrics), 0, declare, record};
  return kTable;
}

}  // namespace mcph::plugins
