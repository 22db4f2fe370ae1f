// The PingOne stand-in of etc/demo/pingone as a process of the test's own, with its control API.
// Ends with this object, and with the test if that dies.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "base/json.h"
#include "federation/provider.h"
#include "net/http_client.h"

namespace mcph::federation {

class Standin {
 public:
  // `flags` beside those that tests always need; see etc/demo/pingone/settings.mjs.
  explicit Standin(net::HttpClient& http, const std::vector<std::string>& flags = {});
  ~Standin();
  Standin(const Standin&) = delete;
  Standin& operator=(const Standin&) = delete;

  // How the host would be configured for it.
  Provider provider() const;
  const std::string& issuer() const { return issuer_; }

  // POST /__control/<what>
  void control(const std::string& what, const json::value& body);
  // The next request of `endpoint` goes wrong that way.
  void fault(const std::string& endpoint, const json::object& action, int times = 1);
  void reset() { control("reset", json::object{}); }
  // Requests seen since the last reset; for the token endpoint those of one grant type.
  int count(const std::string& endpoint, const std::string& grant_type = {});

  // What a browser does with the URL of begin(): the query of where it ends up, as code and state.
  struct Callback {
    std::string code, state;
  };
  Callback follow(const std::string& url);

 private:
  json::value call(Method method, const std::string& path, std::string body);

  net::HttpClient& http_;
  pid_t pid_ = -1;
  std::string issuer_, origin_;
};

}  // namespace mcph::federation
