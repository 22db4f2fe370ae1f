// Requests as the signed-in user, by the host's HTTP client. Blocks. Thread-safe.
#pragma once

#include "answer.h"
#include "mcph/ext/http.h"
#include "mcph/plugin.hpp"
#include "request.h"

namespace openapi {

class Sender {
 public:
  // Throws mcph::Failure when the host offers no HTTP.
  Sender(const mcph_host* host, std::size_t answer_bytes_max);

  // Any status is a reply; throws mcph::Failure when there is none.
  Reply send(mcph::Call call, const Request& request) const;

 private:
  const mcph_host* host_;
  const mcph_http* api_;
  const std::size_t answer_bytes_max_;
};

}  // namespace openapi
