// Fetches what a client published about itself: its metadata document, its keys. Implemented by
// client_documents/, which sees to it that a stranger's URL leads to the public Internet only.
// Thread-safe, blocking for a few seconds at most.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace mcph::oauth {

struct ClientDocument {
  std::string body;
  std::optional<Seconds> max_age;  // as its server wishes (RFC 9111 §5.2.2.1); nothing: no wish
};

class ClientDocumentFetcher {
 public:
  virtual ~ClientDocumentFetcher() = default;
  // kInvalid: there is no such document, or the URL must not be fetched. kUnavailable: nobody knows
  // now, the same may work later.
  virtual Result<ClientDocument> fetch(const std::string& url) = 0;
};

}  // namespace mcph::oauth
