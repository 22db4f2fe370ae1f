// The network as a function of the test's. Answers before start() returns; remembers every request.
// Thread-safe if the function is.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "net/http_client.h"

namespace mcph::fakes {

class FakeHttpClient final : public net::HttpClient {
 public:
  using Answer = std::function<Result<net::HttpResponse>(const net::HttpRequest&)>;

  explicit FakeHttpClient(Answer answer) : answer_(std::move(answer)) {}

  std::shared_ptr<net::RunningRequest> start(net::HttpRequest request, Done done) override {
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    done(answer_(request));
    return std::make_shared<Finished>();
  }

  std::vector<net::HttpRequest> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  // How many requests had a URL that ends like this.
  int count(std::string_view url_end) const {
    int n = 0;
    for (const auto& request : requests()) n += std::string_view(request.url).ends_with(url_end);
    return n;
  }

 private:
  struct Finished final : net::RunningRequest {
    void cancel() override {}
  };

  const Answer answer_;
  mutable std::mutex mutex_;
  std::vector<net::HttpRequest> requests_;
};

inline net::HttpResponse http_answer(int status, std::string body,
                                     std::string_view cache_control = {}) {
  net::HttpResponse response;
  response.status = status;
  response.headers.add("Content-Type", "application/json");
  if (!cache_control.empty()) response.headers.add("Cache-Control", cache_control);
  response.body = std::move(body);
  return response;
}

}  // namespace mcph::fakes
