/* mcph/ext/scopes.h - what the scopes of a plugin's tools mean, in the words that a user reads
 * before approving. The host asks mcph_plugin.extension() for it. */
#ifndef MCPH_EXT_SCOPES_H
#define MCPH_EXT_SCOPES_H

#include "mcph/abi.h"

#define MCPH_EXT_SCOPES "mcph.scopes/1"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mcph_scopes { /* static const data */
  uint32_t size;
  uint32_t flags;         /* reserved: 0 */
  /* {"todo:read": "See your to-do list", ...}: one short sentence in the user's language for each
     scope that something of this plugin needs. The operator's own words come first. */
  const char *words_json;
} mcph_scopes;

#ifdef __cplusplus
}
#endif
#endif
