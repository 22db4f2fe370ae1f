#include "oauth/client_documents/find_client.h"

#include <algorithm>

#include "oauth/client_documents/document_url.h"
#include "oauth/client_documents/read_document.h"
#include "oauth/registration/client_keys.h"

namespace mcph::oauth {
namespace {

// Within these, the document's server decides how long it is kept. The floor keeps a busy client
// from being fetched at every step, the ceiling bounds how long a withdrawn document lives on.
constexpr Seconds kFreshMin{300};
constexpr Seconds kFreshMax{24 * 3600};
constexpr Seconds kFreshDefault{3600};
// How long a known client lives on while its server cannot be reached.
constexpr Seconds kStaleMax{24 * 3600};

Result<Client> fetch_client(const Parts& parts, const std::string& url) {
  const ClientDocument document = TRY(parts.client_documents.fetch(url));
  ReadDocument read = TRY(read_document(parts.settings, url, document.body));
  if (!read.jwks_uri.empty()) {
    const ClientDocument keys = TRY(parts.client_documents.fetch(read.jwks_uri));
    const auto set = TRY(parse_json(keys.body));
    if (const auto refusal = read_client_keys(json::object{{"jwks", set}}, read.client)) {
      return Error{Code::kInvalid, refusal->description, {}};
    }
  }
  const UnixTime now = parts.clock.now();
  const Seconds fresh = std::clamp(document.max_age.value_or(kFreshDefault), kFreshMin, kFreshMax);
  read.client.created_at = now;
  read.client.fresh_until = now + fresh;
  read.client.expires_at = now + parts.settings.unused_client_lifetime;
  return std::move(read.client);
}

// Threat 13: nobody has this host do nothing but fetch. How often one server is asked is the
// fetcher's matter.
Result<Client> fetch_within_budget(const Parts& parts, const std::string& url,
                                   std::string_view peer) {
  if (!peer.empty() && parts.budgets.take_for_address(Budget::kDocumentFetches, peer)) {
    return Error{Code::kUnavailable, "too many documents are asked for", {}};
  }
  return fetch_client(parts, url);
}

bool is_live(const Client& client) {
  return !client.disabled;
}

}  // namespace

Result<std::optional<Client>> find_document_client(const Parts& parts, const ClientId& id,
                                                   std::string_view peer) {
  const std::optional<Client> none;
  if (!is_document_url(parts.settings, id.str())) return none;
  auto known = TRY(parts.clients.find(id));
  const UnixTime now = parts.clock.now();
  // A blocked one is not even fetched.
  if (known && !is_live(*known)) return none;
  if (known && known->fresh_until && *known->fresh_until > now) return known;

  auto fetched = fetch_within_budget(parts, id.str(), peer);
  if (!fetched.ok()) {
    parts.log.info("client_document.refused", {{"client", id.str()},
                                               {"why", fetched.error().message},
                                               {"detail", fetched.error().detail}});
    if (fetched.error().code == Code::kInvalid || fetched.error().code == Code::kLimit) return none;
    const bool may_be_stale = known && known->fresh_until && *known->fresh_until + kStaleMax > now;
    if (may_be_stale) return known;
    return Error{Code::kUnavailable, "the client's document cannot be fetched", {}};
  }
  TRY(parts.clients.put_document(*fetched));
  return std::optional<Client>{std::move(fetched).value()};
}

}  // namespace mcph::oauth
