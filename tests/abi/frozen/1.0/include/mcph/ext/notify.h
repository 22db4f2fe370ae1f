/* mcph/ext/notify.h - tells all clients, whichever host they are connected to, that something has
 * changed. Asking for this extension in start() is what lets clients subscribe. Notifications are
 * hints: several of a kind may arrive as one, and one may get lost. */
#ifndef MCPH_EXT_NOTIFY_H
#define MCPH_EXT_NOTIFY_H

#include "mcph/abi.h"

#define MCPH_EXT_NOTIFY "mcph.notify/1"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mcph_notify { /* all [any] */
  uint32_t size, flags;
  mcph_status (*tools_changed)(const mcph_host *host) MCPH_NOEXCEPT;
  mcph_status (*prompts_changed)(const mcph_host *host) MCPH_NOEXCEPT;
  mcph_status (*resources_changed)(const mcph_host *host) MCPH_NOEXCEPT;
  /* A resource of this plugin, by its URI or by one that fits a template of it; NOT_FOUND for any
     other. */
  mcph_status (*resource_updated)(const mcph_host *host, mcph_str uri) MCPH_NOEXCEPT;
} mcph_notify;

#ifdef __cplusplus
}
#endif
#endif
