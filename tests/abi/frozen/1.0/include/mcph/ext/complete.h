/* mcph/ext/complete.h - a plugin that completes the arguments of its prompts and the variables of
 * its resource templates while a user types. The host asks mcph_plugin.extension() for it. */
#ifndef MCPH_EXT_COMPLETE_H
#define MCPH_EXT_COMPLETE_H

#include "mcph/abi.h"

#define MCPH_EXT_COMPLETE "mcph.complete/1"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mcph_complete { /* static const data */
  uint32_t size;
  uint32_t flags; /* MCPH_NEEDS_UPSTREAM, MCPH_NEVER_BLOCKS */
  /* The call's name is that of the prompt, or the template; its arguments are
     {"ref": "prompt" or "resource", "argument": {"name", "value"}, "context": {"arguments": {}}},
     context being what the user has chosen before. The answer is one structured() with
     {"values": [at most 100 strings], "total"?: number, "hasMore"?: boolean}, or fail(). */
  mcph_handler complete;
} mcph_complete;

#ifdef __cplusplus
}
#endif
#endif
