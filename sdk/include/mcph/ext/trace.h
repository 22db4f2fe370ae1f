/* mcph/ext/trace.h - spans of a call that its client traces (W3C Trace Context: `traceparent` in
 * the call's meta). Of any other call begin() gives 0, and 0 may be passed everywhere. */
#ifndef MCPH_EXT_TRACE_H
#define MCPH_EXT_TRACE_H

#include "mcph/abi.h"

#define MCPH_EXT_TRACE "mcph.trace/1"

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*mcph_trace_use)(void *user, mcph_str traceparent) MCPH_NOEXCEPT;

typedef struct mcph_trace { /* all [any] */
  uint32_t size, flags;
  /* A child of the span `parent`, or with 0 of what the client sent. Also 0 when the call has too
     many. Requests of ext/http.h carry the span that began last and has not ended. */
  uint64_t (*begin)(const mcph_call *call, uint64_t parent, mcph_str name) MCPH_NOEXCEPT;
  mcph_status (*attribute)(const mcph_call *call, uint64_t span, mcph_str key,
                           mcph_str value) MCPH_NOEXCEPT; /* text, no personal data */
  /* Once. `outcome` is MCPH_OK or why it failed. A span that never ends is never reported. */
  mcph_status (*end)(const mcph_call *call, uint64_t span, mcph_status outcome) MCPH_NOEXCEPT;
  /* The context for what does not go through the host: calls `use` with 55 characters, on this
     thread, before it returns. 0: as the client sent it. NOT_FOUND: the call is not traced. */
  mcph_status (*context)(const mcph_call *call, uint64_t span, mcph_trace_use use,
                         void *user) MCPH_NOEXCEPT;
} mcph_trace;

#ifdef __cplusplus
}
#endif
#endif
