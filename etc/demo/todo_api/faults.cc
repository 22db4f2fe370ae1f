#include "todo_api/faults.h"

#include <optional>

#include "base/json.h"

namespace mcph::todo_api {

Response Faults::configure(const Request& request) {
  const auto body = parse_json(request.body);
  const auto* order = body.ok() ? body->if_object() : nullptr;
  if (order == nullptr) return make_json_response(400, R"({"error":"not an object"})");
  const auto name = find_string(*order, "action");
  std::optional<Action> action;
  if (name == "status") action = Action::kStatus;
  if (name == "garbage") action = Action::kGarbage;
  if (name == "hang") action = Action::kHang;
  if (!action) return make_json_response(422, R"({"error":"action: status, garbage or hang"})");

  const std::lock_guard lock(mutex_);
  action_ = *action;
  status_ = static_cast<int>(find_int(*order, "status").value_or(500));
  times_ = static_cast<int>(find_int(*order, "times").value_or(1));
  return make_json_response(200, "{}");
}

bool Faults::take(const ExchangePtr& exchange) {
  std::unique_lock lock(mutex_);
  if (times_ <= 0) return false;
  --times_;
  if (action_ == Action::kHang) {
    hanging_.push_back(exchange);
    return true;
  }
  Response response = action_ == Action::kGarbage
                          ? make_json_response(200, R"({"todos":[{"id":)")
                          : make_json_response(status_, R"({"error":"fault"})");
  if (action_ == Action::kStatus) response.headers.set("Retry-After", "1");
  lock.unlock();
  exchange->respond(std::move(response));
  return true;
}

void Faults::release() {
  const std::lock_guard lock(mutex_);
  hanging_.clear();
}

}  // namespace mcph::todo_api
