// What a legacy client sets for its whole session, on every host: logging/setLevel,
// resources/subscribe, resources/unsubscribe. The results are empty objects: clients compare.
#include <functional>

#include "mcp/limits.h"
#include "mcp/methods.h"

namespace mcph::mcp {
namespace {

using Change = std::function<Result<>(Sessions& sessions, OpenSession& session)>;

Rejection make_refusal(const Error& error) {
  if (error.code == Code::kLimit) return rejections::invalid_params(error.message);
  return rejections::internal_error("The session cannot be changed now");
}

void change_session(const Services& services, const RequestContext& context, Change change) {
  const bool taken =
      services.executor.submit([&services, session = context.session, reply = context.reply,
                                id = context.message.id, change = std::move(change)] {
        if (const Result<> changed = change(services.sessions, *session); !changed.ok()) {
          services.log.failure(LogLevel::kWarn, "mcp.session_store", changed.error());
          return reply->send_rejection(id, make_refusal(changed.error()));
        }
        std::string body;
        append_result_head(body, id);
        body += "{}}";
        reply->send_result(std::move(body));
      });
  if (!taken) context.reject(rejections::unavailable("The server is busy"));
}

std::optional<std::string> find_uri(const RequestContext& context) {
  const json::object* params = context.message.params;
  const auto uri = params != nullptr ? find_string(*params, "uri") : std::nullopt;
  if (!uri || uri->empty() || uri->size() > limits::kUriBytesMax) return std::nullopt;
  return std::string(*uri);
}

}  // namespace

void set_log_level(const Services& services, RequestContext& context) {
  const json::object* params = context.message.params;
  const auto name = params != nullptr ? find_string(*params, "level") : std::nullopt;
  const auto level = name ? find_severity(*name) : std::nullopt;
  if (!level) return context.reject(rejections::invalid_params("params.level is no log level"));
  change_session(services, context, [level = *level](Sessions& sessions, OpenSession& session) {
    return sessions.set_log_level(session, level);
  });
}

void subscribe_resource(const Services& services, RequestContext& context) {
  auto uri = find_uri(context);
  if (!uri) return context.reject(rejections::invalid_params("params.uri must be a URI"));
  change_session(services, context,
                 [uri = std::move(*uri)](Sessions& sessions, OpenSession& session) {
                   return sessions.subscribe(session, uri);
                 });
}

void unsubscribe_resource(const Services& services, RequestContext& context) {
  auto uri = find_uri(context);
  if (!uri) return context.reject(rejections::invalid_params("params.uri must be a URI"));
  change_session(services, context,
                 [uri = std::move(*uri)](Sessions& sessions, OpenSession& session) {
                   return sessions.unsubscribe(session, uri);
                 });
}

}  // namespace mcph::mcp
