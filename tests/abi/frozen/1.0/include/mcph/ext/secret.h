/* mcph/ext/secret.h - keys and passwords that the operator gives this plugin by name. They are no
 * part of its configuration, so that they are in no log and no dump of it. */
#ifndef MCPH_EXT_SECRET_H
#define MCPH_EXT_SECRET_H

#include "mcph/abi.h"

#define MCPH_EXT_SECRET "mcph.secret/1"

#ifdef __cplusplus
extern "C" {
#endif

/* The bytes become zeros when this returns: use them, never keep them. */
typedef void (*mcph_secret_use)(void *user, mcph_str secret) MCPH_NOEXCEPT;

typedef struct mcph_secret {
  uint32_t size, flags;
  /* [any] Calls `use` once, on this thread, before it returns. NOT_FOUND: the operator has given
     no secret of that name, and `use` is not called. Read it when it is needed: it may change. */
  mcph_status (*read)(const mcph_host *host, mcph_str name, mcph_secret_use use,
                      void *user) MCPH_NOEXCEPT;
} mcph_secret;

#ifdef __cplusplus
}
#endif
#endif
