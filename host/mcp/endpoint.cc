#include "mcp/endpoint.h"

#include <memory>
#include <utility>

namespace mcph::mcp {
namespace {

constexpr std::string_view kAllowed = "GET, POST, DELETE, OPTIONS";

void refuse(const Visit& visit, const Rejection& rejection) {
  visit.arrival.exchange->respond(make_rejection_response({}, rejection));
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
      views_(parts.catalog, options.list_page_max, parts.log),
      sessions_(SessionIds(parts.key_ring, parts.random), parts.session_store, parts.clock,
                options.open_sessions_max),
      tasks_(options.tasks, {parts.catalog, parts.task_store, parts.challenges, parts.key_ring,
                             parts.executor, parts.clock, parts.random, parts.log}),
      streams_(parts.clock, {options.streams_max, options.streams_per_principal_max}),
      services_{parts.catalog,
                views_,
                cursors_,
                request_states_,
                parts.client_questions,
                parts.challenges,
                server_info_,
                calls_in_flight_,
                tasks_,
                parts.executor,
                parts.clock,
                parts.log,
                options.call_timeout},
      post_(services_, sessions_, options.session_ttl) {}

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
  Arrival& arrival = visit.arrival;
  if (!streams_.open(arrival.exchange,
                     {visit.session, arrival.caller, std::move(arrival.token_hash),
                      std::move(arrival.token_check)})) {
    refuse(visit, rejections::unavailable("Too many open streams"));
  }
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
        Response gone;
        gone.status = 204;
        exchange->respond(std::move(gone));
      });
  if (!taken) refuse(visit, rejections::unavailable("The server is busy"));
}

void Endpoint::note_session_terminated(std::string_view id_hash) {
  sessions_.note_terminated(id_hash);
  streams_.end_session(id_hash);
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
}

}  // namespace mcph::mcp
