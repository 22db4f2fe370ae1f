// What strangers say about their clients: a metadata document, and the same as a registration. What
// is taken obeys every rule that the rest of the server relies on.
#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "base/encoding.h"
#include "oauth/client_documents/document_url.h"
#include "oauth/client_documents/read_document.h"
#include "oauth/display_text.h"
#include "oauth/redirect_uri.h"
#include "oauth/registration/metadata.h"

namespace {

using namespace mcph;

constexpr char kUrl[] = "https://client.example/client.json";

void check_client(const oauth::Settings& settings, const oauth::Client& client) {
  ASSERT(!client.redirect_uris.empty());
  for (const std::string& uri : client.redirect_uris) {
    ASSERT(oauth::check_redirect_uri(settings, uri).ok());
  }
  ASSERT(is_utf8(client.name));
  // What a person reads is clean already.
  ASSERT(oauth::clean_text(client.name, client.name.size()) == client.name);
  ASSERT(client.secret_hashes.empty() && !client.disabled);
  if (client.jwks.empty()) return;
  const auto keys = parse_json(client.jwks);
  ASSERT(keys.ok());
  ASSERT(client.jwks.find("\"d\":") == std::string::npos);  // no private key is ever kept
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const oauth::Settings settings;
  if (const auto document = oauth::read_document(settings, kUrl, text); document.ok()) {
    check_client(settings, document->client);
    ASSERT(document->client.id.str() == kUrl);
    ASSERT(!oauth::needs_secret(document->client.auth_method));
    if (!document->jwks_uri.empty()) {
      ASSERT(oauth::is_fetchable_url(settings, document->jwks_uri));
    }
  }
  if (const auto metadata = parse_json(text, 8); metadata.ok() && metadata->is_object()) {
    const auto read = oauth::read_metadata(settings, metadata->get_object());
    if (const auto* client = std::get_if<oauth::Client>(&read)) check_client(settings, *client);
  }
  if (oauth::is_document_url(settings, text)) ASSERT(oauth::has_document_scheme(text));
  return 0;
}
