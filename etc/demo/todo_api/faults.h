// For tests: makes the next answers go wrong on purpose. Exists only under --allow-faults.
//   POST /__fault {"action":"status","status":503,"times":2}   that status, with Retry-After: 1
//   POST /__fault {"action":"garbage"}                         200 with JSON that ends half-way
//   POST /__fault {"action":"hang"}                            no answer at all
#pragma once

#include <mutex>
#include <vector>

#include "base/http_message.h"

namespace mcph::todo_api {

// Thread-safe.
class Faults {
 public:
  static constexpr std::string_view kPath = "/__fault";

  Response configure(const Request& request);
  // True when a fault took care of the request.
  bool take(const ExchangePtr& exchange);
  // Lets go of the requests that hang.
  void release();

 private:
  enum class Action { kStatus, kGarbage, kHang };
  std::mutex mutex_;
  Action action_ = Action::kStatus;
  int status_ = 500;
  int times_ = 0;
  std::vector<ExchangePtr> hanging_;
};

}  // namespace mcph::todo_api
