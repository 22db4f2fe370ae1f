// The host as a client finds it: challenge, metadata, registration.
#include <optional>

#include "app/doctor/doctor.h"
#include "app/module_settings.h"
#include "base/json.h"
#include "net/fetch_json.h"
#include "oauth/endpoints.h"

namespace mcph::app {
namespace {

constexpr std::int64_t kPatienceMs = 5'000;
constexpr Side kSide = Side::kHost;

net::HttpRequest make_request(Method method, const std::string& url) {
  net::HttpRequest request;
  request.method = method;
  request.url = url;
  request.timeout_ms = kPatienceMs;
  request.tag = "doctor";
  return request;
}

std::string describe(const Error& error) {
  return error.detail.empty() ? error.message : error.message + " (" + error.detail + ")";
}

// The 401 from which every client begins (RFC 9728 §5.1).
Finding check_challenge(const DoctorParts& parts) {
  const std::string url = parts.config.public_url + kMcpPath;
  auto request = make_request(Method::kPost, url);
  request.headers.add("Content-Type", "application/json");
  request.headers.add("Accept", "application/json, text/event-stream");
  request.body = R"({"jsonrpc":"2.0","id":1,"method":"ping"})";
  const auto response = parts.host_http.send(std::move(request));
  if (!response.ok()) {
    return wrong(kSide, "challenge", url + ": " + describe(response.error()),
                 "Is the host running, and does public_url lead to it, through every proxy?");
  }
  const auto challenge = response->headers.find("www-authenticate").value_or("");
  if (response->status == 401 && challenge.find("resource_metadata=") != std::string_view::npos) {
    return ok(kSide, "challenge", url + " asks for a token");
  }
  return wrong(kSide, "challenge", url + " answers " + std::to_string(response->status),
               "Something before the host answers in its place, or [auth] mode is off.");
}

Finding check_document(const DoctorParts& parts, const char* hop, const std::string& path,
                       const char* member, const std::string& expected) {
  const std::string url = parts.config.public_url + path;
  const auto document = net::fetch_json(parts.host_http, make_request(Method::kGet, url));
  if (!document.ok()) {
    return wrong(kSide, hop, url + ": " + describe(document.error()),
                 "A proxy must pass /.well-known/ on to the host.");
  }
  const json::object* object = document->value.if_object();
  std::string found = "missing";
  if (object != nullptr) found = find_string(*object, member).value_or(found);
  if (found == expected) return ok(kSide, hop, std::string(member) + " is " + expected);
  return wrong(kSide, hop, std::string(member) + " is " + found + ", not " + expected,
               "Another host answers there, or it was started with another public_url.");
}

// RFC 7592 §2.3: what was registered to see whether one can is taken away again.
void remove_registration(const DoctorParts& parts, const json::object& client) {
  const auto uri = find_string(client, "registration_client_uri");
  const auto token = find_string(client, "registration_access_token");
  if (!uri || !token) return;
  auto request = make_request(Method::kDelete, std::string(*uri));
  request.authorization = Secret("Bearer " + std::string(*token));
  (void)parts.host_http.send(std::move(request));  // one that stays expires by itself
}

Finding check_registration(const DoctorParts& parts) {
  constexpr const char* kHop = "registration";
  if (parts.config.oauth.registration != "open") {
    return skipped(kSide, kHop, "clients may not register themselves without a token");
  }
  const std::string url = parts.config.public_url + oauth::kRegisterPath;
  auto request = make_request(Method::kPost, url);
  request.headers.add("Content-Type", "application/json");
  request.body = to_json(json::object{{"client_name", "mcp-host doctor"},
                                      {"redirect_uris", json::array{"http://127.0.0.1:1/doctor"}},
                                      {"token_endpoint_auth_method", "none"}});
  const auto response = parts.host_http.send(std::move(request));
  if (!response.ok()) {
    return wrong(kSide, kHop, url + ": " + describe(response.error()), "See the log of the host.");
  }
  const auto answer = parse_json(response->body);
  if (response->status == 201 && answer.ok() && answer->is_object()) {
    remove_registration(parts, answer->get_object());
    return ok(kSide, kHop, "a client can register itself");
  }
  return wrong(kSide, kHop, url + " answers " + std::to_string(response->status),
               response->status == 429 ? "[oauth] registrations_per_hour is used up for now."
                                       : "See the log of the host: does it reach its database?");
}

}  // namespace

Findings examine_host(const DoctorParts& parts) {
  const std::string& url = parts.config.public_url;
  if (parts.config.auth == AuthMode::kResourceServer) {
    return {check_challenge(parts),
            check_document(parts, "resource_metadata", oauth::kResourceMetadataRootPath, "resource",
                           url + kMcpPath)};
  }
  return {check_challenge(parts),
          check_document(parts, "resource_metadata", oauth::kResourceMetadataRootPath, "resource",
                         url + kMcpPath),
          check_document(parts, "server_metadata", oauth::kServerMetadataPath, "issuer", url),
          check_registration(parts)};
}

}  // namespace mcph::app
