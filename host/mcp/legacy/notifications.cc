#include "mcp/legacy/notifications.h"

namespace mcph::mcp {

void take_notification(const Services& services, const OpenSession& session,
                       const Message& message) {
  if (message.method != "notifications/cancelled" || message.params == nullptr) return;
  const json::value* request = find(*message.params, "requestId");
  if (request == nullptr) return;
  const JsonToken id = make_token(*request);
  const bool found = !id.empty() && services.calls_in_flight.cancel(session.id_hash, id);
  services.log.debug("mcp.cancelled", {{"found", found}});
}

}  // namespace mcph::mcp
