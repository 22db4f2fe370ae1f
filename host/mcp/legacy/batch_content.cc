#include "mcp/legacy/batch_content.h"

#include "mcp/era.h"

namespace mcph::mcp {

BatchContent read_batch(json::array& messages) {
  BatchContent content;
  for (json::value& element : messages) {
    JsonToken id;
    auto read = read_message(element, id);
    if (const auto* refused = std::get_if<Rejection>(&read)) {
      content.refusals.emplace_back(id, *refused);
      continue;
    }
    auto& message = std::get<Message>(read);
    if (message.kind == Message::Kind::kNotification) {
      content.notifications.push_back(std::move(message));
    } else if (message.kind == Message::Kind::kRequest && message.method == "initialize") {
      content.refusals.emplace_back(
          id, rejections::invalid_request("initialize must not be in a batch"));
    } else if (message.kind == Message::Kind::kRequest) {
      content.requests.push_back(std::move(message));
    } else {
      content.responses.push_back(std::move(message));
    }
  }
  return content;
}

bool has_modern_message(json::array& messages) {
  for (json::value& element : messages) {
    JsonToken id;
    const auto read = read_message(element, id);
    const Message* message = std::get_if<Message>(&read);
    if (message != nullptr && find_version_claim(*message) != nullptr) return true;
  }
  return false;
}

}  // namespace mcph::mcp
