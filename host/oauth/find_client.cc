#include "oauth/find_client.h"

#include <algorithm>

#include "oauth/client_documents/document_url.h"
#include "oauth/client_documents/find_client.h"

namespace mcph::oauth {
namespace {

constexpr std::size_t kClientIdBytesMax = 256;  // ours have 32

// RFC 6749 appendix A.1, within a sane length: nothing else is worth a look-up.
bool may_be_client_id(const std::string& id) {
  return !id.empty() && id.size() <= kClientIdBytesMax &&
         std::all_of(id.begin(), id.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

}  // namespace

Result<std::optional<Client>> find_live_client(const Parts& parts, const ClientId& id,
                                               std::string_view peer) {
  if (has_document_scheme(id.str())) {
    if (!parts.settings.client_documents) return std::optional<Client>{};
    return find_document_client(parts, id, peer);
  }
  if (!may_be_client_id(id.str())) return std::optional<Client>{};
  auto client = TRY(parts.clients.find(id));
  if (!client || client->disabled) return std::optional<Client>{};
  if (client->expires_at && *client->expires_at <= parts.clock.now())
    return std::optional<Client>{};
  return client;
}

}  // namespace mcph::oauth
