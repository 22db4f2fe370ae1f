// The MCP endpoint: every HTTP request to it, from clients of all protocol revisions, after the
// route has checked where it comes from and whose token it carries. The one class of this module
// that http/ and app/ need to know.
//
// Thread-safe. Never blocks the caller: what has to ask the session store runs on the executor.
// Must outlive every request and every tool call it started.
#pragma once

#include <string_view>

#include "base/executor.h"
#include "crypto/sealer.h"
#include "mcp/catalog.h"
#include "mcp/catalog_view.h"
#include "mcp/challenges.h"
#include "mcp/legacy/answer_store.h"
#include "mcp/legacy/calls_in_flight.h"
#include "mcp/legacy/event_id.h"
#include "mcp/legacy/event_log.h"
#include "mcp/legacy/get_stream.h"
#include "mcp/legacy/questions.h"
#include "mcp/legacy/resumable_reply.h"
#include "mcp/legacy/session_store.h"
#include "mcp/legacy/sessions.h"
#include "mcp/legacy/sse_transport.h"
#include "mcp/limits.h"
#include "mcp/methods.h"
#include "mcp/pagination.h"
#include "mcp/post.h"
#include "mcp/request_state.h"
#include "mcp/server_info.h"
#include "mcp/subscriptions/announcement_log.h"
#include "mcp/subscriptions/fan_out.h"
#include "mcp/subscriptions/open_streams.h"
#include "mcp/subscriptions/task_news.h"
#include "mcp/tasks/tasks.h"
#include "mcp/visit.h"
#include "observability/log.h"

namespace mcph::mcp {

struct EndpointOptions {
  Introduction introduction;
  Milliseconds call_timeout{60'000};  // what clients wait for by default
  // A desktop client lives for days, and an expired session costs it a new handshake.
  Seconds session_ttl{7 * 24 * 3600};
  TaskOptions tasks;
  ListOptions lists;
  std::size_t open_sessions_max = limits::kOpenSessionsMax;
  std::size_t streams_max = limits::kStreamsMax;
  std::size_t streams_per_principal_max = limits::kStreamsPerPrincipalMax;
};

// What the endpoint is built on; all of it must outlive the endpoint.
struct EndpointParts {
  Catalog& catalog;
  SessionStore& session_store;
  TaskStore& task_store;
  AnnouncementLog& announcements;
  EventLog& event_log;
  AnswerStore& answers;
  const Challenges& challenges;
  const crypto::KeySource& key_ring;
  Executor& executor;
  const Clock& clock;
  Random& random;
  const Log& log;
  ClientQuestions* client_questions = nullptr;  // instead of the endpoint's own
  AuditLog* audit = nullptr;                    // where tool calls are recorded, if they are
};

class Endpoint {
 public:
  Endpoint(const EndpointOptions& options, const EndpointParts& parts);
  Endpoint(const Endpoint&) = delete;
  Endpoint& operator=(const Endpoint&) = delete;

  void handle(Arrival arrival);
  // HTTP+SSE, the transport of 2024-11-05: the GET that opens a stream, and the POSTs beside it.
  void open_sse(Arrival arrival) { sse_.open(std::move(arrival)); }
  void take_sse_message(Arrival arrival) { sse_.take(std::move(arrival)); }

  // What the database's notifications say, on every host. Hashes are raw SHA-256.
  void note_session_terminated(std::string_view id_hash);
  void note_session_changed(std::string_view id_hash);
  void note_grant_revoked(const GrantId& grant);
  void note_client_changed(const ClientId& client);  // its clients come back if they still may
  void note_token_revoked(std::string_view token_hash);
  void note_task_changed(std::string_view id);
  // Blocking. To be called every limits::kTaskTick, by one thread.
  void tend_tasks() { tasks_.tend(); }
  // Blocking. The host stops: tasks that are at work here fail, truthfully.
  void stop_tasks() { tasks_.stop(); }
  // `number` as in AnnouncementLog; 0 when the database could not be told.
  void note_announcement(const Announcement& what, std::int64_t number);
  // There are events up to that number on a stream whose client may be here.
  void note_stream_grown(const std::string& name, std::int64_t last_number, bool ended) {
    readers_.note_grown(name, last_number, ended);
  }
  // The client of a stream has come back by that connection, here or elsewhere.
  void note_stream_taken(const std::string& name, const std::string& connection) {
    readers_.note_taken(name, connection);
  }
  void note_answer(const std::string& question) { questions_.note_answer(question); }
  // Notifications are heard from now on; what was said before may have been lost.
  void note_listening();

  // To be called every limits::kTick.
  void tick();
  // To be called every limits::kStreamRecheck.
  void recheck_streams() { streams_.recheck(); }
  // The host stops: every stream ends in order, and no more are opened.
  void end_streams() { streams_.end_all(); }
  std::size_t open_streams() const { return streams_.count(); }

 private:
  void find_session(Visit& visit);
  void refresh_then_route(Visit visit);
  void route(Visit& visit);
  void open_stream(Visit& visit);
  void open_get_stream(Visit& visit, std::optional<std::int64_t> after);
  void resume_stream(Visit& visit, EventId after);
  void resume_now(Visit& visit, const EventId& after);
  void catch_up(std::int64_t heard);
  void end_session(Visit& visit);

  Executor& executor_;
  const Log& log_;
  const ServerInfo server_info_;
  const Cursors cursors_;
  const RequestStates request_states_;
  CatalogViews views_;
  CallsInFlight calls_in_flight_;
  Sessions sessions_;
  Tasks tasks_;
  TaskNews task_news_;
  Sessions sse_sessions_;
  OpenStreams streams_;
  FanOut fan_out_;
  AnnouncementLog& announcements_;
  const GetStreamParts get_streams_;
  EventLog& event_log_;
  const crypto::Sealer event_sealer_;
  StreamReaders readers_;
  Random& random_;
  const ResumableStreams resumable_;
  Questions questions_;
  const Services services_;
  const PostHandler post_;
  SseTransport sse_;
};

}  // namespace mcph::mcp
