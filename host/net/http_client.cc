#include "net/http_client.h"

#include <condition_variable>
#include <mutex>
#include <utility>

namespace mcph::net {

Result<HttpResponse> HttpClient::send(HttpRequest request) {
  std::mutex mutex;
  std::condition_variable arrived;
  std::optional<Result<HttpResponse>> answer;
  const auto running = start(std::move(request), [&](Result<HttpResponse> result) {
    const std::lock_guard lock(mutex);
    answer = std::move(result);
    arrived.notify_one();  // under the lock: the waiter's stack must outlive this line
  });
  std::unique_lock lock(mutex);
  arrived.wait(lock, [&] { return answer.has_value(); });
  return std::move(*answer);
}

}  // namespace mcph::net
