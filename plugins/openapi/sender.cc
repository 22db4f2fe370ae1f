#include "sender.h"

namespace openapi {
namespace {

struct Taken {
  Reply reply;
  mcph_status status = MCPH_E_INTERNAL;
};

void take(void* user, mcph_status status, const mcph_http_response* response) noexcept {
  auto& taken = *static_cast<Taken*>(user);
  taken.status = status;
  if (response == nullptr) return;
  try {
    taken.reply.status = response->status_code;
    taken.reply.body = mcph::view(response->body);
    for (std::size_t i = 0; i < response->header_count; ++i) {
      const std::string_view name = mcph::view(response->headers[i].name);
      const std::string_view value = mcph::view(response->headers[i].value);
      if (name == "content-type") taken.reply.content_type = value;
      if (name == "retry-after") taken.reply.retry_after = value;
    }
  } catch (...) {
    taken.status = MCPH_E_LIMIT;
  }
}

std::string explain(mcph_status status, std::size_t answer_bytes_max) {
  switch (status) {
    case MCPH_E_UNAUTHORIZED:
      return "The sign-in has expired.";
    case MCPH_E_FORBIDDEN:
      return "The host does not allow this address.";
    case MCPH_E_DEADLINE:
      return "The API did not answer in time.";
    case MCPH_E_CANCELLED:
      return "The call was cancelled.";
    case MCPH_E_LIMIT:
      return "The API's answer has more than " + std::to_string(answer_bytes_max) +
             " bytes: ask for less.";
    case MCPH_E_INVALID_ARGUMENT:
      return "The host does not send such a request.";
    default:
      return "The API could not be reached.";
  }
}

}  // namespace

Sender::Sender(const mcph_host* host, std::size_t answer_bytes_max)
    : host_(host),
      api_(static_cast<const mcph_http*>(host->extension(host, MCPH_EXT_HTTP))),
      answer_bytes_max_(answer_bytes_max) {
  if (api_ == nullptr) {
    throw mcph::Failure(MCPH_E_NOT_FOUND, "this host offers no " MCPH_EXT_HTTP);
  }
}

Reply Sender::send(mcph::Call call, const Request& request) const {
  std::vector<mcph_header> headers;
  headers.reserve(request.headers.size());
  for (const auto& [name, value] : request.headers) {
    headers.push_back({mcph::str(name), mcph::str(value)});
  }
  mcph_http_request raw{};
  raw.size = sizeof raw;
  raw.flags = MCPH_HTTP_AS_USER;
  raw.call = call.raw();
  raw.method = mcph::str(request.method);
  raw.url = mcph::str(request.url);
  raw.headers = headers.data();
  raw.header_count = headers.size();
  raw.body = mcph::str(request.body);
  raw.body_max = answer_bytes_max_;
  Taken taken;
  api_->fetch(host_, &raw, take, &taken);
  if (taken.status < 0) {
    // Not INVALID_ARGUMENT: that would end the call with an error the model never sees.
    const mcph_status why =
        taken.status == MCPH_E_INVALID_ARGUMENT ? MCPH_E_INTERNAL : taken.status;
    throw mcph::Failure(why, explain(taken.status, answer_bytes_max_));
  }
  return std::move(taken.reply);
}

}  // namespace openapi
