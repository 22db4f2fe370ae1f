#include "net/curl_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <utility>

#include "base/assert.h"
#include "net/curl_loop.h"
#include "net/request_check.h"

namespace mcph::net {
namespace {

// What start() hands back for a request that never started.
class NotRunning final : public RunningRequest {
 public:
  void cancel() override {}
};

CurlOptions share_of(CurlOptions options) {
  const std::size_t threads = std::max<std::size_t>(options.threads, 1);
  const auto part = [threads](std::size_t all) { return std::max<std::size_t>(all / threads, 1); };
  options.connections_per_host_max = part(options.connections_per_host_max);
  options.connections_max = part(options.connections_max);
  options.requests_max = part(options.requests_max);
  return options;
}

}  // namespace

CurlClient::CurlClient(const CurlOptions& options, const Log& log) {
  ASSERT(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);  // counted, thread-safe since 7.84
  const CurlOptions share = share_of(options);
  for (std::size_t i = 0; i < std::max<std::size_t>(options.threads, 1); ++i) {
    loops_.push_back(std::make_unique<CurlLoop>(share, log));
  }
}

CurlClient::~CurlClient() {
  loops_.clear();
  curl_global_cleanup();
}

std::shared_ptr<RunningRequest> CurlClient::start(HttpRequest request, Done done) {
  if (auto checked = check_request(request); !checked.ok()) {
    done(std::move(checked).error());
    return std::make_shared<NotRunning>();
  }
  const std::size_t turn = next_.fetch_add(1, std::memory_order_relaxed);
  return loops_[turn % loops_.size()]->start(std::move(request), std::move(done));
}

}  // namespace mcph::net
