// `mcp-host doctor`: goes the way of a client and of its user, from the metadata of the host that
// is running to the APIs its plugins call, and says of each hop whether it works, else what is
// wrong and which page of the PingOne console or which setting mends it. With --sign-in it also
// goes the user's part, through the browser to a tool's answer. Leaves nothing behind. Blocking.
#pragma once

#include <functional>
#include <string>

#include "app/config.h"
#include "app/doctor/finding.h"
#include "base/random.h"
#include "base/time.h"
#include "federation/provider.h"
#include "net/http_client.h"
#include "observability/log.h"

namespace mcph::app {

struct DoctorParts {
  const Config& config;
  net::HttpClient& host_http;      // to the host and to the APIs
  net::HttpClient& provider_http;  // to PingOne, with its certificate authorities
  const Clock& clock;
  Random& random;
  const Log& log;
  // Shows the user where to sign in. Empty: nobody is asked to.
  std::function<void(const std::string& url)> show;
};

// Every hop, in order.
Findings examine(const DoctorParts& parts);

// For one side each.
Findings examine_host(const DoctorParts& parts);
Findings examine_pingone(const DoctorParts& parts);
Findings examine_apis(const DoctorParts& parts);
Findings examine_user(const DoctorParts& parts);

// One line a hop, with what mends it below; or a JSON object.
std::string print_text(const Findings& findings);
std::string print_json(const Findings& findings);

// 0 when all is well, else 10, 11 or 12: the host, PingOne, an API.
int exit_status(const Findings& findings);

}  // namespace mcph::app
