#include "client_documents/guarded_fetcher.h"

#include <utility>

#include "base/url.h"
#include "client_documents/cache_control.h"
#include "client_documents/limits.h"

namespace mcph::client_documents {
namespace {

constexpr Seconds kMinute{60};

Error refuse(const char* why) {
  return Error{Code::kInvalid, why, {}};
}

Error later(const char* why) {
  return Error{Code::kUnavailable, why, {}};
}

bool is_json(const Headers& headers) {
  std::string_view type = headers.find("content-type").value_or("");
  type = type.substr(0, type.find_first_of("; "));
  return iequals(type, "application/json") ||
         (type.size() > 5 && iequals(type.substr(type.size() - 5), "+json"));
}

Result<oauth::ClientDocument> read_answer(net::HttpResponse answer) {
  if (answer.status == 429 || answer.status >= 500) return later("its server is in trouble");
  // A redirect would have to be judged like the first address; documents need none.
  if (answer.status != 200) return refuse("there is no document");
  if (!is_json(answer.headers)) return refuse("the document is not JSON");
  return oauth::ClientDocument{std::move(answer.body), read_max_age(answer.headers)};
}

}  // namespace

Result<oauth::ClientDocument> GuardedFetcher::fetch(const std::string& url) {
  const auto parsed = parse_url(url);
  if (!parsed.ok() || parsed->host.empty()) return refuse("not an absolute URL");
  const std::string host = parsed->host;
  TRY(enter(url, host));
  net::HttpRequest request;
  request.url = url;
  request.headers.add("Accept", "application/json");
  request.timeout_ms = limits::kFetchMsMax;
  request.response_bytes_max = limits::kDocumentBytesMax;
  request.tag = "client-document";
  auto answer = http_.send(std::move(request));
  leave(host);
  auto document = answer.ok() ? read_answer(std::move(answer).value())
                              : Result<oauth::ClientDocument>(answer.error());
  if (!document.ok()) note_failure(url);
  return document;
}

// Waits for its turn at the host.
Result<> GuardedFetcher::enter(const std::string& url, const std::string& host) {
  std::unique_lock lock(mutex_);
  forget_old(clock_.steady());
  if (is_in_backoff(url, clock_.steady())) return later("it failed a moment ago");
  if (waiting_ == limits::kWaitingMax) return later("too many documents are being fetched");
  ++waiting_;
  const bool free = left_.wait_for(lock, limits::kWaitForHost, [&] {
    return running_ < limits::kFetchesMax && !hosts_[host].busy;
  });
  --waiting_;
  if (!free) return later("too many documents are being fetched");
  // Whoever we waited for may have found out.
  const SteadyTime now = clock_.steady();
  if (is_in_backoff(url, now)) return later("it failed a moment ago");
  Host& entry = hosts_[host];
  if (now - entry.minute_began >= kMinute) entry = Host{false, now, 0};
  if (entry.fetches >= limits::kFetchesPerMinute) return later("its host was asked too often");
  ++entry.fetches;
  entry.busy = true;
  ++running_;
  return Ok{};
}

void GuardedFetcher::leave(const std::string& host) {
  {
    const std::lock_guard lock(mutex_);
    hosts_[host].busy = false;
    --running_;
  }
  left_.notify_all();
}

bool GuardedFetcher::is_in_backoff(const std::string& url, SteadyTime now) {
  const auto found = failed_.find(url);
  return found != failed_.end() && found->second > now;
}

void GuardedFetcher::note_failure(const std::string& url) {
  const std::lock_guard lock(mutex_);
  failed_[url] = clock_.steady() + limits::kBackoff;
}

// Under the lock.
void GuardedFetcher::forget_old(SteadyTime now) {
  std::erase_if(failed_, [now](const auto& item) { return item.second <= now; });
  std::erase_if(hosts_, [now](const auto& item) {
    return !item.second.busy && now - item.second.minute_began >= kMinute;
  });
  while (failed_.size() > limits::kRememberedMax) failed_.erase(failed_.begin());
}

}  // namespace mcph::client_documents
