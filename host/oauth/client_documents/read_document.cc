#include "oauth/client_documents/read_document.h"

#include <utility>

#include "base/json.h"
#include "oauth/client_documents/document_url.h"
#include "oauth/registration/metadata.h"

namespace mcph::oauth {
namespace {

constexpr std::size_t kDepthMax = 8;  // client metadata is flat

Error refuse(std::string why) {
  return Error{Code::kInvalid, std::move(why), {}};
}

// §4.1: nobody shares a secret with a public document.
Result<> check_no_secret(const json::object& document) {
  for (const char* name : {"client_secret", "client_secret_expires_at"}) {
    if (find(document, name) != nullptr) return refuse(std::string(name) + " is in the document");
  }
  const auto method = find_string(document, "token_endpoint_auth_method").value_or("none");
  if (method != "none" && method != "private_key_jwt") {
    return refuse("token_endpoint_auth_method must be none or private_key_jwt");
  }
  return Ok{};
}

// Takes it out, since a registration may not have one. It is only of use with private_key_jwt.
Result<std::string> take_keys_address(const Settings& settings, json::object& document) {
  const auto* value = find(document, "jwks_uri");
  if (value == nullptr) return std::string{};
  if (!value->is_string() || find(document, "jwks") != nullptr) {
    return refuse("there must be one of jwks and jwks_uri");
  }
  std::string uri(view(value->get_string()));
  if (!is_fetchable_url(settings, uri)) return refuse("jwks_uri must be an https URL");
  document.erase("jwks_uri");
  return uri;
}

}  // namespace

Result<ReadDocument> read_document(const Settings& settings, std::string_view url,
                                   std::string_view body) {
  auto parsed = TRY(parse_json(body, kDepthMax));
  if (!parsed.is_object()) return refuse("the document is no JSON object");
  json::object& document = parsed.get_object();
  // §4.1: byte for byte, or anybody's document could stand in for anybody's client.
  if (find_string(document, "client_id") != url) return refuse("client_id is not the URL");
  if (find_string(document, "client_name").value_or("").empty()) {
    return refuse("client_name is missing");
  }
  TRY(check_no_secret(document));
  if (!document.contains("token_endpoint_auth_method")) {
    document["token_endpoint_auth_method"] = "none";
  }
  ReadDocument out;
  out.jwks_uri = TRY(take_keys_address(settings, document));
  const bool signs = find_string(document, "token_endpoint_auth_method") == "private_key_jwt";
  const bool keys_later = signs && !out.jwks_uri.empty();
  if (keys_later) document["token_endpoint_auth_method"] = "none";
  if (!signs) out.jwks_uri.clear();
  auto read = read_metadata(settings, document);
  if (auto* refusal = std::get_if<Refusal>(&read)) return refuse(std::move(refusal->description));
  out.client = std::get<Client>(std::move(read));
  if (keys_later) out.client.auth_method = AuthMethod::kPrivateKeyJwt;
  out.client.id = ClientId{std::string(url)};
  out.client.kind = ClientKind::kDocument;
  // The one address that was checked: the document came from there.
  out.client.client_uri = url;
  return out;
}

}  // namespace mcph::oauth
