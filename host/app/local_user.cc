#include "app/local_user.h"

#include <set>
#include <string>

namespace mcph::app {

namespace {

constexpr UnixTime kYear2200{Seconds(7'258'118'400)};

}  // namespace

CallerPtr make_local_user(const mcp::Offers& offers) {
  std::set<std::string> scopes;
  for (const auto* list : {&offers.tools, &offers.resources, &offers.templates, &offers.prompts}) {
    for (const mcp::Item& item : list->items) {
      scopes.insert(item.scopes.begin(), item.scopes.end());
    }
  }
  // The ids are never in the database: nobody signed in. They look like those that are.
  auto user = std::make_shared<Caller>();
  user->principal = PrincipalId("00000000-0000-4000-8000-000000000001");
  user->client = ClientId("local");
  user->grant = GrantId("00000000-0000-4000-8000-000000000002");
  user->issuer = "urn:mcp-host:local";
  user->subject = "local";
  user->scopes.assign(scopes.begin(), scopes.end());
  user->expires_at = kYear2200;
  return user;
}

Result<plugins::UpstreamTokenPtr> NoUpstreamTokens::get(const GrantId&) {
  return Error{Code::kForbidden,
               "This tool acts for a signed-in user, and this server runs without sign-in.",
               {}};
}

}  // namespace mcph::app
