/* mcph/abi.h - the whole contract between the host and a plugin. C99; no other header of ours.
 *
 *  1 Nothing released here ever changes: not a field, a number, or a sentence. It only grows.
 *  2 Whoever fills a struct sets `size`. Read a field newer than 1.0 only if MCPH_HAS() says so.
 *  3 Nobody frees the other side's memory. A mcph_str lives until the function it was passed to
 *    returns; what hangs off a mcph_call lives until that call ends. Who wants to keep, copies.
 *  4 Text is UTF-8, JSON where it says JSON. No C++ type, exception, longjmp, FILE* or errno
 *    crosses.
 *  5 Threads: [control] one call at a time, and none of the others running. [executor] many at
 *    once; may block until the deadline. [any] from any thread, at once, cheap.
 *
 * The numbered rules behind these five, as the host cites them, are in COMPATIBILITY.md. */
#ifndef MCPH_ABI_H
#define MCPH_ABI_H

#include <stddef.h>
#include <stdint.h>

#define MCPH_ABI_MINOR 0u /* the major is in the name of the entry symbol: mcph_plugin_v1 */
#define MCPH_HAS(p, type, field) ((p)->size >= offsetof(type, field) + sizeof((p)->field))

#if defined(__cplusplus) && __cplusplus >= 201703L
#define MCPH_NOEXCEPT noexcept /* so a function that could throw does not even compile here */
#else
#define MCPH_NOEXCEPT
#endif
#ifndef MCPH_EXPORT
#define MCPH_EXPORT __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mcph_str { /* a borrowed view, not NUL-terminated; ptr may be NULL when len is 0 */
  const char *ptr;
  size_t len;
} mcph_str;

typedef int32_t mcph_status; /* fixed width: never an enum in a signature */
#define MCPH_OK 0
#define MCPH_PENDING 1 /* the plugin will call complete() later, exactly once */
#define MCPH_E_INVALID_ARGUMENT -1
#define MCPH_E_NOT_FOUND -2
#define MCPH_E_UNAUTHORIZED -3 /* the upstream said 401: the host re-authenticates the user */
#define MCPH_E_FORBIDDEN -4    /* needs more scope: name it in fail()'s detail */
#define MCPH_E_UNAVAILABLE -5  /* safe to retry */
#define MCPH_E_DEADLINE -6
#define MCPH_E_CANCELLED -7
#define MCPH_E_LIMIT -8 /* a limit of the host (size, rate, memory) was reached */
#define MCPH_E_INTERNAL -9

#define MCPH_LOG_DEBUG 0
#define MCPH_LOG_INFO 1
#define MCPH_LOG_WARN 2
#define MCPH_LOG_ERROR 3

/* ---- One request from a user, and where its answer goes. Owned by the host. ----------------- */
typedef struct mcph_call {
  uint32_t size;
  uint32_t attempt;         /* 0; then 1, 2 ... on the retries that carry input_responses */
  void *host_data;          /* the host's own */
  mcph_str name;            /* tool name, prompt name, or resource URI */
  mcph_str arguments;       /* JSON object: of a tool valid against its input_schema, of a prompt
                               strings, of a resource the variables of its template, decoded */
  mcph_str user;            /* JSON object {"iss","sub","client_id","scope","claims":{...},
                               "upstream_expires_at"}; the last two only with NEEDS_UPSTREAM */
  mcph_str upstream_token;  /* the user's bearer at the upstream. Empty unless NEEDS_UPSTREAM and
                               the operator lets this plugin see it; the HTTP extension needs it
                               not. Becomes zeros when the call ends: use it, never keep it. */
  mcph_str input_responses; /* JSON {key: answer} to what need_input() asked, else empty. Answers
                               come from the client as they are: check them, and ask again */
  mcph_str state;           /* the bytes given to need_input(), returned authentic, else empty */
  mcph_str meta;            /* JSON of _meta: traceparent, client info, what the client can do
                               ("io.modelcontextprotocol/clientCapabilities") ...; or empty */
  uint64_t deadline_ns;     /* CLOCK_MONOTONIC; of a call that may become a task, the task's */
  /* All functions below are [any]. After the call has ended they still may be called until the
     handler returns; they then do nothing and return MCPH_E_CANCELLED. */
  int32_t (*cancelled)(const struct mcph_call *call) MCPH_NOEXCEPT; /* 1: stop, nobody listens */
  void (*progress)(const struct mcph_call *call, double done, double total /* <= 0: unknown */,
                   mcph_str message) MCPH_NOEXCEPT;
  void (*log)(const struct mcph_call *call, int32_t level, mcph_str message,
              mcph_str fields_json) MCPH_NOEXCEPT; /* to the host's log and, if asked, the client */
  /* The answer: content()s, each a ContentBlock, ResourceContents or PromptMessage as the handler
     is a tool's, resource's or prompt's, and of a tool at most one structured(); or one fail();
     or one need_input(). A negative status says that the host did not take it, and why. */
  mcph_status (*content)(const struct mcph_call *call, mcph_str block_json) MCPH_NOEXCEPT;
  mcph_status (*structured)(const struct mcph_call *call, mcph_str json) MCPH_NOEXCEPT;
  mcph_status (*fail)(const struct mcph_call *call, mcph_status why, mcph_str text_for_the_model,
                      mcph_str detail_json) MCPH_NOEXCEPT; /* detail goes to the host's log only */
  /* Asks the user, the client's model, or for the client's roots: {key: {"method", "params"}} with
     elicitation/create, sampling/createMessage or roots/list. Then return OK: the handler is called
     again with the answers and with `state`, maybe on another host, maybe never. A client that
     cannot answer all of it is told so, and the handler is not called again. */
  mcph_status (*need_input)(const struct mcph_call *call, mcph_str requests_json,
                            mcph_str state) MCPH_NOEXCEPT;
  void (*complete)(const struct mcph_call *call) MCPH_NOEXCEPT; /* ends a PENDING call, now gone */
} mcph_call;

