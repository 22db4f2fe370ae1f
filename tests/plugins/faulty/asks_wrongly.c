/* Asks every extension for what it must not get: answers with the number of the check that failed. */
#include "fault.h"
#include "mcph/ext/health.h"
#include "mcph/ext/kv.h"
#include "mcph/ext/metrics.h"
#include "mcph/ext/secret.h"
#include "mcph/ext/task.h"
#include "mcph/ext/trace.h"

static const mcph_host *host;
static const mcph_kv *kv;
static const mcph_metrics *metrics;
static int failed;

static void check(int number, int holds) {
  if (!holds && failed == 0) failed = number;
}
static void done(void *user, mcph_status status, const mcph_kv_answer *answer) {
  if (status < 0 && answer == NULL) *(int *)user += 1;
}
static void use(void *user, mcph_str secret) {
  (void)user;
  (void)secret;
  check(99, 0);
}
static void run(void *user, int32_t cancelled) {
  (void)user;
  (void)cancelled;
}

static mcph_status ask(uint32_t operation, const mcph_call *call, uint32_t flags, mcph_str key,
                       mcph_str value) {
  mcph_kv_request request = {.size = sizeof request, .flags = flags, .operation = operation,
                             .call = call, .key = key, .value = value};
  int refused = 0;
  const mcph_status status = kv->run(host, &request, done, &refused);
  if (status < 0 && refused != 1) return 77; /* `done` must have run once */
  if (status < 0 && kv->start(host, &request, done, &refused) != status) return 78;
  return status;
}

static void check_kv(const mcph_call *call) {
  static char big[64 * 1024 + 1];
  const mcph_str key = TEXT("k"), none = {NULL, 0}, bad = TEXT("\xff"), nul = TEXT("a\0b");
  const mcph_str wild = {NULL, 12};
  mcph_kv_request brief = {.size = 8};
  int refused = 0;
  check(1, kv->run(host, &brief, done, &refused) == MCPH_E_INVALID_ARGUMENT && refused == 1);
  check(2, kv->run(host, NULL, NULL, NULL) == MCPH_E_INVALID_ARGUMENT);
  check(3, ask(MCPH_KV_GET, NULL, MCPH_KV_OF_USER, key, none) == MCPH_E_INVALID_ARGUMENT);
  check(4, ask(99, call, 0, key, none) == MCPH_E_INVALID_ARGUMENT);
  check(5, ask(MCPH_KV_GET, call, 0, none, none) == MCPH_E_INVALID_ARGUMENT);
  check(6, ask(MCPH_KV_GET, call, 0, bad, none) == MCPH_E_INVALID_ARGUMENT);
  check(7, ask(MCPH_KV_GET, call, 0, nul, none) == MCPH_E_INVALID_ARGUMENT);
  check(8, ask(MCPH_KV_GET, call, 0, wild, none) == MCPH_E_INVALID_ARGUMENT);
  check(9, ask(MCPH_KV_PUT, call, 0, key, (mcph_str){big, sizeof big}) == MCPH_E_LIMIT);
  check(10, ask(MCPH_KV_GET, call, 0, (mcph_str){big, 300}, none) == MCPH_E_LIMIT);
}

static void check_metrics(void) {
  const mcph_str label = TEXT("kind");
  mcph_metric metric = {.size = sizeof metric, .kind = MCPH_METRIC_COUNTER, .name = TEXT("a_total"),
                        .labels = &label, .label_count = 1};
  uint32_t number = 0;
  mcph_str value = TEXT("x"), wrong = TEXT("\xff");
  check(20, metrics->declare(host, &metric, &number) == MCPH_OK);
  check(21, metrics->record(host, number, &value, 1, 1.0) == MCPH_OK);
  check(22, metrics->record(host, number, &value, 0, 1.0) == MCPH_E_INVALID_ARGUMENT);
  check(23, metrics->record(host, number, &value, 1, -1.0) == MCPH_E_INVALID_ARGUMENT);
  check(24, metrics->record(host, number, &wrong, 1, 1.0) == MCPH_E_INVALID_ARGUMENT);
  check(25, metrics->record(host, number + 40, &value, 1, 1.0) == MCPH_E_INVALID_ARGUMENT);
  check(26, metrics->record(host, number, NULL, 1, 1.0) == MCPH_E_INVALID_ARGUMENT);
  metric.kind = MCPH_METRIC_GAUGE;
  check(27, metrics->declare(host, &metric, &number) == MCPH_E_INVALID_ARGUMENT);
  metric.kind = 12;
  check(28, metrics->declare(host, &metric, &number) == MCPH_E_INVALID_ARGUMENT);
  metric.kind = MCPH_METRIC_COUNTER;
  metric.name = TEXT("Not A Name");
  check(29, metrics->declare(host, &metric, &number) == MCPH_E_INVALID_ARGUMENT);
  metric.size = 4;
  check(30, metrics->declare(host, &metric, &number) == MCPH_E_INVALID_ARGUMENT);
}

static mcph_status call(void *self, const mcph_call *c) {
  (void)self;
  const mcph_secret *secrets = host->extension(host, MCPH_EXT_SECRET);
  const mcph_health *health = host->extension(host, MCPH_EXT_HEALTH);
  const mcph_task *task = host->extension(host, MCPH_EXT_TASK);
  const mcph_trace *trace = host->extension(host, MCPH_EXT_TRACE);
  const mcph_str text = TEXT("x"), bad = TEXT("\xff");
  check_kv(c);
  check(40, secrets->read(host, text, use, NULL) == MCPH_E_NOT_FOUND);
  check(41, secrets->read(host, text, NULL, NULL) == MCPH_E_INVALID_ARGUMENT);
  check(42, health->report(host, 77, text) == MCPH_OK);
  check(43, health->report(host, MCPH_HEALTH_OK, bad) == MCPH_E_INVALID_ARGUMENT);
  check(44, task->post(host, 1, NULL, NULL, NULL) == MCPH_E_INVALID_ARGUMENT);
  check(45, task->post(host, UINT64_MAX, run, NULL, NULL) == MCPH_E_LIMIT);
  check(46, task->cancel(host, 4711) == MCPH_E_NOT_FOUND);
  check(47, trace->begin(c, 0, text) == 0); /* nobody traces this call */
  check(48, trace->end(c, 9, MCPH_OK) == MCPH_E_NOT_FOUND);
  check(49, trace->context(c, 0, use, NULL) == MCPH_E_NOT_FOUND);
  check(50, host->extension(host, "mcph.kv/2") == NULL);
  check(51, host->extension(host, NULL) == NULL);
  char answer[] = "{\"type\":\"text\",\"text\":\"failed: 00\"}";
  answer[sizeof answer - 5] = (char)('0' + failed / 10);
  answer[sizeof answer - 4] = (char)('0' + failed % 10);
  return c->content(c, (mcph_str){answer, sizeof answer - 1});
}

static mcph_status start(const mcph_host *h, mcph_str config, void **self) {
  (void)config;
  *self = NULL;
  host = h;
  kv = h->extension(h, MCPH_EXT_KV);
  metrics = h->extension(h, MCPH_EXT_METRICS);
  if (kv == NULL || metrics == NULL) return MCPH_E_NOT_FOUND;
  check_metrics();
  return MCPH_OK;
}

TOOL(asks_wrongly, 0, call);
PLUGIN(asks_wrongly, .start = start)
