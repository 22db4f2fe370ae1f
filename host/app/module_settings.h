// From the one configuration to the settings of each module. Pure, but for load_provider().
#pragma once

#include <string>

#include "app/config.h"
#include "federation/access_token_claims.h"
#include "federation/provider.h"
#include "http/transport/options.h"
#include "http/trusted_proxies.h"
#include "mcp/endpoint.h"
#include "oauth/access_token_verifier.h"
#include "oauth/budget/budgets.h"
#include "oauth/settings.h"
#include "plugins/plugin_settings.h"
#include "store/options.h"

namespace mcph::app {

store::StoreOptions make_store_options(const Config& config);
// Reads the key file, if there is one. kInvalid when PingOne cannot be asked with this.
Result<federation::Provider> load_provider(const Config& config);
federation::AccessTokenRules make_access_token_rules(const Config& config);
oauth::VerifierOptions make_verifier_options(const Config& config);
// Without the scopes that plugins bring: see scope_catalogue.h.
oauth::Settings make_oauth_settings(const Config& config);
oauth::BudgetRates make_budget_rates(const Config& config);
http::ForwardedHeader to_forwarded_header(const Config& config);
mcp::EndpointOptions make_endpoint_options(const Config& config);
plugins::RegistrySettings make_registry_settings(const Config& config,
                                                 const std::string& runtime_folder);
// How many threads let every plugin fill its bulkhead.
std::size_t count_plugin_threads(const Config& config);
http::ServerOptions make_public_listener(const Config& config);
http::ServerOptions make_admin_listener(const Config& config);

}  // namespace mcph::app
