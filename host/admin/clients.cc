#include "admin/clients.h"

#include <algorithm>
#include <array>
#include <variant>

#include "admin/documents.h"
#include "base/encoding.h"
#include "oauth/registration/metadata.h"
#include "oauth/registration/secrets.h"
#include "oauth/scope.h"
#include "oauth/token_format.h"

namespace mcph::admin {

namespace {

using oauth::Client;
using oauth::ClientKind;

// Two administrators at the same switch: the second try meets a settled client.
constexpr int kSwitchTries = 3;

constexpr std::array<std::string_view, 10> kMetadataMembers{"redirect_uris",
                                                            "client_name",
                                                            "token_endpoint_auth_method",
                                                            "grant_types",
                                                            "application_type",
                                                            "client_uri",
                                                            "scope",
                                                            "jwks",
                                                            "require_pushed_authorization_requests",
                                                            "dpop_bound_access_tokens"};

Error not_found() {
  return Error{Code::kNotFound, "there is no such client", {}};
}
Error changed() {
  return Error{Code::kConflict, "the client was changed in the meantime", {}};
}

Result<> check_members(const json::object& metadata) {
  for (const auto& member : metadata) {
    const std::string_view name(member.key().data(), member.key().size());
    const auto* end = kMetadataMembers.end();
    if (std::find(kMetadataMembers.begin(), end, name) == end) {
      return Error{Code::kInvalid, "there is no member " + std::string(name), {}};
    }
  }
  return Ok{};
}

// What is being created; `kind` is no metadata and never changes later.
Result<ClientKind> take_kind(json::object& metadata) {
  const json::value* value = find(metadata, "kind");
  if (value == nullptr) return ClientKind::kAdmin;
  const auto kind = oauth::parse_client_kind(find_string(metadata, "kind").value_or(""));
  if (!kind || (*kind != ClientKind::kAdmin && *kind != ClientKind::kResourceServer)) {
    return Error{Code::kInvalid, "kind must be admin or resource_server", {}};
  }
  metadata.erase("kind");
  return *kind;
}

// The ceiling of a client: words the server knows. Absent or empty: whatever the server offers.
Result<std::vector<std::string>> read_scope(const json::object& metadata,
                                            const oauth::Settings& settings) {
  const json::value* value = find(metadata, "scope");
  if (value == nullptr || value->is_null()) return std::vector<std::string>{};
  const auto text = find_string(metadata, "scope");
  auto scopes = text ? oauth::parse_scope(*text) : std::nullopt;
  if (!scopes) return Error{Code::kInvalid, "scope must be words with spaces between", {}};
  const auto known = oauth::names_of(settings.scopes);
  for (const std::string& scope : *scopes) {
    if (std::find(known.begin(), known.end(), scope) == known.end()) {
      return Error{Code::kInvalid, "this server has no scope " + scope, {}};
    }
  }
  return *std::move(scopes);
}

}  // namespace

Clients::Clients(oauth::ClientStore& store, const oauth::Settings& settings, const Clock& clock,
                 Random& random)
    : store_(store), settings_(settings), clock_(clock), random_(random) {}

Result<Client> Clients::read(ClientKind kind, const json::object& metadata) const {
  TRY(check_members(metadata));
  if (kind == ClientKind::kResourceServer) return read_resource_server(metadata);
  auto scopes = TRY(read_scope(metadata, settings_));
  auto parsed = oauth::read_metadata(settings_, metadata);
  if (auto* refusal = std::get_if<oauth::Refusal>(&parsed)) {
    return Error{Code::kInvalid, std::move(refusal->description), {}};
  }
  Client client = std::get<Client>(std::move(parsed));
  client.scopes = std::move(scopes);
  return client;
}

Result<Client> Clients::read_resource_server(const json::object& metadata) const {
  for (const char* name : {"redirect_uris", "grant_types", "application_type", "scope",
                           "require_pushed_authorization_requests", "dpop_bound_access_tokens"}) {
    if (metadata.contains(name)) {
      return Error{Code::kInvalid, std::string("a resource server has no ") + name, {}};
    }
  }
  auto parsed = oauth::read_resource_server_metadata(settings_, metadata);
  if (auto* refusal = std::get_if<oauth::Refusal>(&parsed)) {
    return Error{Code::kInvalid, std::move(refusal->description), {}};
  }
  return std::get<Client>(std::move(parsed));
}

Result<NewClient> Clients::create(json::object metadata) {
  const ClientKind kind = TRY(take_kind(metadata));
  NewClient made;
  made.client = TRY(read(kind, metadata));
  Client& client = made.client;
  client.id = ClientId{to_hex(random_.bytes(16))};
  client.kind = kind;
  client.created_at = clock_.now();
  if (oauth::needs_secret(client.auth_method)) {
    made.secret = oauth::make_client_secret(random_);
    client.secret_hashes.push_back(oauth::hash_token(made.secret.reveal()));
  }
  TRY(store_.insert(client));
  return made;
}

Result<Client> Clients::get(const ClientId& id) {
  auto found = TRY(store_.find(id));
  if (!found) return not_found();
  return *std::move(found);
}

Result<Page<Client>> Clients::list(const ClientId& after, std::size_t count_max) {
  auto listed = TRY(store_.list(after, count_max + 1));
  Page<Client> page{std::move(listed), {}};
  if (page.items.size() > count_max) {
    page.items.resize(count_max);
    page.next = page.items.back().id.str();
  }
  return page;
}

Result<Client> Clients::update(const ClientId& id, std::optional<std::int64_t> version,
                               const json::object& patch) {
  TRY(check_members(patch));
  const Client before = TRY(get(id));
  if (version && *version != before.version) return changed();
  if (before.kind == ClientKind::kDocument) {
    return Error{Code::kInvalid, "what this client is, its own document says", {}};
  }
  json::object metadata = make_metadata(before);
  for (const auto& member : patch) {
    if (member.value().is_null()) {
      metadata.erase(member.key());
    } else {
      metadata[member.key()] = member.value();
    }
  }
  Client after = TRY(read(before.kind, metadata));
  oauth::keep_identity(before, after);
  TRY(store_.update(after));
  ++after.version;
  return after;
}

Result<> Clients::remove(const ClientId& id, std::optional<std::int64_t> version) {
  if (version && TRY(get(id)).version != *version) return changed();
  return store_.remove(id);
}

Result<Client> Clients::set_disabled(const ClientId& id, bool disabled) {
  for (int attempt = 1;; ++attempt) {
    Client client = TRY(get(id));
    if (client.disabled == disabled) return client;
    client.disabled = disabled;
    const auto updated = store_.update(client);
    if (updated.ok()) {
      ++client.version;
      return client;
    }
    if (updated.error().code != Code::kConflict || attempt == kSwitchTries) return updated.error();
  }
}

Result<Secret> Clients::rotate_secret(const ClientId& id, Seconds overlap) {
  if (overlap < Seconds(0) || overlap > kSecretOverlapMax) {
    return Error{
        Code::kInvalid,
        "overlap_seconds must be between 0 and " + std::to_string(kSecretOverlapMax.count()),
        {}};
  }
  const Client client = TRY(get(id));
  if (!oauth::needs_secret(client.auth_method)) {
    return Error{Code::kConflict, "this client does not authenticate by a secret", {}};
  }
  Secret secret = oauth::make_client_secret(random_);
  TRY(store_.add_secret(id, oauth::hash_token(secret.reveal()), clock_.now() + overlap));
  return secret;
}

}  // namespace mcph::admin
