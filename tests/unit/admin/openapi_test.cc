// etc/admin-api.openapi.json and the table of routes say the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "admin/documents.h"
#include "base/json.h"
#include "http/admin_routes.h"

namespace mcph::http {
namespace {

const json::value& document() {
  static const json::value parsed = [] {
    std::ifstream file(MCPH_SOURCE_DIR "/etc/admin-api.openapi.json");
    std::stringstream text;
    text << file.rdbuf();
    return json::parse(text.str());
  }();
  return parsed;
}

// "/admin/v1/clients/{client_id}" -> "/admin/v1/clients/{}"
std::string generalise(std::string_view path) {
  std::string out;
  bool inside = false;
  for (const char c : path) {
    if (c == '}') inside = false;
    if (!inside) out += c;
    if (c == '{') inside = true;
  }
  return out;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return out;
}

std::set<std::string> described() {
  std::set<std::string> operations;
  for (const auto& path : document().at("paths").as_object()) {
    for (const auto& operation : path.value().as_object()) {
      if (operation.key() == "parameters") continue;
      operations.insert(std::string(operation.key()) + " " + generalise(path.key()));
    }
  }
  return operations;
}

std::set<std::string> members(const json::object& object) {
  std::set<std::string> names;
  for (const auto& member : object) names.insert(std::string(member.key()));
  return names;
}

// Every property of a schema, those of the schemas it is made of too.
std::set<std::string> properties(std::string_view schema) {
  std::set<std::string> names;
  const json::object& described = document().at("components").at("schemas").at(schema).as_object();
  if (const auto* own = find_object(described, "properties")) names = members(*own);
  if (const auto* parts = find_array(described, "allOf")) {
    for (const auto& part : *parts) {
      if (const auto* own = find_object(part.as_object(), "properties")) names.merge(members(*own));
      if (const auto reference = find_string(part.as_object(), "$ref")) {
        names.merge(properties(reference->substr(reference->rfind('/') + 1)));
      }
    }
  }
  return names;
}

TEST(AdminApiDescription, IsOpenApi31) {
  EXPECT_EQ(document().at("openapi"), json::value("3.1.0"));
}

TEST(AdminApiDescription, HasEveryRouteAndNoOther) {
  std::set<std::string> served;
  for (const auto& route : AdminRoutes::table()) {
    served.insert(lower(to_string(route.method)) + " " + std::string(route.path));
  }
  EXPECT_EQ(described(), served);
}

TEST(AdminApiDescription, HasEveryMemberOfEveryDocument) {
  oauth::Client client;
  client.name = client.client_uri = "x";
  client.scopes = {"x"};
  client.jwks = "{}";
  client.expires_at = UnixTime{};
  EXPECT_EQ(members(admin::make_document(client)), properties("Client"));
  EXPECT_EQ(members(admin::make_metadata(client)), properties("ClientMetadata"));
  oauth::Grant grant;
  grant.label = grant.acr = "x";
  grant.revoked_at = UnixTime{};
  EXPECT_EQ(members(admin::make_document(grant, UnixTime{})), properties("Grant"));
  EXPECT_EQ(members(admin::make_document(oauth::RegistrationToken{})),
            properties("RegistrationToken"));
  admin::PluginInfo plugin;
  plugin.version = plugin.reason = plugin.health = plugin.health_reason = "x";
  EXPECT_EQ(members(admin::make_document(plugin)), properties("Plugin"));
  keys::ServerKey key;
  key.activates_at = key.activated_at = key.retired_at = UnixTime{};
  EXPECT_EQ(members(admin::make_document(key)), properties("Key"));
  EXPECT_EQ(members(admin::make_document(keys::RewrapStatus{})), properties("RewrapStatus"));
  audit::Entry entry;
  entry.actor_name = entry.principal = entry.client = entry.grant = entry.peer = "x";
  entry.agent_hash = entry.request_id = "x";
  entry.details = "{}";
  EXPECT_EQ(members(admin::make_document(entry)), properties("AuditEvent"));
  audit::Verdict verdict;
  verdict.standing.pruned.number = 1;
  EXPECT_EQ(members(admin::make_document(verdict)), properties("AuditVerdict"));
}

TEST(AdminApiDescription, RefersOnlyToWhatItHas) {
  const std::string text = to_json(document());
  const json::object& components = document().at("components").as_object();
  constexpr std::string_view kBegin = "\"$ref\":\"#/components/";
  int references = 0;
  for (auto at = text.find(kBegin); at != std::string::npos; at = text.find(kBegin, at + 1)) {
    const std::string target =
        text.substr(at + kBegin.size(), text.find('"', at + kBegin.size()) - at - kBegin.size());
    const auto slash = target.find('/');
    const auto* kind = find_object(components, target.substr(0, slash));
    ASSERT_NE(kind, nullptr) << target;
    EXPECT_NE(find(*kind, target.substr(slash + 1)), nullptr) << target;
    ++references;
  }
  EXPECT_GT(references, 0);
}

}  // namespace
}  // namespace mcph::http
