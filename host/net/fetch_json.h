// GET of a JSON document: discovery, keys. Blocking, thread-safe.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "base/result.h"
#include "base/time.h"
#include "net/http_client.h"

namespace mcph::net {

struct JsonDocument {
  std::string text;
  json::value value;
  std::optional<Seconds> max_age;  // Cache-Control; 0 for no-store and no-cache
};

// Everything but a 200 with an application/json (or …+json) body that parses is kUnavailable: what
// is fetched here belongs to a server that may be well again later. Other errors as HttpClient.
Result<JsonDocument> fetch_json(HttpClient& http, HttpRequest request);

// The lifetime a Cache-Control value allows (RFC 9111 §5.2.2), if it says so.
std::optional<Seconds> parse_max_age(std::string_view cache_control);

}  // namespace mcph::net
