// Calls any URL the host lets it call, as the user or as nobody, blocking or not.
#include <string>

#include "mcph/http.hpp"
#include "mcph/json.hpp"

class Upstream {
 public:
  Upstream(const mcph_host* host, std::string_view)
      : host_(host),
        http_(host),
        api_(static_cast<const mcph_http*>(host->extension(host, MCPH_EXT_HTTP))) {}

  void fetch(mcph::Call call) {
    const mcph::Json arguments = mcph::Json::parse(call.arguments());
    const std::string& url = arguments.at("url").as_string();
    const mcph::Json* alone = arguments.find("as_nobody");
    const mcph::HttpReply reply = alone != nullptr && alone->as_bool()
                                      ? http_.send(call, "GET", url)
                                      : http_.as_user(call, "GET", url);
    call.text(std::to_string(reply.status) + " " + reply.body);
  }

  // The same without a thread that waits.
  mcph_status fetch_later(mcph::Call call) {
    const mcph::Json arguments = mcph::Json::parse(call.arguments());
    const std::string& url = arguments.at("url").as_string();
    mcph_http_request request{};
    request.size = sizeof request;
    request.flags = MCPH_HTTP_AS_USER;
    request.call = call.raw();
    request.method = mcph::str("GET");
    request.url = mcph::str(url);
    const mcph_status status =
        api_->start(host_, &request, finish, const_cast<mcph_call*>(call.raw()));
    if (status < 0) throw mcph::Failure(status, "not sent");
    return MCPH_PENDING;
  }

 private:
  static void finish(void* user, mcph_status status, const mcph_http_response* response) noexcept {
    const mcph::Call call(static_cast<const mcph_call*>(user));
    mcph::guarded(call.raw(), [&] {
      if (status < 0) throw mcph::Failure(status, "no answer");
      call.text(std::to_string(response->status_code) + " " +
                std::string(mcph::view(response->body)));
    });
    call.complete();
  }

  const mcph_host* host_;
  mcph::Http http_;
  const mcph_http* api_;
};

constexpr auto kUrl =
    R"({"type":"object","properties":{"url":{"type":"string"},"as_nobody":{"type":"boolean"}},)"
    R"("required":["url"]})";

MCPH_PLUGIN(Upstream, "upstream", "1.0.0",
            mcph::tool<&Upstream::fetch>("fetch_url", "Fetches a URL as the user.", kUrl,
                                         MCPH_READ_ONLY | MCPH_OPEN_WORLD | MCPH_NEEDS_UPSTREAM),
            mcph::tool<&Upstream::fetch_later>("fetch_url_later", "Fetches a URL as the user.",
                                               kUrl,
                                               MCPH_READ_ONLY | MCPH_OPEN_WORLD |
                                                   MCPH_NEEDS_UPSTREAM));
