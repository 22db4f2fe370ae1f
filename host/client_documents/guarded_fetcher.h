// Fetches what strangers published about their clients. The HTTP client it is given must connect to
// public addresses only; this adds what belongs to a single exchange: size and time, no redirects,
// JSON only, one fetch at a time from each host, and a pause after a failure, so that nobody can
// use this host to flood another. Thread-safe, blocking.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>

#include "net/http_client.h"
#include "oauth/client_document_fetcher.h"

namespace mcph::client_documents {

class GuardedFetcher final : public oauth::ClientDocumentFetcher {
 public:
  GuardedFetcher(net::HttpClient& http, const Clock& clock) : http_(http), clock_(clock) {}

  Result<oauth::ClientDocument> fetch(const std::string& url) override;

 private:
  struct Host {
    bool busy = false;
    SteadyTime minute_began{};
    std::size_t fetches = 0;  // in this minute
  };

  Result<> enter(const std::string& url, const std::string& host);
  void leave(const std::string& host);
  bool is_in_backoff(const std::string& url, SteadyTime now);
  void note_failure(const std::string& url);
  void forget_old(SteadyTime now);

  net::HttpClient& http_;
  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable left_;
  std::size_t running_ = 0;
  std::size_t waiting_ = 0;
  std::map<std::string, Host> hosts_;
  std::map<std::string, SteadyTime> failed_;  // URL -> not before
};

}  // namespace mcph::client_documents
