/* mcph/ext/metrics.h - what a plugin counts, for the host's operator. A metric is declared in
 * start() and used by its number; one that two instances declare alike is one metric. */
#ifndef MCPH_EXT_METRICS_H
#define MCPH_EXT_METRICS_H

#include "mcph/abi.h"

#define MCPH_EXT_METRICS "mcph.metrics/1"

#define MCPH_METRIC_COUNTER 1u   /* only grows: record() adds */
#define MCPH_METRIC_GAUGE 2u     /* record() sets */
#define MCPH_METRIC_HISTOGRAM 3u /* record() observes */

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mcph_metric {
  uint32_t size, kind;
  mcph_str name;          /* [a-z_][a-z0-9_]*, up to 64 bytes; the host adds whose it is */
  mcph_str help;          /* one sentence */
  const mcph_str *labels; /* up to 4 names; never for values without end: no user, no id */
  size_t label_count;
  const double *bounds; /* HISTOGRAM: up to 20 upper bounds, growing; +Inf is added */
  size_t bound_count;
} mcph_metric;

typedef struct mcph_metrics {
  uint32_t size, flags;
  /* [control] In start() alone. LIMIT: too many. INVALID_ARGUMENT: a wrong name, or declared
     before with other labels. */
  mcph_status (*declare)(const mcph_host *host, const mcph_metric *metric,
                         uint32_t *number) MCPH_NOEXCEPT;
  /* [any] `values` in the order of the labels, up to 64 bytes each. LIMIT: this metric has too many
     different ones already; the value is dropped, and the host counts that it was. */
  mcph_status (*record)(const mcph_host *host, uint32_t number, const mcph_str *values,
                        size_t value_count, double value) MCPH_NOEXCEPT;
} mcph_metrics;

#ifdef __cplusplus
}
#endif
#endif
