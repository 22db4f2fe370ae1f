/* mcph/ext/http.h - the host's HTTP client: pooled, bounded, traced. A plugin reaches only the
 * hosts its operator allowed. Never in a MCPH_NEVER_BLOCKS tool. */
#ifndef MCPH_EXT_HTTP_H
#define MCPH_EXT_HTTP_H

#include "mcph/abi.h"

#define MCPH_EXT_HTTP "mcph.http/1"

#define MCPH_HTTP_AS_USER 1u /* the host adds Authorization: Bearer <upstream token>, and on 401
                                refreshes it and sends once more: the plugin need not see it */

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mcph_header { /* never grows */
  mcph_str name, value;
} mcph_header;

typedef struct mcph_http_request {
  uint32_t size, flags;
  const mcph_call *call; /* whose deadline, cancellation, token and trace apply */
  mcph_str method, url;
  const mcph_header *headers; /* not Authorization, Cookie, Host, or what frames the message: */
  size_t header_count;        /* those are the host's, and refused with E_INVALID_ARGUMENT    */
  mcph_str body;
  uint64_t body_max; /* response bytes accepted; 0: the host's default */
} mcph_http_request;

typedef struct mcph_http_response { /* borrowed, as everything: gone when `done` returns */
  uint32_t size, status_code;
  const mcph_header *headers; /* names in lower case */
  size_t header_count;
  mcph_str body;
} mcph_http_response;

/* `response` is NULL when status is negative: FORBIDDEN (a host that is not allowed),
   UNAUTHORIZED (the user has to sign in again), UNAVAILABLE, DEADLINE, CANCELLED, LIMIT (the answer
   is too large), INVALID_ARGUMENT. Any HTTP status is MCPH_OK. */
typedef void (*mcph_http_done)(void *user, mcph_status status,
                               const mcph_http_response *response) MCPH_NOEXCEPT;

typedef struct mcph_http {
  uint32_t size, flags;
  /* [executor] Blocks; `done` runs once, on this thread, before it returns. Returns its status. */
  mcph_status (*fetch)(const mcph_host *host, const mcph_http_request *request,
                       mcph_http_done done, void *user) MCPH_NOEXCEPT;
  /* [any] Copies the request and returns at once; after OK `done` runs once, later, [executor].
     The call must stay open (PENDING) until then. After a negative status `done` never runs. */
  mcph_status (*start)(const mcph_host *host, const mcph_http_request *request,
                       mcph_http_done done, void *user) MCPH_NOEXCEPT;
} mcph_http;

#ifdef __cplusplus
}
#endif
#endif
