#include "app/config_schema.h"

#include <algorithm>
#include <charconv>

#include "base/assert.h"

namespace mcph::app {

namespace {

constexpr std::int64_t kDay_s = 24 * 3600;

// The order is that of the example file.
std::vector<Key> make_keys() {
  return {
      {"", "public_url", Kind::kText, "", "\"https://mcp.example.com\"",
       "The URL under which clients and browsers reach this host, without a path. Issuer, metadata\n"
       "and redirects are made from it, never from a request. https, unless it is a loopback one."},

      {"", "title", Kind::kText, "\"MCP host\"", "", "What people read on the consent page."},

      {"listen", "address", Kind::kText, "\"127.0.0.1\"", "",
       "Where /mcp and the OAuth endpoints are served. \"::\" means every IPv6 and IPv4 address."},
      {"listen", "port", Kind::kInteger, "8080", "", "", 1, 65535},
      {"listen", "workers", Kind::kInteger, "0", "", "Network threads; 0: one for each core.", 0, 256},
      {"listen", "tls_certificate", Kind::kPath, "\"\"", "",
       "PEM files: the certificate with its chain, and its key. Without them the listener speaks\n"
       "plain HTTP: for loopback, or behind a proxy. SIGHUP reads them again."},
      {"listen", "tls_key", Kind::kPath, "\"\"", "", ""},

      {"admin", "address", Kind::kText, "\"127.0.0.1\"", "",
       "Where the admin API, /healthz and /readyz are served. Never expose it to the internet."},
      {"admin", "port", Kind::kInteger, "8180", "", "", 1, 65535},

      {"database", "url", Kind::kSecret, "", "\"postgresql:///mcp_host?host=/run/postgresql\"",
       "PostgreSQL, as a URL or as keywords. With a password in it, better url_file."},
      {"database", "pool_size", Kind::kInteger, "8", "", "Connections of this host, at most.", 1, 64},
      {"database", "migrate_on_start", Kind::kBoolean, "true", "",
       "Bring the schema up to date before serving. Off: run `mcp-host migrate` yourself."},

      {"keys", "kek_file", Kind::kPath, "", "\"/etc/mcp-host/kek\"",
       "The keys that seal what the database keeps of users' tokens: lines `id:base64url of 32\n"
       "bytes`, the first one seals, all of them open. Not readable for others than the owner and\n"
       "group. Make one: echo \"k1:$(head -c32 /dev/urandom | basenc --base64url -w0 | tr -d =)\""},

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
      {"pingone", "client_secret", Kind::kSecret, "", "client_secret_file", ""},
      {"pingone", "scopes", Kind::kTextList, "[\"openid\", \"profile\"]", "",
       "What to ask PingOne for; the scopes of the API your plugins call belong here."},
      {"pingone", "davinci_policy", Kind::kText, "\"\"", "",
       "A DaVinci flow policy every sign-in must have completed."},
      {"pingone", "ca_file", Kind::kPath, "\"\"", "",
       "Certificate authorities to trust instead of the system's."},

      {"oauth", "registration", Kind::kText, "\"open\"", "",
       "Whether clients may register themselves (RFC 7591): open or off.", 0, 0, {"open", "off"}},
      {"oauth", "access_token_lifetime_s", Kind::kInteger, "600", "", "", 60, kDay_s},
      {"oauth", "refresh_token_lifetime_s", Kind::kInteger, "2592000", "",
       "Also the longest a user stays signed in.", 3600, 366 * kDay_s},
      {"oauth", "code_lifetime_s", Kind::kInteger, "60", "", "", 10, 600},
      {"oauth", "scopes", Kind::kTextList, "[\"mcp Use the tools of this server in your name\"]", "",
       "What clients may ask this host for: a word, then what the consent page says of it."},

      {"mcp", "session_lifetime_s", Kind::kInteger, "86400", "",
       "Of sessions of protocol 2025-11-25 and older.", 60, 30 * kDay_s},
      {"mcp", "allowed_origins", Kind::kTextList, "[]", "",
       "Web pages that may call /mcp, beside public_url: origins, https://console.example.com"},

      {"plugins", "directory", Kind::kPath, "\"/usr/lib/mcp-host/plugins\"", "",
       "Every .so in here is loaded at the start."},

      {"plugin.*", "enabled", Kind::kBoolean, "true", "",
       "One section a plugin, under its file name without .so."},
      {"plugin.*", "allowed_hosts", Kind::kTextList, "[]", "[\"https://todo.example.com\"]",
       "Origins the plugin may call, and send the user's token to. None unless named."},
      {"plugin.*", "raw_token", Kind::kBoolean, "false", "",
       "Whether the plugin may see the user's token itself. Few need it: the host adds it to calls."},
      {"plugin.*", "timeout_ms", Kind::kInteger, "30000", "", "Of one tool call.", 100, 600'000},
      {"plugin.*", "running_max", Kind::kInteger, "16", "",
       "Calls at a time, and how many may wait for their turn; more are refused at once.", 1, 4096},
      {"plugin.*", "queued_max", Kind::kInteger, "256", "", "", 0, 65536},
      {"plugin.*", "config", Kind::kTable, "{}", "{ base_url = \"https://todo.example.com\" }",
       "The plugin's own settings; see its README."},

      {"log", "level", Kind::kText, "\"info\"", "", "debug, info, warn or error", 0, 0,
       {"debug", "info", "warn", "error"}},

      {"process", "core_dumps", Kind::kBoolean, "false", "",
       "A core file holds every secret in memory. Also on: debuggers may attach."},
  };
}

std::string full_name(const Key& key) {
  return key.section.empty() ? std::string(key.name)
                             : std::string(key.section) + "." + std::string(key.name);
}

// "plugin.todo_api.enabled" -> "plugin.*.enabled"; everything else stays.
std::string generalise(std::string_view name) {
  constexpr std::string_view kPrefix = "plugin.";
  if (name.substr(0, kPrefix.size()) != kPrefix) return std::string(name);
  const auto dot = name.find('.', kPrefix.size());
  if (dot == std::string_view::npos) return std::string(name);
  return "plugin.*" + std::string(name.substr(dot));
}

std::string_view describe(Kind kind) {
  switch (kind) {
    case Kind::kText:
    case Kind::kSecret:
    case Kind::kPath: return "a text in quotes";
    case Kind::kInteger: return "a whole number";
    case Kind::kBoolean: return "true or false";
    case Kind::kTextList: return "a list of texts";
    case Kind::kTable: return "a table";
  }
  return "";
}

bool has_kind(const Setting& setting, Kind kind) {
  switch (kind) {
    case Kind::kText:
    case Kind::kSecret:
    case Kind::kPath: return std::holds_alternative<std::string>(setting.value);
    case Kind::kInteger: return std::holds_alternative<std::int64_t>(setting.value);
    case Kind::kBoolean: return std::holds_alternative<bool>(setting.value);
    case Kind::kTextList: return std::holds_alternative<std::vector<std::string>>(setting.value);
    case Kind::kTable: return std::holds_alternative<json::object>(setting.value);
  }
  return false;
}

std::string check_word(const Key& key, const std::string& text) {
  if (key.words.empty()) return {};
  if (std::find(key.words.begin(), key.words.end(), text) != key.words.end()) return {};
  std::string allowed;
  for (const auto word : key.words) {
    if (!allowed.empty()) allowed += ", ";
    allowed += word;
  }
  return "must be one of: " + allowed;
}

// The texts of ["a", "b"]; only for defaults, which hold no escapes.
std::vector<std::string> parse_text_list(std::string_view text) {
  std::vector<std::string> items;
  for (std::size_t open; (open = text.find('"')) != std::string_view::npos;) {
    const auto close = text.find('"', open + 1);
    ASSERT(close != std::string_view::npos);
    items.emplace_back(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
  return items;
}

}  // namespace

const std::vector<Key>& config_keys() {
  static const std::vector<Key> keys = make_keys();
  return keys;
}

KeyMatch find_key(std::string_view dotted_name) {
  constexpr std::string_view kFile = "_file";
  const std::string name = generalise(dotted_name);
  for (const Key& key : config_keys()) {
    const std::string own = full_name(key);
    if (name == own) return {&key, false};
    if (key.kind == Kind::kSecret && name == own + std::string(kFile)) return {&key, true};
  }
  return {};
}

std::string check_setting(const Key& key, const Setting& setting) {
  if (!has_kind(setting, key.kind)) return "must be " + std::string(describe(key.kind));
  if (const auto* number = std::get_if<std::int64_t>(&setting.value)) {
    if (*number < key.min || *number > key.max) {
      return "must be between " + std::to_string(key.min) + " and " + std::to_string(key.max);
    }
  }
  if (const auto* text = std::get_if<std::string>(&setting.value)) return check_word(key, *text);
  return {};
}

Setting make_default(const Key& key) {
  const std::string_view text = key.default_value;
  ASSERT(!text.empty());
  switch (key.kind) {
    case Kind::kText:
    case Kind::kSecret:
    case Kind::kPath: return {std::string(text.substr(1, text.size() - 2)), "default"};
    case Kind::kInteger: {
      std::int64_t number = 0;
      std::from_chars(text.data(), text.data() + text.size(), number);
      return {number, "default"};
    }
    case Kind::kBoolean: return {text == "true", "default"};
    case Kind::kTextList: return {parse_text_list(text), "default"};
    case Kind::kTable: return {json::object{}, "default"};
  }
  return {};
}

}  // namespace mcph::app
