/* mcph/ext/offer.h - tools that a plugin knows only when it has read its configuration. They are
 * offered beside those of mcph_plugin, and are the same in every respect. */
#ifndef MCPH_EXT_OFFER_H
#define MCPH_EXT_OFFER_H

#include "mcph/abi.h"

#define MCPH_EXT_OFFER "mcph.offer/1"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mcph_offer { /* borrowed, as everything: the host copies all of it */
  uint32_t size, tool_count;
  const mcph_tool *const *tools;
  const char *scope_words_json; /* as in ext/scopes.h, for the scopes of these tools; or NULL */
} mcph_offer;

typedef struct mcph_offer_extension {
  uint32_t size, flags;
  /* [control] Inside start(). Takes the place of what this instance offered here before.
     INVALID_ARGUMENT, with the reason in the host's log: one of them breaks the contract, or has
     the name of a tool of mcph_plugin; then none is offered. UNAVAILABLE: not inside start(). */
  mcph_status (*offer)(const mcph_host *host, const mcph_offer *offer) MCPH_NOEXCEPT;
} mcph_offer_extension;

#ifdef __cplusplus
}
#endif
#endif
