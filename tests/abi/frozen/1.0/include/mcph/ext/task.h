/* mcph/ext/task.h - work of the plugin's own on the host's threads, at once or later: a plugin needs
 * no threads itself. (A call that becomes a task of MCP: ext/call.h.) */
#ifndef MCPH_EXT_TASK_H
#define MCPH_EXT_TASK_H

#include "mcph/abi.h"

#define MCPH_EXT_TASK "mcph.task/1"

#ifdef __cplusplus
extern "C" {
#endif

/* `cancelled` 1: its time will not come, free what `user` is. */
typedef void (*mcph_task_run)(void *user, int32_t cancelled) MCPH_NOEXCEPT;

typedef struct mcph_task { /* all [any] */
  uint32_t size, flags;
  /* After OK `run` runs exactly once: [executor], not before start() has returned and delay_ms have
     passed; or with cancelled 1, because of cancel() or right before stop(). `id`: for cancel(), or
     NULL. LIMIT: too many wait. UNAVAILABLE: the plugin is being stopped. Then `run` never runs. */
  mcph_status (*post)(const mcph_host *host, uint64_t delay_ms, mcph_task_run run, void *user,
                      uint64_t *id) MCPH_NOEXCEPT;
  /* OK: `run` has been told, on this thread. NOT_FOUND: it has run, or is running. */
  mcph_status (*cancel)(const mcph_host *host, uint64_t id) MCPH_NOEXCEPT;
} mcph_task;

#ifdef __cplusplus
}
#endif
#endif
