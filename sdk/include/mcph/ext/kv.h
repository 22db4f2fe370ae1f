/* mcph/ext/kv.h - small values that outlive the call, and the host: of one user, or of the plugin
 * itself. Every host of the fleet sees the same. Values are sealed in the database; keys are not. */
#ifndef MCPH_EXT_KV_H
#define MCPH_EXT_KV_H

#include "mcph/abi.h"

#define MCPH_EXT_KV "mcph.kv/1"

#define MCPH_KV_GET 1u
#define MCPH_KV_PUT 2u
#define MCPH_KV_DELETE 3u
#define MCPH_KV_LIST 4u /* keys and versions that begin with `key`, in order, without values */

#define MCPH_KV_OF_USER 1u    /* the call's user's; without it the plugin's own, one for all users */
#define MCPH_KV_IF_VERSION 2u /* PUT, DELETE: only what is in `version`; 0: only if there is none */

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mcph_kv_request {
  uint32_t size, flags;
  uint32_t operation, limit; /* LIST: how many at most; 0: the host's default */
  const mcph_call *call; /* whose user and cancellation apply; may be NULL without OF_USER */
  mcph_str key;          /* 1 to 256 bytes of UTF-8 without NUL; of LIST the prefix, may be empty */
  mcph_str value;        /* PUT: any bytes, up to 64 KiB. LIST: only keys after this one */
  uint64_t version;      /* with IF_VERSION */
  uint64_t ttl_s;        /* PUT: gone after so many seconds; 0: never */
} mcph_kv_request;

typedef struct mcph_kv_entry { /* never grows */
  mcph_str key, value;
  uint64_t version; /* every PUT makes one that no entry ever had, never 0 */
} mcph_kv_entry;

typedef struct mcph_kv_answer { /* borrowed, as everything: gone when `done` returns */
  uint32_t size, count; /* 0: there is none, or IF_VERSION did not hold and nothing was done */
  const mcph_kv_entry *entries; /* of PUT and DELETE the entry without its value */
} mcph_kv_answer;

/* `answer` is NULL when status is negative; LIMIT: a quota is used up, or too much at once. */
typedef void (*mcph_kv_done)(void *user, mcph_status status,
                             const mcph_kv_answer *answer) MCPH_NOEXCEPT;

typedef struct mcph_kv {
  uint32_t size, flags;
  /* [executor] Blocks; `done` runs once, on this thread, before it returns. Returns its status. */
  mcph_status (*run)(const mcph_host *host, const mcph_kv_request *request, mcph_kv_done done,
                     void *user) MCPH_NOEXCEPT;
  /* [any] Copies the request and returns at once; after OK `done` runs once, later, [executor].
     The call must stay open (PENDING) until then. After a negative status `done` never runs. */
  mcph_status (*start)(const mcph_host *host, const mcph_kv_request *request, mcph_kv_done done,
                       void *user) MCPH_NOEXCEPT;
} mcph_kv;

#ifdef __cplusplus
}
#endif
#endif
