#include "mcp/endpoint.h"

#include <memory>
#include <utility>

#include "base/encoding.h"
#include "mcp/legacy/resumed_stream.h"

namespace mcph::mcp {
namespace {

constexpr std::string_view kAllowed = "GET, POST, DELETE, OPTIONS";
constexpr std::size_t kConnectionNameBytes = 8;

void refuse(const Visit& visit, const Rejection& rejection) {
  visit.arrival.exchange->respond(make_rejection_response({}, rejection));
}

Rejection no_such_stream() {
  return rejections::bad_http_request(404, "There is no such stream");
}

void refuse_method(const Visit& visit) {
  Response response =
      make_rejection_response({}, rejections::bad_http_request(405, "Method not allowed"));
  response.headers.add("Allow", kAllowed);
  visit.arrival.exchange->respond(std::move(response));
}

bool is_modern(const Visit& visit) {
  return visit.headers.protocol_version.is(to_string(kModern));
}

}  // namespace

Endpoint::Endpoint(const EndpointOptions& options, const EndpointParts& parts)
    : executor_(parts.executor),
      log_(parts.log),
      server_info_(options.introduction),
      cursors_(parts.key_ring, parts.random),
      request_states_(parts.key_ring, parts.clock, parts.random),
      views_(parts.catalog, options.lists, parts.log),
      sessions_(SessionIds(parts.key_ring, parts.random), parts.session_store, parts.clock,
                options.open_sessions_max),
      tasks_(options.tasks, {parts.catalog, parts.task_store, parts.challenges, parts.key_ring,
                             parts.executor, parts.clock, parts.random, parts.log}),
      task_news_(tasks_, executor_, log_),
      sse_sessions_(SessionIds(parts.key_ring, parts.random, "mcp.sse_session"),
                    parts.session_store, parts.clock, options.open_sessions_max),
      streams_(parts.clock, {options.streams_max, options.streams_per_principal_max}),
      fan_out_(streams_, parts.clock),
      announcements_(parts.announcements),
      get_streams_{sessions_, announcements_, fan_out_, executor_, parts.random, parts.log},
      event_log_(parts.event_log),
      event_sealer_(parts.key_ring, "mcp.event", parts.random),
      random_(parts.random),
      resumable_{{event_log_, event_sealer_, executor_, parts.clock, parts.log}, readers_, random_},
      questions_({parts.answers, executor_, parts.clock, parts.log}, parts.key_ring, random_),
      services_{parts.catalog,
                views_,
                cursors_,
                request_states_,
                parts.client_questions != nullptr ? parts.client_questions : &questions_,
                parts.challenges,
                server_info_,
                calls_in_flight_,
                tasks_,
                sessions_,
                streams_,
                task_news_,
                executor_,
                parts.clock,
                parts.log,
                options.call_timeout,
                parts.audit},
      post_(services_, questions_, resumable_, options.session_ttl),
      sse_({services_, sse_sessions_, resumable_, get_streams_, questions_, options.session_ttl}) {}

void Endpoint::handle(Arrival arrival) {
  Visit visit{std::move(arrival), {}, nullptr};
  find_session(visit);
  if (visit.session != nullptr && sessions_.is_stale(*visit.session)) {
    return refresh_then_route(std::move(visit));
  }
  route(visit);
}

void Endpoint::find_session(Visit& visit) {
  visit.headers = read_headers(visit.arrival.request.headers);
  const UniqueHeader& id = visit.headers.session_id;
  if (id.once()) visit.session = sessions_.find(id.value, *visit.arrival.caller);
}

void Endpoint::refresh_then_route(Visit visit) {
  const auto shared = std::make_shared<Visit>(std::move(visit));
  const bool taken = executor_.submit([this, shared] {
    shared->headers = read_headers(shared->arrival.request.headers);  // its text has moved
    const Result<> refreshed = sessions_.refresh(*shared->session);
    shared->store_failed = !refreshed.ok();
    if (!refreshed.ok()) log_.failure(LogLevel::kWarn, "mcp.session_store", refreshed.error());
    route(*shared);
  });
  if (!taken) refuse(*shared, rejections::unavailable("The server is busy"));
}

void Endpoint::route(Visit& visit) {
  switch (visit.arrival.request.method) {
    case Method::kPost:
      return post_.handle(visit);
    case Method::kGet:
      return is_modern(visit) ? refuse_method(visit) : open_stream(visit);
    case Method::kDelete:
      return is_modern(visit) ? refuse_method(visit) : end_session(visit);
    default:
      return refuse_method(visit);
  }
}

// MCP 2025-11-25, transports: "Listening for messages from the server".
void Endpoint::open_stream(Visit& visit) {
  if (visit.headers.session_id.absent()) return refuse_method(visit);
  if (const auto refused = check_session(visit)) return refuse(visit, *refused);
  if (const auto refused = check_legacy_version(visit.headers)) return refuse(visit, *refused);
  if (!visit.headers.accepts_events) {
    return refuse(visit, rejections::bad_http_request(406, "Accept must allow text/event-stream"));
  }
  const UniqueHeader& last = visit.headers.last_event_id;
  if (last.absent()) return open_get_stream(visit, std::nullopt);
  auto after = last.once() ? parse_event_id(last.value) : std::nullopt;
  if (!after) return refuse(visit, no_such_stream());
  if (after->stream == make_get_stream_name(visit.session->id_hash)) {
    return open_get_stream(visit, after->number);
  }
  resume_stream(visit, *std::move(after));
}

void Endpoint::open_get_stream(Visit& visit, std::optional<std::int64_t> after) {
  const auto make = [this, &visit](std::shared_ptr<EventStream> connection) {
    return std::make_shared<GetStream>(get_streams_, std::move(connection), visit.session);
  };
  const auto opened = streams_.open(
      visit.arrival.exchange, {visit.arrival.caller, visit.arrival.stream_access(), visit.session},
      "get " + visit.session->id_hash, make);
  if (opened == nullptr) return refuse(visit, rejections::unavailable("Too many open streams"));
  auto& stream = static_cast<GetStream&>(*opened);
  if (after) return stream.resume_after(*after);
  stream.begin();
}

// MCP 2025-11-25, resumability and redelivery.
void Endpoint::resume_stream(Visit& visit, EventId after) {
  const auto shared = std::make_shared<Visit>(std::move(visit));
  const bool taken =
      executor_.submit([this, shared, after = std::move(after)] { resume_now(*shared, after); });
  if (!taken) refuse(*shared, rejections::unavailable("The server is busy"));
}

void Endpoint::resume_now(Visit& visit, const EventId& after) {
  const std::string connection = to_hex(random_.bytes(kConnectionNameBytes));
  const auto status =
      event_log_.follow(after.stream, visit.session->id_hash, after.number, connection);
  if (!status.ok() && status.error().code != Code::kNotFound) {
    log_.failure(LogLevel::kWarn, "mcp.event_log", status.error());
    return refuse(visit, rejections::unavailable("The stream cannot be resumed now"));
  }
  if (!status.ok()) return refuse(visit, no_such_stream());
  const std::string key = "call " + after.stream;
  const auto make = [&](std::shared_ptr<EventStream> to) {
    const auto reader = std::make_shared<StreamReader>(
        resumable_.parts, after.stream, StreamReader::Wire::kWithIds, std::move(to), after.number,
        [this, key](const StreamReader&) { streams_.end(key); });
    readers_.add(after.stream, connection, reader);
    return std::make_shared<ResumedStream>(readers_, after.stream, reader);
  };
  const auto opened = streams_.open(
      visit.arrival.exchange, {visit.arrival.caller, visit.arrival.stream_access(), visit.session},
      key, make);
  if (opened == nullptr) return refuse(visit, rejections::unavailable("Too many open streams"));
  StreamReader& reader = static_cast<ResumedStream&>(*opened).reader();
  reader.say(make_retry_hint());
  reader.catch_up();
}

// MCP 2025-11-25, session management: a client that no longer needs its session says so.
void Endpoint::end_session(Visit& visit) {
  if (const auto refused = check_session(visit)) return refuse(visit, *refused);
  const bool taken =
      executor_.submit([this, session = visit.session, exchange = visit.arrival.exchange] {
        if (const Result<> ended = sessions_.terminate(*session); !ended.ok()) {
          log_.failure(LogLevel::kWarn, "mcp.session_store", ended.error());
          return exchange->respond(make_rejection_response(
              {}, rejections::unavailable("The session cannot be ended now")));
        }
        streams_.end_session(session->id_hash);
        questions_.end_session(session->id_hash);
        calls_in_flight_.cancel_session(session->id_hash);
        Response gone;
        gone.status = 204;
        exchange->respond(std::move(gone));
      });
  if (!taken) refuse(visit, rejections::unavailable("The server is busy"));
}

void Endpoint::note_session_terminated(std::string_view id_hash) {
  sessions_.note_terminated(id_hash);
  sse_sessions_.note_terminated(id_hash);
  streams_.end_session(id_hash);
  questions_.end_session(id_hash);
  calls_in_flight_.cancel_session(id_hash);
}

void Endpoint::note_session_changed(std::string_view id_hash) {
  sessions_.note_changed(id_hash);
  sse_sessions_.note_changed(id_hash);
  streams_.for_session(id_hash, [](OpenSession& session) { session.changed = true; });
}

void Endpoint::note_announcement(const Announcement& what, std::int64_t number) {
  fan_out_.note(what, number);
}

void Endpoint::note_listening() {
  sessions_.note_all_changed();
  sse_sessions_.note_all_changed();
  streams_.for_session({}, [](OpenSession& session) { session.changed = true; });
  streams_.recheck();
  readers_.catch_up_all();
  questions_.look_for_answers();
  task_news_.catch_up();
  const std::int64_t heard = fan_out_.last();
  if (executor_.submit([this, heard] { catch_up(heard); })) return;
  log_.warn("mcp.announcements_not_read");
}

// Hears what was announced while nobody listened; after the start there is nothing to hear.
void Endpoint::catch_up(std::int64_t heard) {
  const auto last = announcements_.load_last();
  if (!last.ok()) return log_.failure(LogLevel::kWarn, "mcp.announcement_log", last.error());
  if (heard == 0) return fan_out_.begin_at(*last);
  const auto missed = announcements_.load_after(heard, limits::kAnnouncementsReplayedMax);
  if (!missed.ok()) return log_.failure(LogLevel::kWarn, "mcp.announcement_log", missed.error());
  for (const NumberedAnnouncement& one : *missed) {
    // A later one may have been heard meanwhile; then this one is out of order, and a hint only.
    fan_out_.note(one.what, one.number > fan_out_.last() ? one.number : 0);
  }
}

void Endpoint::tick() {
  fan_out_.flush();
  questions_.check_deadlines();
}

void Endpoint::note_grant_revoked(const GrantId& grant) {
  streams_.end_if([&](const Caller& caller, std::string_view) { return caller.grant == grant; });
  tasks_.note_grant_revoked(grant);
}

void Endpoint::note_client_changed(const ClientId& client) {
  streams_.end_if([&](const Caller& caller, std::string_view) { return caller.client == client; });
}

void Endpoint::note_token_revoked(std::string_view token_hash) {
  streams_.end_if([&](const Caller&, std::string_view hash) { return hash == token_hash; });
}

void Endpoint::note_task_changed(std::string_view id) {
  tasks_.note_task_changed(id);
  task_news_.note_changed(id);
}

}  // namespace mcph::mcp
