// mcph/http.hpp - the host's HTTP client, for plugin authors in C++. Blocking: from a tool that
// does not say MCPH_NEVER_BLOCKS. Thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "mcph/ext/http.h"
#include "mcph/plugin.hpp"

namespace mcph {

struct HttpReply {
  std::uint32_t status = 0;
  std::string body;
  bool ok() const noexcept { return status / 100 == 2; }
};

class Http {
 public:
  explicit Http(const mcph_host* host)
      : host_(host), api_(static_cast<const mcph_http*>(host->extension(host, MCPH_EXT_HTTP))) {
    if (api_ == nullptr) throw Failure(MCPH_E_NOT_FOUND, "this host offers no " MCPH_EXT_HTTP);
  }

  // Sends as the signed-in user: the host adds the bearer and refreshes it when needed. A body is
  // sent as application/json. Any HTTP status is an answer; throws Failure when there is none.
  HttpReply as_user(Call call, std::string_view method, std::string_view url,
                    std::string_view json = {}) const {
    return send(call, MCPH_HTTP_AS_USER, method, url, json);
  }
  // The same without any credential.
  HttpReply send(Call call, std::string_view method, std::string_view url,
                 std::string_view json = {}) const {
    return send(call, 0, method, url, json);
  }

 private:
  HttpReply send(Call call, std::uint32_t flags, std::string_view method, std::string_view url,
                 std::string_view json) const {
    const mcph_header headers[] = {{str("accept"), str("application/json")},
                                   {str("content-type"), str("application/json")}};
    mcph_http_request request{};
    request.size = sizeof request;
    request.flags = flags;
    request.call = call.raw();
    request.method = str(method);
    request.url = str(url);
    request.headers = headers;
    request.header_count = json.empty() ? 1 : 2;
    request.body = str(json);
    Answer answer;
    api_->fetch(host_, &request, take, &answer);
    if (answer.status < 0) throw Failure(answer.status, explain(answer.status));
    return std::move(answer.reply);
  }

  struct Answer {
    HttpReply reply;
    mcph_status status = MCPH_E_INTERNAL;
  };

  static void take(void* user, mcph_status status, const mcph_http_response* response) noexcept {
    auto& answer = *static_cast<Answer*>(user);
    answer.status = status;
    if (response == nullptr) return;
    try {
      answer.reply = {response->status_code, std::string(view(response->body))};
    } catch (...) {
      answer.status = MCPH_E_LIMIT;
    }
  }

  static std::string explain(mcph_status status) {
    switch (status) {
      case MCPH_E_UNAUTHORIZED:
        return "the sign-in has expired";
      case MCPH_E_FORBIDDEN:
        return "the host does not allow this address";
      case MCPH_E_DEADLINE:
        return "the service did not answer in time";
      case MCPH_E_CANCELLED:
        return "the call was cancelled";
      case MCPH_E_LIMIT:
        return "the answer of the service is too large";
      case MCPH_E_INVALID_ARGUMENT:
        return "the host does not send such a request";
      default:
        return "the service could not be reached";
    }
  }

  const mcph_host* host_;
  const mcph_http* api_;
};

}  // namespace mcph
