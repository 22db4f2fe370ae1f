// What the admin API shows, as JSON. Pure. etc/admin-api.openapi.json describes the same shapes.
#pragma once

#include "admin/plugin_list.h"
#include "audit/entry.h"
#include "audit/verify.h"
#include "base/json.h"
#include "base/time.h"
#include "keys/lifecycle.h"
#include "oauth/client.h"
#include "oauth/grant_store.h"
#include "oauth/registration_token_store.h"

namespace mcph::admin {

// What an administrator may write (RFC 7591 §2).
json::object make_metadata(const oauth::Client& client);
// That and what the server knows. Never a secret, nor its hash.
json::object make_document(const oauth::Client& client);
json::object make_document(const oauth::RegistrationToken& token);
json::object make_document(const oauth::Grant& grant, UnixTime now);
json::object make_document(const PluginInfo& plugin);
json::object make_document(const keys::ServerKey& key);
json::object make_document(const keys::RewrapStatus& status);
json::object make_document(const audit::Entry& entry);
json::object make_document(const audit::Verdict& verdict);

}  // namespace mcph::admin
