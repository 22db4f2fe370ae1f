/* A plugin of 1.0: everything it knows of the host is in include/ beside it. Every later host loads
 * it. */
#include <stdlib.h>
#include <string.h>

#include "mcph/abi.h"
#include "mcph/ext/complete.h"
#include "mcph/ext/health.h"
#include "mcph/ext/kv.h"
#include "mcph/ext/scopes.h"

#define TEXT(literal) ((mcph_str){literal, sizeof(literal) - 1})

typedef struct self {
  const mcph_host *host;
  const mcph_kv *kv;
} self_type;

static mcph_status start(const mcph_host *host, mcph_str config, void **self) {
  self_type *made = malloc(sizeof *made);
  const mcph_health *health = host->extension(host, MCPH_EXT_HEALTH);
  (void)config;
  if (made == NULL) return MCPH_E_LIMIT;
  made->host = host;
  made->kv = host->extension(host, MCPH_EXT_KV);
  if (health != NULL) health->report(host, MCPH_HEALTH_DEGRADED, TEXT("I am old."));
  *self = made;
  return MCPH_OK;
}
static void stop(void *self) { free(self); }

static void done(void *user, mcph_status status, const mcph_kv_answer *answer) {
  *(int *)user = status == MCPH_OK && answer->count == 1;
}

static mcph_status remember(void *self, const mcph_call *call) {
  const self_type *mine = self;
  const mcph_kv_request put = {.size = sizeof put, .flags = MCPH_KV_OF_USER,
                               .operation = MCPH_KV_PUT, .call = call, .key = TEXT("word"),
                               .value = call->arguments};
  int written = 0;
  if (mine->kv == NULL || mine->kv->run(mine->host, &put, done, &written) != MCPH_OK) {
    return call->fail(call, MCPH_E_UNAVAILABLE, TEXT("No memory."), TEXT(""));
  }
  if (call->cancelled(call)) return MCPH_E_CANCELLED;
  return call->content(call, written ? TEXT("{\"type\":\"text\",\"text\":\"remembered\"}")
                                     : TEXT("{\"type\":\"text\",\"text\":\"odd\"}"));
}
static mcph_status read(void *self, const mcph_call *call) {
  (void)self;
  return call->content(call, TEXT("{\"uri\":\"old://leaf\",\"text\":\"a leaf\"}"));
}
static mcph_status get(void *self, const mcph_call *call) {
  (void)self;
  return call->content(
      call, TEXT("{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"Be old.\"}}"));
}
static mcph_status complete(void *self, const mcph_call *call) {
  (void)self;
  return call->structured(call, TEXT("{\"values\":[\"oak\"]}"));
}

static const mcph_tool tool = {.size = sizeof(mcph_tool), .flags = MCPH_IDEMPOTENT,
                               .name = "remember", .description = "Remembers its arguments.",
                               .input_schema = "{\"type\":\"object\"}", .call = remember};
static const mcph_resource resource = {.size = sizeof(mcph_resource), .uri = "old://leaf",
                                       .name = "leaf", .read = read};
static const mcph_prompt prompt = {.size = sizeof(mcph_prompt), .name = "be_old",
                                   .arguments_json = "[{\"name\":\"tree\"}]", .get = get};
static const mcph_tool *const tools[] = {&tool};
static const mcph_resource *const resources[] = {&resource};
static const mcph_prompt *const prompts[] = {&prompt};

static const void *extension(const char *id) {
  static const mcph_complete completion = {.size = sizeof completion, .complete = complete};
  static const mcph_scopes scopes = {.size = sizeof scopes, .words_json = "{\"old\":\"Be old\"}"};
  if (strcmp(id, MCPH_EXT_COMPLETE) == 0) return &completion;
  if (strcmp(id, MCPH_EXT_SCOPES) == 0) return &scopes;
  return NULL;
}

const mcph_plugin *mcph_plugin_v1(void) {
  static const mcph_plugin plugin = {.size = sizeof plugin, .abi_minor = MCPH_ABI_MINOR,
                                     .tool_count = 1, .resource_count = 1, .prompt_count = 1,
                                     .name = "frozen", .version = "1.0.0", .tools = tools,
                                     .resources = resources, .prompts = prompts, .start = start,
                                     .stop = stop, .extension = extension};
  return &plugin;
}
