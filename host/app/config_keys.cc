#include "app/config_schema.h"

namespace mcph::app {

namespace {

constexpr std::int64_t kDay_s = 24 * 3600;

// Kept as tables: one entry a key, in the order of the example file.
// clang-format off

// Where the host is and what it stands on.
std::vector<Key> installation_keys() {
  return {
      {"", "public_url", Kind::kText, "", "\"https://mcp.example.com\"",
       "The URL under which clients and browsers reach this host, without a path. Issuer, "
       "metadata\n"
       "and redirects are made from it, never from a request. https, unless it is a loopback one."},
      {"", "title", Kind::kText, "\"MCP host\"", "", "What people read on the consent page."},
      {"listen", "address", Kind::kText, "\"127.0.0.1\"", "",
       "Where /mcp and the OAuth endpoints are served. \"::\" means every IPv6 and IPv4 address."},
      {"listen", "port", Kind::kInteger, "8080", "", "", 1, 65535},
      {"listen", "workers", Kind::kInteger, "0", "", "Network threads; 0: one for each core.", 0,
       256},
      {"listen", "tls_certificate", Kind::kPath, "\"\"", "",
       "PEM files: the certificate with its chain, and its key. Without them the listener speaks\n"
       "plain HTTP: for loopback, or behind a proxy. SIGHUP reads them again."},
      {"listen", "tls_key", Kind::kPath, "\"\"", "", ""},
      {"listen", "trusted_proxies", Kind::kTextList, "[]", "",
       "Your own proxies: addresses or CIDR blocks, \"10.1.0.0/16\". Only they may say for whom they\n"
       "ask; through any other proxy, all who come share the budgets of its one address."},
      {"listen", "forwarded_header", Kind::kText, "\"x-forwarded-for\"", "",
       "The header in which those proxies say so; any other is ignored: x-forwarded-for, or\n"
       "forwarded (RFC 7239).", 0, 0, {"x-forwarded-for", "forwarded"}},
      {"admin", "address", Kind::kText, "\"127.0.0.1\"", "",
       "Where the admin API, /healthz and /readyz are served. Never expose it to the internet."},
      {"admin", "port", Kind::kInteger, "8180", "", "", 1, 65535},
      {"database", "url", Kind::kSecret, "", "\"postgresql:///mcp_host?host=/run/postgresql\"",
       "PostgreSQL, as a URL or as keywords. With a password in it, better url_file."},
      {"database", "pool_size", Kind::kInteger, "8", "", "Connections of this host, at most.", 1,
       64},
      {"database", "migrate_on_start", Kind::kBoolean, "true", "",
       "Bring the schema up to date before serving. Off: run `mcp-host migrate` yourself."},
      {"keys", "kek", Kind::kSecret, "\"\"", "kek_file",
       "The keys that wrap every key in the database: lines `id:base64url of 32 bytes`, the first\n"
       "one wraps, all of them open. `mcp-host keys new-kek` makes a line. In a file that others\n"
       "than owner and group cannot read, in MCPH_KEYS__KEK, or as systemd's credential\n"
       "mcp-host.kek. There is no host without. SIGHUP reads it again."},
      {"keys", "rotate_days", Kind::kInteger, "90", "",
       "The age at which keys of tokens, forms and sessions are replaced; 0: only by\n"
       "`mcp-host keys rotate`. Nobody notices: the old ones open until all they made is over.", 0,
       3650},
      {"audit", "tool_calls", Kind::kBoolean, "true", "",
       "Whether tool calls stand in the audit record, beside the decisions, which always do."},
      {"audit", "retention_days", Kind::kInteger, "400", "",
       "Older events are removed, and the record says so; 0: never.", 0, 36'500},
  };
}

// Who signs users in, and what clients get.
std::vector<Key> sign_in_keys() {
  return {
      {"auth", "mode", Kind::kText, "\"oauth\"", "",
       "oauth: clients need an access token of this host, which signs users in at PingOne.\n"
       "resource_server: clients get their tokens from PingOne, and this host only judges them; see\n"
       "docs/resource_server.md. off: none is asked for, and everybody who reaches the listener is\n"
       "one local user without a sign-in (pingone is not used). For development: off is refused\n"
       "unless listen.address and public_url are loopback ones.",
       0, 0, {"oauth", "resource_server", "off"}},
      {"pingone", "environment_id", Kind::kText, "\"\"",
       "\"00000000-0000-0000-0000-000000000000\"",
       "The PingOne environment and its region. Or an issuer of your own: see below."},
      {"pingone", "region", Kind::kText, "\"com\"", "",
       "com (North America), ca, eu, com.au, sg, asia", 0, 0,
       {"com", "ca", "eu", "com.au", "sg", "asia"}},
      {"pingone", "issuer", Kind::kText, "\"\"", "",
       "Instead of environment_id and region, for custom domains: the issuer as its discovery\n"
       "document spells it."},
      {"pingone", "client_id", Kind::kText, "", "\"11111111-1111-1111-1111-111111111111\"",
       "The OIDC web application of this host. Its redirect URI is <public_url>/callback."},
      {"pingone", "client_auth", Kind::kText, "\"client_secret_basic\"", "",
       "How this host proves who it is, as the application's page says: client_secret_basic,\n"
       "client_secret_post, client_secret_jwt or private_key_jwt (no shared secret).", 0, 0,
       {"client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt"}},
      {"pingone", "client_secret", Kind::kSecret, "\"\"", "client_secret_file",
       "For every method but private_key_jwt."},
      {"pingone", "private_key_file", Kind::kPath, "\"\"", "",
       "For private_key_jwt: an RSA key in PEM; its public half is in the application's JWKS, and\n"
       "private_key_id is its kid there."},
      {"pingone", "private_key_id", Kind::kText, "\"\"", "", ""},
      {"pingone", "scopes", Kind::kTextList, "[\"openid\", \"profile\"]", "",
       "What to ask PingOne for; the scopes of the API your plugins call belong here."},
      {"pingone", "davinci_policy", Kind::kText, "\"\"", "",
       "A DaVinci flow policy every sign-in must have completed."},
      {"pingone", "sign_on_policies", Kind::kTextList, "[]", "",
       "Or sign-on policies, the preferred one first; a sign-in must have completed one of them."},
      {"pingone", "authorize_parameters", Kind::kTextList, "[]", "",
       "Further parameters for a DaVinci flow, which reads them as\n"
       "global.parameters.authorizationRequest.<name>: name=value."},
      {"pingone", "pushed_requests", Kind::kBoolean, "false", "",
       "Hand authorization requests over directly (RFC 9126), so that no browser sees them. Done\n"
       "anyway where the discovery document requires it."},
      {"pingone", "ca_file", Kind::kPath, "\"\"", "",
       "Certificate authorities to trust instead of the system's."},
      {"pingone", "requests_per_second", Kind::kInteger, "100", "",
       "How often this host asks PingOne at most, a burst of one second included; what is beyond\n"
       "waits its turn. PingOne limits requests by licence, and one address to a third of them:\n"
       "divide by the number of hosts behind it. 0: any number.", 0, 100'000},
      {"oauth", "registration", Kind::kText, "\"open\"", "",
       "Whether clients may register themselves (RFC 7591): open, token (who holds an initial\n"
       "access token, made by the admin API) or off.", 0, 0, {"open", "token", "off"}},
      {"oauth", "registrations_per_hour", Kind::kInteger, "10", "",
       "From one IPv4 address or IPv6 /64, on all hosts together; 0: any number. Raise it for a\n"
       "roll-out from one office. Behind a proxy, see listen.trusted_proxies.", 0, 1'000'000},
      {"oauth", "client_documents", Kind::kBoolean, "true", "",
       "Whether a client may be known by the URL of its metadata document, which is then fetched.\n"
       "Only public addresses are asked, on port 443."},
      {"oauth", "client_documents_on_loopback", Kind::kBoolean, "false", "",
       "Also documents on this machine. For development: public_url must be a loopback one."},
      {"oauth", "access_token_lifetime_s", Kind::kInteger, "600", "", "", 60, kDay_s},
      {"oauth", "refresh_token_lifetime_s", Kind::kInteger, "2592000", "",
       "Also the longest a user stays signed in.", 3600, 366 * kDay_s},
      {"oauth", "code_lifetime_s", Kind::kInteger, "60", "", "", 10, 600},
      {"oauth", "scopes", Kind::kTextList, "[\"mcp Use the tools of this server in your name\"]",
       "",
       "What clients may ask this host for: a word, then what the consent page says of it. The\n"
       "scopes that tools need are added by themselves; an entry for one of them replaces the\n"
       "plugin's words."},
      {"oauth", "initial_scopes", Kind::kTextList, "[]", "",
       "What clients are told to ask for at first; a call that needs more makes them ask the user\n"
       "again. Empty: everything, so that users are asked once."},
  };
}

// Whose tokens are taken, where PingOne issues them.
std::vector<Key> resource_server_keys() {
  return {
      {"resource_server", "audience", Kind::kText, "\"\"", "",
       "For auth.mode = \"resource_server\": the audience of the resource that stands for this host\n"
       "at PingOne. Empty: <public_url>/mcp, which is what MCP clients ask for."},
      {"resource_server", "algorithms", Kind::kTextList, "[\"RS256\"]", "",
       "Signatures to accept: RS256 (all that PingOne uses), PS256, ES256, EdDSA."},
      {"resource_server", "clients", Kind::kTextList, "[]", "",
       "Ids of the clients whose tokens are taken. Empty: of every client PingOne gives tokens for\n"
       "this host."},
  };
}

// Who asks users.
std::vector<Key> consent_keys() {
  return {
      {"consent", "mode", Kind::kText, "\"host\"", "",
       "Who asks the user whether a client may act for them. host: a page of this host. upstream: the\n"
       "flow of pingone.davinci_policy, which is told mcp_client_id, mcp_client_name,\n"
       "mcp_redirect_host, mcp_scope and mcp_txn and must give mcp_txn back as a claim of the ID\n"
       "token, or the sign-in is refused; clients that an administrator set up need no such\n"
       "receipt. both: first the page, then the flow.",
       0, 0, {"host", "upstream", "both"}},
      {"consent", "unsafe_upstream_consent", Kind::kBoolean, "false", "",
       "Mode upstream without the receipt. Then nobody knows whether the user was asked: any client\n"
       "can lead somebody who is signed in past PingOne and act for them. For demonstrations only."},
      {"consent", "remember", Kind::kBoolean, "false", "",
       "Let users tick that their browser need not ask again, for 30 days or until the grant ends.\n"
       "Mode host only. A page elsewhere can never make use of it."},
  };
}

// How often the public endpoints may be asked.
std::vector<Key> budget_keys() {
  constexpr std::int64_t kMax = 1'000'000'000;
  const auto key = [](std::string_view name, std::string_view count, std::string_view meaning) {
    return Key{"budgets", name, Kind::kInteger, count, "", meaning, 0, kMax};
  };
  return {
      key("metadata_per_minute", "600",
          "Requests in a minute from one IPv4 address or IPv6 /64, on each host; what is beyond\n"
          "gets 429 with Retry-After. 0: any number. The documents under /.well-known/:"),
      key("register_per_minute", "30", "POST /register, good or bad; see registrations_per_hour."),
      key("manage_per_minute", "60", "/register/CLIENT"),
      key("authorize_per_minute", "120", ""),
      key("consent_per_minute", "120", ""),
      key("callback_per_minute", "120", ""),
      key("token_per_minute", "1200",
          "Hosted clients refresh for all their users from a few addresses: every ten minutes each."),
      key("revoke_per_minute", "300", ""),
      key("introspect_per_minute", "6000", "Your own resource servers."),
      key("push_per_minute", "120", "POST /par"),
      key("mcp_refusals_per_minute", "300",
          "Requests to /mcp that are refused for their token. Good ones are not counted."),
      key("document_fetches_per_minute", "20", "Fetches of clients' documents it caused."),
      key("client_per_minute", "6000", "Requests of one client that has proved who it is."),
      key("public_client_per_minute", "600", "Of one public client from one address."),
      key("dead_token_per_minute", "10", "Look-ups of one access token that is dead."),
  };
}

// What clients call.
std::vector<Key> tool_keys() {
  return {
      {"mcp", "session_lifetime_s", Kind::kInteger, "86400", "",
       "Of sessions of protocol 2025-11-25 and older.", 60, 30 * kDay_s},
      {"mcp", "page_size", Kind::kInteger, "100", "",
       "Entries of one page of a list; clients ask for the next one.", 1, 10'000},
      {"mcp", "list_out_of_reach", Kind::kBoolean, "false", "",
       "Also list what the caller's scopes do not reach: for clients that ask their user for more\n"
       "when a call is refused. Any other client would offer tools that do not work."},
      {"mcp", "streams_per_user_max", Kind::kInteger, "64", "",
       "Event streams one user may hold open on this host.", 1, 10'000},
      {"mcp", "allowed_origins", Kind::kTextList, "[]", "",
       "Web pages that may call /mcp, beside public_url: origins, https://console.example.com"},
      {"mcp", "legacy_sse", Kind::kBoolean, "true", "",
       "Serve the transport of protocol 2024-11-05 too: GET /sse and POST /messages."},
      {"plugins", "directory", Kind::kPath, "\"/usr/lib/mcp-host/plugins\"", "",
       "Every .so in here is loaded at the start."},
      {"plugin.*", "enabled", Kind::kBoolean, "true", "",
       "One section a plugin, under its file name without .so."},
      {"plugin.*", "allowed_hosts", Kind::kTextList, "[]", "[\"https://todo.example.com\"]",
       "Origins the plugin may call, and send the user's token to. None unless named."},
      {"plugin.*", "upstream_audience", Kind::kText, "\"\"", "",
       "The API resource at PingOne whose tokens the plugin's calls carry, if it is another one "
       "than\n"
       "that of pingone.scopes. The user's token is then exchanged for one of this resource, with\n"
       "these scopes; the application needs the grant type Token Exchange."},
      {"plugin.*", "upstream_scopes", Kind::kTextList, "[]", "", ""},
      {"plugin.*", "upstream_token", Kind::kText, "\"exchanged\"", "",
       "With auth.mode = \"resource_server\" also presented: calls carry the token the client came\n"
       "with, if its audience names upstream_audience too. A token that is meant for this host alone\n"
       "goes nowhere.", 0, 0, {"exchanged", "presented"}},
      {"plugin.*", "raw_token", Kind::kBoolean, "false", "",
       "Whether the plugin may see the user's token itself. Few need it: the host adds it to "
       "calls."},
      {"plugin.*", "timeout_ms", Kind::kInteger, "30000", "", "Of one tool call.", 100, 600'000},
      {"plugin.*", "running_max", Kind::kInteger, "16", "",
       "Calls at a time, and how many may wait for their turn; more are refused at once.", 1, 4096},
      {"plugin.*", "queued_max", Kind::kInteger, "256", "", "", 0, 65536},
      {"plugin.*", "config", Kind::kTable, "{}", "{ base_url = \"https://todo.example.com\" }",
       "The plugin's own settings; see its README."},
      {"plugin.*.secrets", "*", Kind::kSecret, "\"\"", "",
       "Keys and passwords the plugin asks for by name (mcph.secret/1), as NAME or NAME_file. They\n"
       "are no part of config, and in no log."},
  };
}

// The process itself.
std::vector<Key> process_keys() {
  return {
      {"log", "level", Kind::kText, "\"info\"", "", "debug, info, warn or error", 0, 0,
       {"debug", "info", "warn", "error"}},
      {"process", "core_dumps", Kind::kBoolean, "false", "",
       "A core file holds every secret in memory. Also on: debuggers may attach."},
  };
}

// clang-format on

std::vector<Key> make_keys() {
  std::vector<Key> all;
  for (const auto& keys : {installation_keys(), sign_in_keys(), resource_server_keys(),
                           consent_keys(), budget_keys(), tool_keys(), process_keys()}) {
    all.insert(all.end(), keys.begin(), keys.end());
  }
  return all;
}

}  // namespace

const std::vector<Key>& config_keys() {
  static const std::vector<Key> keys = make_keys();
  return keys;
}

}  // namespace mcph::app
