// subscriptions/listen: the one way in which a modern client hears of changes.
#include <memory>
#include <utility>
#include <variant>

#include "mcp/client_capabilities.h"
#include "mcp/headers.h"
#include "mcp/methods.h"
#include "mcp/subscriptions/listen_stream.h"
#include "mcp/subscriptions/task_news.h"
#include "mcp/visit.h"

namespace mcph::mcp {
namespace {

// What is left of a request when its body is gone.
struct Listener {
  JsonToken id;
  CallerPtr caller;
  ReplyPtr reply;
  ExchangePtr exchange;
  StreamAccess access;
  ListenFilter granted;

  void reject(const Rejection& rejection) const { reply->send_rejection(id, rejection); }
};

std::variant<ListenFilter, Rejection> read_request(const RequestContext& context) {
  const json::object* params = context.message.params;
  const json::object* asked = params != nullptr ? find_object(*params, "notifications") : nullptr;
  if (asked == nullptr) {
    return rejections::invalid_params("params.notifications must be an object");
  }
  if (find(*asked, "taskIds") != nullptr && (context.capabilities() & kKnowsTasks) == 0) {
    return rejections::missing_capabilities(make_capabilities(kKnowsTasks));
  }
  auto read = read_listen_filter(*asked);
  if (std::holds_alternative<ListenFilter>(read) && !read_headers(context.headers).accepts_events) {
    return rejections::bad_http_request(406, "Accept must allow text/event-stream");
  }
  return read;
}

void open(const Services& services, Listener& listener) {
  const auto make = [&](std::shared_ptr<EventStream> connection) {
    return services.task_news.follow(listener.granted.tasks, listener.caller, [&] {
      return std::make_shared<ListenStream>(std::move(connection), listener.id, listener.granted,
                                            services.server_info.implementation(kModern));
    });
  };
  const auto opened = services.streams.open(
      listener.exchange, {listener.caller, std::move(listener.access), nullptr}, {}, make);
  if (opened == nullptr)
    listener.reject(rejections::unavailable("Too many subscriptions are open"));
}

}  // namespace

void listen(const Services& services, RequestContext& context) {
  auto read = read_request(context);
  if (const auto* refused = std::get_if<Rejection>(&read)) return context.reject(*refused);
  ListenFilter granted =
      honour(std::get<ListenFilter>(std::move(read)), *services.catalog.offers(), *context.caller);
  Listener listener{context.message.id,
                    context.caller,
                    context.reply,
                    context.arrival->exchange,
                    context.arrival->stream_access(),
                    std::move(granted)};
  if (listener.granted.tasks.empty()) return open(services, listener);
  // Whose the tasks are is asked of the store, which blocks.
  const auto waiting = std::make_shared<Listener>(std::move(listener));
  const bool taken = services.executor.submit([&services, waiting] {
    const auto refused = services.task_news.honour(waiting->granted.tasks, *waiting->caller);
    if (refused.has_value()) return waiting->reject(*refused);
    open(services, *waiting);
  });
  if (!taken) context.reject(rejections::unavailable("The server is busy"));
}

}  // namespace mcph::mcp