/* [executor], or a network thread of the host if the tool says MCPH_NEVER_BLOCKS. */
typedef mcph_status (*mcph_handler)(void *self, const mcph_call *call) MCPH_NOEXCEPT;

/* ---- What a plugin offers. Static const data; const char* is NUL-terminated, NULL = absent. - */
#define MCPH_READ_ONLY 1u /* these four become the tool's annotations; a missing bit says "no" */
#define MCPH_DESTRUCTIVE 2u
#define MCPH_IDEMPOTENT 4u
#define MCPH_OPEN_WORLD 8u
#define MCPH_NEEDS_UPSTREAM 16u /* the host refuses the call if the user has no upstream token */
#define MCPH_NEVER_BLOCKS 32u   /* the handler neither blocks nor does I/O, returns within
                                   microseconds and never PENDING: the host may run it on its own
                                   network thread */
#define MCPH_MAY_BE_TASK 64u    /* may call become_task() (ext/call.h) */
#define MCPH_NEEDS_TASK 128u    /* the same, and is refused to clients that know no tasks */
/* Of a resource or prompt only NEEDS_UPSTREAM and NEVER_BLOCKS have a meaning.
   `extra_json` is a JSON object of further members for the definition that clients see (icons,
   _meta, a resource's annotations and size ...), or NULL; not of those that have a field here. */

typedef struct mcph_tool {
  uint32_t size, flags;
  const char *name, *title, *description;
  const char *input_schema;  /* JSON Schema 2020-12, "type":"object" */
  const char *output_schema; /* for structured(), of any type, or NULL */
  const char *scope;         /* space-separated; the caller must hold them all; or NULL */
  mcph_handler call;
  const char *extra_json;
} mcph_tool;

typedef struct mcph_resource {
  uint32_t size, flags;
  const char *uri; /* with a '{' a template of RFC 6570: {x} is one segment, {+x} also more */
  const char *name, *title, *description, *mime_type, *scope;
  mcph_handler read; /* fail(MCPH_E_NOT_FOUND): there is no such resource */
  const char *extra_json;
} mcph_resource;

typedef struct mcph_prompt {
  uint32_t size, flags;
  const char *name, *title, *description;
  const char *arguments_json; /* [{"name","description","required"}] or NULL */
  const char *scope;
  mcph_handler get;
  const char *extra_json;
} mcph_prompt;

/* ---- What the host offers. All but logging is asked for by id and revision: "mcph.http/1". --- */
typedef struct mcph_host {
  uint32_t size;
  uint32_t abi_minor;
  void *host_data;
  const char *name, *version;
  void (*log)(const struct mcph_host *host, int32_t level, mcph_str message,
              mcph_str fields_json) MCPH_NOEXCEPT; /* [any] */
  /* [any] The extension's table, valid until stop(), or NULL: this host does not offer it. */
  const void *(*extension)(const struct mcph_host *host, const char *id) MCPH_NOEXCEPT;
} mcph_host;

typedef struct mcph_plugin {
  uint32_t size;
  uint32_t abi_minor;      /* built with; for messages, never to decide anything */
  uint32_t host_minor_min; /* the oldest host it can live with; an older one refuses politely */
  uint32_t flags;          /* reserved: 0 */
  uint32_t tool_count, resource_count, prompt_count, reserved;
  const char *name, *version, *description;
  const char *config_schema;             /* JSON Schema of the configuration, or NULL */
  const mcph_tool *const *tools;         /* arrays of POINTERS: an element may be larger */
  const mcph_resource *const *resources; /* than the reader's header knows               */
  const mcph_prompt *const *prompts;
  /* [control] One self per configured instance. `host` is valid until stop() returns. */
  mcph_status (*start)(const mcph_host *host, mcph_str config_json, void **self) MCPH_NOEXCEPT;
  /* [any] or NULL: wake the call up. It may be ending just now: look for what belongs to it by its
     address, and accept to find nothing. */
  void (*cancel)(void *self, const mcph_call *call) MCPH_NOEXCEPT;
  void (*stop)(void *self) MCPH_NOEXCEPT;                 /* [control] after every call has ended */
  const void *(*extension)(const char *id) MCPH_NOEXCEPT; /* [any] or NULL */
} mcph_plugin;

/* The one exported symbol. No side effects: it is also called just to list the tools. */
MCPH_EXPORT const mcph_plugin *mcph_plugin_v1(void) MCPH_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
