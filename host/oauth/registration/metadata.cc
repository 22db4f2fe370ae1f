#include "oauth/registration/metadata.h"

#include <algorithm>
#include <utility>

#include "base/url.h"
#include "oauth/display_text.h"
#include "oauth/grant_types.h"
#include "oauth/redirect_uri.h"
#include "oauth/registration/client_keys.h"

namespace mcph::oauth {
namespace {

constexpr std::size_t kRedirectUrisMax = 32;  // real clients register one to five
constexpr std::size_t kNameBytesMax = 512;
constexpr std::size_t kNameCharactersMax = 128;  // kept; the page shows half of it
constexpr std::size_t kUriBytesMax = 2048;

// A list of strings; null counts as absent, for some clients write null.
std::variant<std::vector<std::string>, Refusal> read_list(const json::object& metadata,
                                                          std::string_view name) {
  std::vector<std::string> out;
  const auto* value = find(metadata, name);
  if (value == nullptr || value->is_null()) return out;
  const Refusal wrong =
      errors::invalid_client_metadata(std::string(name) + " must be an array of strings");
  if (!value->is_array()) return wrong;
  for (const auto& item : value->get_array()) {
    if (!item.is_string()) return wrong;
    out.emplace_back(view(item.get_string()));
  }
  return out;
}

std::variant<std::string, Refusal> read_text(const json::object& metadata, std::string_view name,
                                             std::size_t bytes_max) {
  const auto* value = find(metadata, name);
  if (value == nullptr || value->is_null()) return std::string{};
  if (!value->is_string() || value->get_string().size() > bytes_max) {
    return errors::invalid_client_metadata(std::string(name) + " must be a string of at most " +
                                           std::to_string(bytes_max) + " bytes");
  }
  return std::string(view(value->get_string()));
}

bool contains(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

Verdict read_redirect_uris(const Settings& settings, const json::object& metadata, Client& client) {
  auto read = read_list(metadata, "redirect_uris");
  if (std::holds_alternative<Refusal>(read)) {
    return errors::invalid_redirect_uri("redirect_uris must be an array of strings");
  }
  client.redirect_uris = std::get<std::vector<std::string>>(std::move(read));
  if (client.redirect_uris.empty() || client.redirect_uris.size() > kRedirectUrisMax) {
    return errors::invalid_redirect_uri("there must be 1 to 32 redirect URIs");
  }
  for (const auto& uri : client.redirect_uris) {
    if (auto checked = check_redirect_uri(settings, uri); !checked.ok()) {
      return errors::invalid_redirect_uri(checked.error().message);
    }
  }
  return std::nullopt;
}

Verdict read_auth_method(const Settings&, const json::object& metadata, Client& client) {
  auto read = read_text(metadata, "token_endpoint_auth_method", kNameBytesMax);
  if (auto* refusal = std::get_if<Refusal>(&read)) return std::move(*refusal);
  const auto& text = std::get<std::string>(read);
  // RFC 7591 §2: client_secret_basic when omitted.
  const auto method = text.empty() ? AuthMethod::kBasic : parse_auth_method(text);
  if (!method) {
    return errors::invalid_client_metadata(
        "token_endpoint_auth_method must be none, client_secret_basic, client_secret_post or "
        "private_key_jwt");
  }
  client.auth_method = *method;
  return std::nullopt;
}

std::variant<bool, Refusal> read_flag(const json::object& metadata, std::string_view name) {
  const auto* value = find(metadata, name);
  if (value == nullptr || value->is_null()) return false;
  if (value->is_bool()) return value->get_bool();
  return errors::invalid_client_metadata(std::string(name) + " must be true or false");
}

// RFC 9126 §6, RFC 9449 §5.2
Verdict read_demands(const Settings&, const json::object& metadata, Client& client) {
  const std::pair<std::string_view, bool*> demands[] = {
      {"require_pushed_authorization_requests", &client.require_pushed_requests},
      {"dpop_bound_access_tokens", &client.dpop_bound}};
  for (const auto& [name, flag] : demands) {
    auto read = read_flag(metadata, name);
    if (auto* refusal = std::get_if<Refusal>(&read)) return std::move(*refusal);
    *flag = std::get<bool>(read);
  }
  return std::nullopt;
}

Verdict read_keys(const Settings&, const json::object& metadata, Client& client) {
  return read_client_keys(metadata, client);
}

Verdict read_grant_types(const Settings&, const json::object& metadata, Client& client) {
  auto types = read_list(metadata, "grant_types");
  if (auto* refusal = std::get_if<Refusal>(&types)) return std::move(*refusal);
  const auto& asked = std::get<std::vector<std::string>>(types);
  if (!asked.empty() && !contains(asked, "authorization_code")) {
    return errors::invalid_client_metadata("grant_types must include authorization_code");
  }
  client.grant_types = {"authorization_code"};
  // Clients that say nothing get both: they are told so, and may leave the second unused.
  if (asked.empty() || contains(asked, "refresh_token"))
    client.grant_types.push_back("refresh_token");
  // Only for who asks: a client that does not know it has no use for it.
  if (contains(asked, kTokenExchangeGrant)) client.grant_types.emplace_back(kTokenExchangeGrant);

  auto responses = read_list(metadata, "response_types");
  if (auto* refusal = std::get_if<Refusal>(&responses)) return std::move(*refusal);
  const auto& wanted = std::get<std::vector<std::string>>(responses);
  if (!wanted.empty() && !contains(wanted, "code")) {
    return errors::invalid_client_metadata("response_types must include code");
  }
  return std::nullopt;
}

Verdict read_names(const Settings&, const json::object& metadata, Client& client) {
  auto name = read_text(metadata, "client_name", kNameBytesMax);
  if (auto* refusal = std::get_if<Refusal>(&name)) return std::move(*refusal);
  client.name = clean_text(std::get<std::string>(name), kNameCharactersMax);

  auto uri = read_text(metadata, "client_uri", kUriBytesMax);
  if (auto* refusal = std::get_if<Refusal>(&uri)) return std::move(*refusal);
  client.client_uri = std::get<std::string>(std::move(uri));
  if (client.client_uri.empty()) return std::nullopt;
  const auto url = parse_url(client.client_uri);
  if (!url.ok() || (url->scheme != "https" && url->scheme != "http") || url->host.empty() ||
      url->has_userinfo) {
    return errors::invalid_client_metadata("client_uri must be an http or https URL");
  }
  return std::nullopt;
}

bool is_for_this_device(const std::string& uri) {
  return describe_redirect(uri).kind != RedirectTarget::Kind::kWeb;
}

Verdict read_application_type(const Settings&, const json::object& metadata, Client& client) {
  auto read = read_text(metadata, "application_type", kNameBytesMax);
  if (auto* refusal = std::get_if<Refusal>(&read)) return std::move(*refusal);
  const auto& text = std::get<std::string>(read);
  if (!text.empty() && text != "web" && text != "native") {
    return errors::invalid_client_metadata("application_type must be web or native");
  }
  // Most clients say nothing; their redirect URIs do.
  const auto& uris = client.redirect_uris;
  const bool native = std::all_of(uris.begin(), uris.end(), is_for_this_device);
  client.application_type = !text.empty() ? text : native ? "native" : "web";
  return std::nullopt;
}

using Step = Verdict (*)(const Settings&, const json::object&, Client&);
constexpr Step kSteps[] = {read_redirect_uris, read_auth_method,      read_keys,   read_grant_types,
                           read_names,         read_application_type, read_demands};

}  // namespace

std::variant<Client, Refusal> read_metadata(const Settings& settings,
                                            const json::object& metadata) {
  Client client;
  client.kind = ClientKind::kDynamic;
  for (const Step step : kSteps) {
    if (auto refusal = step(settings, metadata, client)) return std::move(*refusal);
  }
  return client;
}

std::variant<Client, Refusal> read_resource_server_metadata(const Settings& settings,
                                                            const json::object& metadata) {
  Client client;
  client.kind = ClientKind::kResourceServer;
  for (const Step step : {read_auth_method, read_keys, read_names}) {
    if (auto refusal = step(settings, metadata, client)) return std::move(*refusal);
  }
  if (client.auth_method == AuthMethod::kNone) {
    return errors::invalid_client_metadata("a resource server must authenticate");
  }
  return client;
}

}  // namespace mcph::oauth
