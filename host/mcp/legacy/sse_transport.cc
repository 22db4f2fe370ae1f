#include "mcp/legacy/sse_transport.h"

#include <utility>

#include "base/encoding.h"
#include "base/limits.h"
#include "crypto/hash.h"
#include "mcp/legacy/initialize.h"
#include "mcp/legacy/notifications.h"
#include "mcp/legacy/sse_reply.h"

namespace mcph::mcp {
namespace {

constexpr const char* kConnection = "sse";
constexpr std::size_t kNameBytes = 12;

void refuse(const ExchangePtr& exchange, const Rejection& rejection) {
  exchange->respond(make_rejection_response({}, rejection));
}

// The name of the stream follows from the session, so that every host knows it.
std::string make_stream_name(const OpenSession& session) {
  const std::string digest = crypto::sha256("SSE stream of " + session.id_hash);
  return "s" + to_base64url(std::string_view(digest).substr(0, kNameBytes));
}

// MCP 2024-11-05, transports: the first event says where the client's messages go. A relative
// address, as clients compare the origin with the one they know.
std::string make_endpoint_event(const OpenSession& session) {
  return "event: endpoint\ndata: " + std::string(kMessagesPath) +
         "?sessionId=" + to_percent(session.id) + "\n\n";
}

std::string find_session_id(const Request& request) {
  const auto fields = parse_form(request.query());
  std::string id;
  int count = 0;
  if (!fields) return id;
  for (const auto& [name, value] : *fields) {
    if (name == "sessionId" && ++count == 1) id = value;
  }
  return count == 1 ? id : std::string();
}

}  // namespace

void SseTransport::open(Arrival arrival) {
  if (!read_headers(arrival.request.headers).accepts_events) {
    return refuse(arrival.exchange,
                  rejections::bad_http_request(406, "Accept must allow text/event-stream"));
  }
  Session session;
  session.version = Version::k2024_11_05;
  session.principal = arrival.caller->principal;
  session.client = arrival.caller->client;
  session.grant = arrival.caller->grant;
  session.issued_at = parts_.services.clock.now();
  session.expires_at = session.issued_at + parts_.session_ttl;
  const OpenSessionPtr issued = parts_.sessions.issue(std::move(session));
  const auto shared = std::make_shared<Arrival>(std::move(arrival));
  if (parts_.services.executor.submit([this, shared, issued] { open_logged(shared, issued); })) {
    return;
  }
  refuse(shared->exchange, rejections::unavailable("The server is busy"));
}

// Answers given elsewhere must have a place before the client can ask for any.
void SseTransport::open_logged(const std::shared_ptr<Arrival>& arrival,
                               const OpenSessionPtr& session) {
  const Result<> opened = parts_.logged.parts.log.open(
      {make_stream_name(*session), session->id_hash, true, session->session.expires_at});
  if (!opened.ok()) {
    parts_.services.log.failure(LogLevel::kWarn, "mcp.event_log", opened.error());
    return refuse(arrival->exchange, rejections::unavailable("No session can be opened now"));
  }
  const auto make = [&](std::shared_ptr<EventStream> connection) {
    return make_stream(std::move(connection), session);
  };
  const auto stream = parts_.services.streams.open(
      arrival->exchange, {arrival->caller, arrival->stream_access(), session},
      "sse " + session->id_hash, make);
  if (stream != nullptr) return;
  (void)parts_.logged.parts.log.remove(make_stream_name(*session));
  refuse(arrival->exchange, rejections::unavailable("Too many open streams"));
}

std::shared_ptr<OpenStream> SseTransport::make_stream(std::shared_ptr<EventStream> connection,
                                                      const OpenSessionPtr& session) {
  connection->send(make_endpoint_event(*session));
  const std::string name = make_stream_name(*session);
  const auto announcements =
      std::make_shared<GetStream>(parts_.get_streams, connection, session, "event: message\n");
  const auto reader =
      std::make_shared<StreamReader>(parts_.logged.parts, name, StreamReader::Wire::kNamed,
                                     std::move(connection), 0, [](const StreamReader&) {});
  parts_.logged.readers.add(name, kConnection, reader);
  return std::make_shared<SseStream>(announcements, parts_.logged.readers, name, reader,
                                     [this, session] { end_session(session); });
}

// Nobody can answer or be answered any more, on no host.
void SseTransport::end_session(const OpenSessionPtr& session) {
  session->terminated = true;
  parts_.services.calls_in_flight.cancel_session(session->id_hash);
  parts_.questions.end_session(session->id_hash);
  const bool taken = parts_.services.executor.submit([this, session] {
    const Result<> ended = parts_.sessions.terminate(*session);
    if (!ended.ok()) {
      parts_.services.log.failure(LogLevel::kWarn, "mcp.session_store", ended.error());
    }
    (void)parts_.logged.parts.log.remove(make_stream_name(*session));
  });
  // Without it both rows end with the session's time.
  if (!taken) parts_.services.log.warn("mcp.sse_session_left");
}

void SseTransport::take(Arrival arrival) {
  Visit visit{std::move(arrival), {}, nullptr};
  visit.session =
      parts_.sessions.find(find_session_id(visit.arrival.request), *visit.arrival.caller);
  if (visit.session == nullptr) {
    return refuse(visit.arrival.exchange, rejections::session_not_found());
  }
  if (!parts_.sessions.is_stale(*visit.session)) return route(visit);
  const auto shared = std::make_shared<Visit>(std::move(visit));
  const bool taken = parts_.services.executor.submit([this, shared] {
    const Result<> refreshed = parts_.sessions.refresh(*shared->session);
    if (!refreshed.ok()) {
      parts_.services.log.failure(LogLevel::kWarn, "mcp.session_store", refreshed.error());
      return refuse(shared->arrival.exchange,
                    rejections::unavailable("The session cannot be checked now"));
    }
    route(*shared);
  });
  if (!taken) refuse(shared->arrival.exchange, rejections::unavailable("The server is busy"));
}

void SseTransport::route(Visit& visit) {
  const ExchangePtr& exchange = visit.arrival.exchange;
  const Request& request = visit.arrival.request;
  if (visit.session->terminated) return refuse(exchange, rejections::session_not_found());
  if (!iequals(request.content_type(), "application/json")) {
    return refuse(exchange,
                  rejections::bad_http_request(415, "Content-Type must be application/json"));
  }
  Result<json::value> body = parse_json(request.body, mcph::limits::kJsonDepthMax);
  if (!body.ok()) return refuse(exchange, rejections::parse_error(body.error().message));
  JsonToken id;
  auto read = read_message(*body, id);
  if (const auto* refused = std::get_if<Rejection>(&read)) {
    return exchange->respond(make_rejection_response(id, *refused));
  }
  exchange->respond(make_accepted());
  handle(visit, std::get<Message>(read));
}

void SseTransport::handle(Visit& visit, Message& message) {
  switch (message.kind) {
    case Message::Kind::kResponse:
      return parts_.questions.take_response(*visit.session, message);
    case Message::Kind::kNotification:
      return take_notification(parts_.services, *visit.session, message);
    case Message::Kind::kRequest:
      break;
  }
  const ReplyPtr reply = make_reply(*visit.session);
  if (message.method == "initialize") return initialize(visit, message, reply);
  RequestContext context{message,
                         visit.arrival.request.headers,
                         visit.arrival.caller,
                         visit.session->session.version,
                         visit.session,
                         reply,
                         &visit.arrival};
  const MethodEntry* method = find_legacy_method(message.method);
  if (method == nullptr) return context.reject(rejections::unknown_method_legacy());
  method->handle(parts_.services, context);
}

// The session is older than its handshake, so what the client can do is stored beside it.
void SseTransport::initialize(const Visit& visit, const Message& message, const ReplyPtr& reply) {
  if (const auto refused = check_initialize(message)) {
    return reply->send_rejection(message.id, *refused);
  }
  const json::object* said = find_object(*message.params, "capabilities");
  const std::uint16_t capabilities = said != nullptr ? read_capabilities(*said) : 0;
  std::string result = make_initialize_result(message.id, visit.session->session.version,
                                              parts_.services.views, parts_.services.server_info);
  const bool taken =
      parts_.services.executor.submit([this, session = visit.session, reply, id = message.id,
                                       capabilities, result = std::move(result)]() mutable {
        const Result<> set = parts_.sessions.set_capabilities(*session, capabilities);
        if (set.ok()) return reply->send_result(std::move(result));
        parts_.services.log.failure(LogLevel::kWarn, "mcp.session_store", set.error());
        reply->send_rejection(id, rejections::internal_error("The session cannot be opened now"));
      });
  if (!taken) reply->send_rejection(message.id, rejections::unavailable("The server is busy"));
}

ReplyPtr SseTransport::make_reply(const OpenSession& session) const {
  return std::make_shared<SseReply>(parts_.logged.parts, parts_.logged.readers,
                                    make_stream_name(session), session.id_hash);
}

}  // namespace mcph::mcp
