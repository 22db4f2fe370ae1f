// subscriptions/listen: the one way in which a modern client hears of changes.
#include <memory>
#include <utility>

#include "mcp/headers.h"
#include "mcp/methods.h"
#include "mcp/subscriptions/listen_stream.h"
#include "mcp/visit.h"

namespace mcph::mcp {

void listen(const Services& services, RequestContext& context) {
  const json::object* params = context.message.params;
  const json::object* asked = params != nullptr ? find_object(*params, "notifications") : nullptr;
  if (asked == nullptr) {
    return context.reject(rejections::invalid_params("params.notifications must be an object"));
  }
  auto read = read_listen_filter(*asked);
  if (const auto* refused = std::get_if<Rejection>(&read)) return context.reject(*refused);
  if (!read_headers(context.headers).accepts_events) {
    return context.reject(rejections::bad_http_request(406, "Accept must allow text/event-stream"));
  }
  ListenFilter granted =
      honour(std::get<ListenFilter>(std::move(read)), *services.catalog.offers(), *context.caller);
  const auto make = [&](std::shared_ptr<EventStream> connection) {
    return std::make_shared<ListenStream>(std::move(connection), context.message.id,
                                          std::move(granted),
                                          services.server_info.implementation(kModern));
  };
  const auto opened =
      services.streams.open(context.arrival->exchange,
                            {context.caller, context.arrival->stream_access(), nullptr}, {}, make);
  if (opened == nullptr) {
    context.reject(rejections::unavailable("Too many subscriptions are open"));
  }
}

}  // namespace mcph::mcp
