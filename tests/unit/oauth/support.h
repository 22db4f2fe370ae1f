// An authorization server on memory stores, and a client with a browser that walks through it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <map>
#include <string>
#include <vector>

#include "base/encoding.h"
#include "base/json.h"
#include "crypto/hash.h"
#include "crypto/key_ring.h"
#include "fakes/fake_client_document_fetcher.h"
#include "fakes/fake_identity_provider.h"
#include "fakes/memory_audit_log.h"
#include "fakes/memory_client_store.h"
#include "fakes/memory_grant_store.h"
#include "fakes/memory_lockout_store.h"
#include "fakes/memory_pushed_request_store.h"
#include "fakes/memory_registration_token_store.h"
#include "fakes/memory_replay_store.h"
#include "fakes/memory_signin_store.h"
#include "fakes/memory_token_store.h"
#include "oauth/server.h"
#include "oauth/stored_tokens.h"
#include "support/fake_clock.h"
#include "support/fake_random.h"

namespace mcph::oauth {

inline constexpr char kVerifier[] = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";  // RFC 7636 B
inline constexpr char kChallenge[] = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
inline constexpr char kRedirect[] = "https://app.example/callback";
inline constexpr char kResource[] = "https://mcp.example/mcp";

inline Settings test_settings() {
  Settings settings;
  settings.issuer = "https://mcp.example";
  settings.resource = kResource;
  settings.resource_name = "To-do tools";
  settings.scopes = {{"todo:read", "See your to-do list"},
                     {"todo:write", "Change your to-do list"}};
  return settings;
}

inline std::string header(const Response& response, std::string_view name) {
  return std::string(response.headers.find(name).value_or(""));
}

inline json::object body_of(const Response& response) {
  auto parsed = parse_json(response.body);
  return parsed.ok() && parsed->is_object() ? parsed->get_object() : json::object{};
}

inline std::string text(const json::object& object, std::string_view name) {
  return std::string(find_string(object, name).value_or(""));
}

inline std::string error_of(const Response& response) {
  return text(body_of(response), "error");
}

// The parameters in the query of Location.
inline std::map<std::string, std::string> answer_of(const Response& response) {
  std::map<std::string, std::string> out;
  const std::string location = header(response, "location");
  const auto mark = location.find('?');
  if (mark == std::string::npos) return out;
  const auto fields = parse_form(location.substr(mark + 1)).value_or(FormFields{});
  for (const auto& [name, value] : fields) out[name] = value;
  return out;
}

// A browser: cookies, and the one form of the page it shows.
class Browser {
 public:
  Response get(const Server& server, const std::string& target) {
    Request request = make(Method::kGet, target);
    request.headers.add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    if (target.starts_with("/callback")) return keep(server.finish_signin(request));
    if (target.starts_with("/signout/done")) return keep(server.finish_signout(request));
    return keep(server.authorize(request));
  }
  Response post(const Server& server, FormFields fields) {
    return keep(server.decide_consent(make_form(std::move(fields))));
  }
  Request make_form(FormFields fields) const {
    Request request = make(Method::kPost, "/authorize/consent");
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    request.headers.add("Origin", "null");
    request.headers.add("Sec-Fetch-Site", "same-origin");
    request.body = to_form(fields);
    return request;
  }

  // Takes the cookies of an answer.
  Response keep(Response response) {
    for (std::size_t i = 0; i < response.headers.size(); ++i) {
      const auto field = response.headers.at(i);
      if (field.name != "Set-Cookie") continue;
      const std::string line(field.value);
      const std::string name = line.substr(0, line.find('='));
      const std::string value = line.substr(name.size() + 1, line.find(';') - name.size() - 1);
      if (line.find("Max-Age=0") != std::string::npos)
        cookies.erase(name);
      else
        cookies[name] = value;
    }
    return response;
  }

  std::map<std::string, std::string> cookies;

 private:
  Request make(Method method, const std::string& target) const {
    Request request;
    request.method = method;
    request.target = target;
    std::string line;
    for (const auto& [name, value] : cookies)
      line += (line.empty() ? "" : "; ") + name + "=" + value;
    if (!line.empty()) request.headers.add("Cookie", line);
    return request;
  }
};

// The value of the hidden field of a consent page.
inline std::string sealed_in(const Response& page) {
  const std::string mark = "name=\"request\" value=\"";
  const auto at = page.body.find(mark);
  if (at == std::string::npos) return {};
  const auto begin = at + mark.size();
  return page.body.substr(begin, page.body.find('"', begin) - begin);
}

struct OAuthTest : testing::Test {
  static constexpr char kRing[] =
      "k2:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n"
      "k1:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8\n";

