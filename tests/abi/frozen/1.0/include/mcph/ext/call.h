/* mcph/ext/call.h - calls that take long. */
#ifndef MCPH_EXT_CALL_H
#define MCPH_EXT_CALL_H

#include "mcph/abi.h"

#define MCPH_EXT_CALL "mcph.call/1"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mcph_call_extension {
  uint32_t size, flags;
  /* [executor] From here on the client polls for the answer, which any host gives: the call has
     until deadline_ns and outlives its connection. Only of a tool with MCPH_MAY_BE_TASK or
     MCPH_NEEDS_TASK. Calling it again, also on a later attempt, is harmless.
     OK: it is a task. NOT_FOUND: the client knows no tasks, go on as you are and be quick.
     UNAVAILABLE: the host could not store it now; go on, or fail(). */
  mcph_status (*become_task)(const mcph_call *call) MCPH_NOEXCEPT;
  /* [any] The answer will take a while: the client's connection may be closed, it fetches the
     answer when it is there. Where a client could not do that, nothing happens. */
  mcph_status (*release_stream)(const mcph_call *call) MCPH_NOEXCEPT;
} mcph_call_extension;

#ifdef __cplusplus
}
#endif
#endif
