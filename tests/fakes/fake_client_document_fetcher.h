// The web, as far as clients publish documents there. Thread-safe.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "oauth/client_document_fetcher.h"

namespace mcph::test {

class FakeClientDocumentFetcher final : public oauth::ClientDocumentFetcher {
 public:
  Result<oauth::ClientDocument> fetch(const std::string& url) override {
    const std::lock_guard lock(mutex_);
    fetched_.push_back(url);
    if (unreachable) return Error{Code::kUnavailable, "no network", {}};
    const auto found = pages.find(url);
    if (found == pages.end()) return Error{Code::kInvalid, "there is no document", {}};
    return found->second;
  }
  std::vector<std::string> fetched() const {
    const std::lock_guard lock(mutex_);
    return fetched_;
  }

  std::map<std::string, oauth::ClientDocument> pages;
  bool unreachable = false;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> fetched_;
};

}  // namespace mcph::test
