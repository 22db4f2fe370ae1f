/* mcph/draft/dynamic_tools.h - tools that come and go while the plugin runs. A draft: no host offers
 * it yet, and it may change until it moves to ext/. Its id will not (rule ABI-13). */
#ifndef MCPH_DRAFT_DYNAMIC_TOOLS_H
#define MCPH_DRAFT_DYNAMIC_TOOLS_H

#include "mcph/ext/offer.h"

#define MCPH_EXT_DYNAMIC_TOOLS "mcph.dynamic-tools/1"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mcph_dynamic_tools {
  uint32_t size, flags;
  /* [executor] After start(). Takes the place of all that this instance offered here or by
     ext/offer.h; the tools of mcph_plugin stay. Checked and copied as they are, and clients are told
     that the list has changed. Calls under way end as they began; when this returns, no new one
     reaches a tool that is gone. INVALID_ARGUMENT, with the reason in the host's log: one of them
     breaks the contract, or its name is taken; then nothing changes. LIMIT: too often. */
  mcph_status (*replace)(const mcph_host *host, const mcph_offer *offer) MCPH_NOEXCEPT;
} mcph_dynamic_tools;

#ifdef __cplusplus
}
#endif
#endif
