/* Every struct of the ABI within reach of a symbol, for tools that read debug information. */
#include "mcph/abi.h"
#include "mcph/ext/call.h"
#include "mcph/ext/complete.h"
#include "mcph/ext/health.h"
#include "mcph/ext/http.h"
#include "mcph/ext/kv.h"
#include "mcph/ext/metrics.h"
#include "mcph/ext/notify.h"
#include "mcph/ext/offer.h"
#include "mcph/ext/scopes.h"
#include "mcph/ext/secret.h"
#include "mcph/ext/task.h"
#include "mcph/ext/trace.h"

const mcph_plugin *mcph_plugin_v1(void) { return NULL; }

#define REACH(type)                                                                         \
  MCPH_EXPORT const struct type *probe_##type(void);                                        \
  const struct type *probe_##type(void) { return NULL; }
REACH(mcph_call_extension)
REACH(mcph_complete)
REACH(mcph_health)
REACH(mcph_http)
REACH(mcph_http_response)
REACH(mcph_kv)
REACH(mcph_metrics)
REACH(mcph_notify)
REACH(mcph_offer_extension)
REACH(mcph_scopes)
REACH(mcph_secret)
REACH(mcph_task)
REACH(mcph_trace)
