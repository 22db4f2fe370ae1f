#include "mcp/post.h"

#include <boost/json/monotonic_resource.hpp>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "mcp/era.h"
#include "mcp/legacy/batch.h"
#include "mcp/legacy/batch_content.h"
#include "mcp/legacy/initialize.h"
#include "mcp/legacy/notifications.h"
#include "mcp/limits.h"
#include "mcp/modern_checks.h"

namespace mcph::mcp {
namespace {

void refuse(const Visit& visit, const JsonToken& id, const Rejection& rejection) {
  visit.arrival.exchange->respond(make_rejection_response(id, rejection));
}

void accept(const Visit& visit) {
  visit.arrival.exchange->respond(make_accepted());
}

Accepts accepts(const Visit& visit) {
  return {visit.headers.accepts_json, visit.headers.accepts_events};
}

ReplyPtr make_reply(const Visit& visit) {
  return std::make_shared<HttpReply>(visit.arrival.exchange, accepts(visit));
}

std::optional<Rejection> check_media_types(const Visit& visit) {
  if (!iequals(visit.arrival.request.content_type(), "application/json")) {
    return rejections::bad_http_request(415, "Content-Type must be application/json");
  }
  if (!visit.headers.accepts_json && !visit.headers.accepts_events) {
    return rejections::bad_http_request(406,
                                        "Accept must allow application/json or text/event-stream");
  }
  return std::nullopt;
}

std::optional<Rejection> check_legacy(const Visit& visit) {
  if (auto refused = check_session(visit)) return refused;
  return check_legacy_version(visit.headers);
}

std::optional<Rejection> check_batch(const Visit& visit, json::array& messages) {
  const auto not_here = rejections::bad_http_request(400, "Batches are not supported");
  if (has_modern_message(messages)) return not_here;
  if (auto refused = check_legacy(visit)) return refused;
  if (visit.session->session.version != Version::k2025_03_26) return not_here;
  if (messages.empty() || messages.size() > limits::kBatchMax) {
    return rejections::bad_http_request(
        400, "A batch has 1 to " + std::to_string(limits::kBatchMax) + " messages");
  }
  return std::nullopt;
}

// The DOM and, later, the arguments of the call live in one block, freed with the last of them.
json::storage_ptr make_storage(std::size_t body_bytes) {
  constexpr std::size_t kLeast = 1024;
  constexpr std::size_t kMost = 64 * 1024;  // beyond, the resource grows by itself
  return json::make_shared_resource<json::monotonic_resource>(
      std::clamp(body_bytes * 4, kLeast, kMost));
}

}  // namespace

void PostHandler::handle(Visit& visit) const {
  if (const auto refused = check_media_types(visit)) return refuse(visit, {}, *refused);
  const std::string& text = visit.arrival.request.body;
  Result<json::value> body =
      parse_json(text, mcph::limits::kJsonDepthMax, make_storage(text.size()));
  if (!body.ok()) return refuse(visit, {}, rejections::parse_error(body.error().message));
  if (json::array* messages = body->if_array(); messages != nullptr) {
    return handle_batch(visit, *messages);
  }
  handle_message(visit, *body);
}

void PostHandler::handle_message(Visit& visit, json::value& body) const {
  JsonToken id;
  auto read = read_message(body, id);
  if (const auto* refused = std::get_if<Rejection>(&read)) return refuse(visit, id, *refused);
  auto& message = std::get<Message>(read);

  const auto classified = classify(message, visit.headers);
  if (const auto* refused = std::get_if<Rejection>(&classified)) {
    return refuse(visit, id, *refused);
  }
  switch (std::get<Route>(classified)) {
    case Route::kModernRequest:
      return handle_modern(visit, message);
    // The modern protocol has no notifications to servers over HTTP: taken and forgotten.
    case Route::kModernNotification:
      return accept(visit);
    case Route::kInitialize:
      return handle_initialize(visit, message);
    case Route::kLegacyRequest:
      if (const auto refused = check_legacy(visit)) return refuse(visit, id, *refused);
      return handle_legacy_request(visit, message, make_legacy_reply(visit));
    case Route::kLegacyNotification:
      if (const auto refused = check_legacy(visit)) return refuse(visit, {}, *refused);
      take_notification(services_, *visit.session, message);
      return accept(visit);
    case Route::kLegacyResponse:
      if (const auto refused = check_legacy(visit)) return refuse(visit, {}, *refused);
      questions_.take_response(*visit.session, message);
      return accept(visit);
  }
}

void PostHandler::handle_modern(Visit& visit, Message& message) const {
  const MethodEntry* method = find_modern_method(message.method);
  if (const auto refused = check_modern({message, visit.headers, method})) {
    return refuse(visit, message.id, *refused);
  }
  RequestContext context{message,
                         visit.arrival.request.headers,
                         visit.arrival.caller,
                         kModern,
                         nullptr,
                         make_reply(visit),
                         &visit.arrival};
  method->handle(services_, context);
}

void PostHandler::handle_initialize(Visit& visit, Message& message) const {
  if (const auto refused = check_initialize(message)) return refuse(visit, message.id, *refused);
  Handshake handshake =
      initialize(message, *visit.arrival.caller, services_.sessions, services_.views,
                 services_.server_info, services_.clock.now(), session_ttl_);
  Response response = make_json_response(200, std::move(handshake.body));
  response.headers.add("Mcp-Session-Id", handshake.session_id);
  visit.arrival.exchange->respond(std::move(response));
}

// MCP 2025-11-25, resumability; clients of older revisions cannot read the event that opens such a
// stream.
ReplyPtr PostHandler::make_legacy_reply(const Visit& visit) const {
  if (visit.session->session.version < Version::k2025_11_25) return make_reply(visit);
  return std::make_shared<ResumableReply>(visit.arrival.exchange, accepts(visit), streams_,
                                          visit.session);
}

void PostHandler::handle_legacy_request(Visit& visit, Message& message, ReplyPtr reply) const {
  RequestContext context{message,
                         visit.arrival.request.headers,
                         visit.arrival.caller,
                         visit.session->session.version,
                         visit.session,
                         std::move(reply),
                         &visit.arrival};
  const MethodEntry* method = find_legacy_method(message.method);
  if (method == nullptr) return context.reject(rejections::unknown_method_legacy());
  method->handle(services_, context);
}

// MCP 2025-03-26, base protocol: batching. Later revisions took it out again.
void PostHandler::handle_batch(Visit& visit, json::array& messages) const {
  if (const auto refused = check_batch(visit, messages)) return refuse(visit, {}, *refused);
  BatchContent content = read_batch(messages);
  for (const Message& message : content.notifications) {
    take_notification(services_, *visit.session, message);
  }
  for (const Message& message : content.responses) {
    questions_.take_response(*visit.session, message);
  }
  const auto batch = Batch::open(make_reply(visit), visit.arrival.exchange,
                                 content.refusals.size() + content.requests.size());
  for (const auto& [id, refusal] : content.refusals)
    batch->make_slot()->send_rejection(id, refusal);
  for (Message& message : content.requests) {
    handle_legacy_request(visit, message, batch->make_slot());
  }
}

}  // namespace mcph::mcp