  OAuthTest() : keys(*crypto::KeyRing::parse(kRing)) {
    client.id = ClientId{"client-1"};
    client.name = "Trip planner";
    client.redirect_uris = {kRedirect};
    client.grant_types = {"authorization_code", "refresh_token"};
    idp.user.credential.access_expires_at = clock.now() + Seconds{3600};
    add(client);
  }

  void add(const Client& added) { ASSERT_TRUE(clients.insert(added).ok()); }

  static FormFields authorize_fields(const std::string& client_id = "client-1",
                                     const std::string& redirect = kRedirect) {
    return {{"response_type", "code"},      {"client_id", client_id},
            {"redirect_uri", redirect},     {"state", "the state & more"},
            {"code_challenge", kChallenge}, {"code_challenge_method", "S256"},
            {"resource", kResource},        {"scope", "todo:read todo:write"}};
  }
  // Replaces a field, or removes it when the value is empty.
  static FormFields bend(FormFields fields, const std::string& name, const std::string& value) {
    std::erase_if(fields, [&](const auto& field) { return field.first == name; });
    if (!value.empty()) fields.emplace_back(name, value);
    return fields;
  }
  Response ask(const FormFields& fields, std::string_view accept = "text/html") {
    Request request;
    request.method = Method::kGet;
    request.target = "/authorize?" + to_form(fields);
    request.headers.add("Accept", accept);
    return server.authorize(request);
  }
  Response open(const FormFields& fields) {
    return browser.get(server, "/authorize?" + to_form(fields));
  }
  // From the page to the identity provider.
  Response approve(const Response& page) {
    return browser.post(server, {{"request", sealed_in(page)}, {"decision", "approve"}});
  }
  // And back from it.
  Response come_back(const std::string& more = "&code=upstream-code") {
    return browser.get(server, "/callback?state=" + idp.states.back() + more);
  }
  std::string code_for(const FormFields& fields) {
    approve(open(fields));
    return answer_of(come_back())["code"];
  }
  std::string code_for() { return code_for(authorize_fields()); }

  static Request form_request(const FormFields& fields) {
    Request request;
    request.method = Method::kPost;
    request.target = "/token";
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    request.body = to_form(fields);
    return request;
  }
  Response token(const FormFields& fields) { return server.exchange_token(form_request(fields)); }
  static FormFields code_fields(const std::string& code) {
    return {{"grant_type", "authorization_code"}, {"code", code},
            {"redirect_uri", kRedirect},          {"client_id", "client-1"},
            {"code_verifier", kVerifier},         {"resource", kResource}};
  }
  static FormFields refresh_fields(const std::string& refresh_token) {
    return {{"grant_type", "refresh_token"},
            {"refresh_token", refresh_token},
            {"client_id", "client-1"}};
  }
  json::object sign_in() { return body_of(token(code_fields(code_for()))); }
  Response revoke(const std::string& value, const std::string& client_id = "client-1") {
    return server.revoke_token(form_request({{"token", value}, {"client_id", client_id}}));
  }
  bool is_live(const std::string& access_token) { return verifier.verify(access_token).ok(); }
  // Everything of this server, with other budgets.
  ServerParts parts_with(const Budgets& others) {
    return {clients,
            signins,
            grants,
            tokens,
            replays,
            lockouts,
            pushed_requests,
            registration_tokens,
            documents,
            idp,
            verifier,
            dpop,
            others,
            format,
            keys,
            clock,
            random,
            log,
            audit};
  }

  test::FakeClock clock;
  test::FakeRandom random;
  const Log log{clock, STDERR_FILENO, LogLevel::kError};
  const crypto::KeyRing keys;
  const TokenFormat format{keys, random};
  test::MemoryClientStore clients;
  test::MemorySignInStore signins;
  test::MemoryGrantStore grants{clock};
  test::MemoryTokenStore tokens{clients, grants};
  test::MemoryReplayStore replays;
  test::MemoryLockoutStore lockouts;
  test::MemoryPushedRequestStore pushed_requests;
  test::MemoryRegistrationTokenStore registration_tokens;
  test::FakeClientDocumentFetcher documents;
  test::FakeIdentityProvider idp;
  test::MemoryAuditLog audit;
  StoredTokens stored_tokens{kResource, format, tokens, clock};
  AccessTokenVerifier verifier{{Seconds{30}, 1024}, stored_tokens, clock};
  const DpopVerifier dpop{keys, random, replays, clock};
  const Budgets budgets{default_budget_rates(), random, clock, audit};
  const ServerParts parts = parts_with(budgets);
  Server server{test_settings(), parts};
  Client client;
  Browser browser;
};

}  // namespace mcph::oauth
