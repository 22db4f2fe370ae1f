#include "tidy/rules.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace mcph::tidy {

namespace {

constexpr std::size_t kLinesMax = 500;

std::string at(const SourceFile& file, std::size_t line, std::string_view what) {
  return file.path + ":" + std::to_string(line) + ": " + std::string(what);
}

bool begins_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool has_word(std::string_view line, std::string_view word) {
  for (auto found = line.find(word); found != line.npos; found = line.find(word, found + 1)) {
    const auto end = found + word.size();
    const bool begins = found == 0 || !is_word_character(line[found - 1]);
    const bool ends = end == line.size() || !is_word_character(line[end]);
    if (begins && ends) return true;
  }
  return false;
}

struct Folder {
  std::string_view path;
  std::vector<std::string_view> may_include;  // folders, or single headers of a folder
};

// ARCHITECTURE.md, "Dependency rule". A folder always may include its own headers.
const std::vector<Folder>& folders() {
  static const std::vector<Folder> all{
      {"host/base", {}},
      {"host/observability", {"base/"}},
      {"host/crypto", {"base/", "observability/"}},
      {"host/keys", {"base/", "observability/", "crypto/"}},
      {"host/audit", {"base/", "observability/", "crypto/"}},
      {"host/net", {"base/", "observability/", "crypto/"}},
      {"host/schema", {"base/"}},
      {"host/mcp", {"base/", "observability/", "crypto/"}},
      {"host/oauth", {"base/", "observability/", "crypto/"}},
      {"host/client_documents",
       {"base/", "observability/", "net/", "oauth/client_document_fetcher.h"}},
      {"host/federation",
       {"base/", "observability/", "crypto/", "net/", "keys/wrapped_keys.h",
        "oauth/identity_provider.h", "oauth/token_validator.h",
        "plugins/upstream_token_source.h"}},
      {"host/plugins",
       {"base/", "observability/", "crypto/", "net/", "schema/", "mcp/announcer.h", "mcp/catalog.h",
        "mcp/uri_template.h", "admin/plugin_list.h", "mcph/"}},
      {"host/store",
       {"base/",
        "observability/",
        "oauth/client.h",
        "oauth/client_store.h",
        "oauth/grant_store.h",
        "oauth/lockout_store.h",
        "oauth/pushed_request_store.h",
        "oauth/registration_token_store.h",
        "oauth/replay_store.h",
        "oauth/signin_store.h",
        "oauth/token_store.h",
        "oauth/identity_provider.h",
        "federation/exchange_store.h",
        "federation/revocation_store.h",
        "federation/upstream_store.h",
        "plugins/kv_store.h",
        "federation/wrapped_data_key.h",
        "federation/wrapped_key_store.h",
        "keys/server_key_store.h",
        "audit/audit_store.h",
        "mcp/announcer.h",
        "mcp/log_levels.h",
        "mcp/legacy/answer_store.h",
        "mcp/legacy/event_log.h",
        "mcp/legacy/session_store.h",
        "mcp/subscriptions/announcement_log.h",
        "mcp/tasks/task_store.h",
        "admin/admin_credential_store.h"}},
      {"host/admin", {"base/", "observability/", "crypto/", "keys/", "audit/", "oauth/"}},
      {"host/http/transport", {"base/", "observability/"}},
      {"host/http", {"base/", "observability/", "keys/", "audit/", "mcp/", "oauth/", "admin/"}},
      {"host/app",
       {"base/", "observability/", "crypto/", "keys/", "audit/", "net/", "mcp/", "oauth/",
        "client_documents/", "federation/", "plugins/", "store/", "admin/", "http/"}},
      {"sdk", {"mcph/"}},
      {"plugins", {"mcph/"}},
      {"tests/conformance/plugin", {"mcph/"}},
  };
  return all;
}

struct Library {
  std::string_view include;
  std::vector<std::string_view> homes;
};

const std::vector<Library>& libraries() {
  static const std::vector<Library> all{
      {"<pistache/", {"host/http/transport/reactor.cc", "tests/stock_pistache/", "tests/bench/"}},
      {"<boost/beast", {"host/http/transport/request_parser."}},
      {"<boost/json", {"host/"}},
      {"<boost/url", {"host/base/url.cc"}},
      {"<boost/dll", {"host/plugins/library.cc"}},
      {"<boost/", {"host/http/transport/"}},
      {"<openssl/", {"host/crypto/", "host/http/transport/tls.", "tests/"}},
      {"<curl/", {"host/net/", "tests/"}},
      {"<pqxx", {"host/store/", "etc/demo/todo_api/todo_store.cc", "tests/contract/"}},
      {"<toml++/", {"host/app/toml_settings.cc"}},
      {"<yaml.h>", {"plugins/openapi/from_yaml.cc"}},
      {"<gtest/", {"tests/"}},
      {"<gmock/", {"tests/"}},
      {"<dlfcn.h>", {"host/plugins/", "tests/"}},
  };
  return all;
}

}  // namespace

Findings check_length(const SourceFile& file) {
  // Prose and descriptions may be long.
  if (file.has_extension(".md") || file.has_extension(".json")) return {};
  if (file.lines.size() <= kLinesMax) return {};
  return {at(file, file.lines.size(), "more than 500 lines")};
}

Findings check_whitespace(const SourceFile& file) {
  Findings findings;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::string& line = file.lines[i];
    if (line.find('\t') != line.npos) findings.push_back(at(file, i + 1, "tab"));
    if (!line.empty() && (line.back() == ' ' || line.back() == '\r')) {
      findings.push_back(at(file, i + 1, "space at the end"));
    }
  }
  return findings;
}

Findings check_banned_words(const SourceFile& file) {
  // In two parts, so that this file does not find itself.
  static const std::vector<std::string> words{
      "TO"
      "DO",
      "FIX"
      "ME",
      "X"
      "XX",
      "HA"
      "CK"};
  static const std::vector<std::string> texts{
      "/wo"
      "rk/",
      "/tmp/br"
      "ief"};
  Findings findings;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    for (const auto& word : words) {
      if (has_word(file.lines[i], word)) findings.push_back(at(file, i + 1, word));
    }
    for (const auto& text : texts) {
      if (file.lines[i].find(text) != std::string::npos) {
        findings.push_back(at(file, i + 1, "a path of one machine"));
      }
    }
  }
  return findings;
}

Findings check_header_comment(const SourceFile& file) {
  if (!file.is_header() || file.lines.empty()) return {};
  const std::string& first = file.lines.front();
  if (begins_with(first, "//") || begins_with(first, "/*")) return {};
  return {at(file, 1, "a header begins with what it is for")};
}

Findings check_dependency_rule(const SourceFile& file) {
  const auto folder = std::find_if(folders().begin(), folders().end(),
                                   [&](const Folder& f) { return file.is_under(f.path); });
  if (folder == folders().end() || !file.is_cpp()) return {};
  std::string own(folder->path.substr(folder->path.find('/') + 1));
  own += '/';
  Findings findings;
  for (const Include& include : find_includes(file)) {
    if (include.name.front() != '"') continue;
    const std::string_view name = std::string_view(include.name).substr(1, include.name.size() - 2);
    const bool beside = name.find('/') == name.npos;  // "plugin.h" in a plugin's own folder
    const bool allowed =
        beside || begins_with(name, own) ||
        (folder->path == "host/http" && begins_with(name, "http/")) ||
        std::any_of(folder->may_include.begin(), folder->may_include.end(),
                    [&](std::string_view prefix) { return begins_with(name, prefix); });
    if (!allowed) {
      findings.push_back(
          at(file, include.line, std::string(folder->path) + " may not include " + include.name));
    }
  }
  return findings;
}

Findings check_third_party(const SourceFile& file) {
  if (!file.is_cpp()) return {};
  Findings findings;
  for (const Include& include : find_includes(file)) {
    const auto library =
        std::find_if(libraries().begin(), libraries().end(),
                     [&](const Library& l) { return begins_with(include.name, l.include); });
    if (library == libraries().end()) continue;
    const bool at_home =
        std::any_of(library->homes.begin(), library->homes.end(),
                    [&](std::string_view home) { return begins_with(file.path, home); });
    if (!at_home)
      findings.push_back(at(file, include.line, include.name + " does not belong here"));
  }
  return findings;
}

Findings check_unique_names(const std::vector<SourceFile>& files) {
  std::map<std::string, std::string> seen;  // name with its namespace -> where
  Findings findings;
  for (const SourceFile& file : files) {
    if (!file.is_under("host") || !file.is_cpp()) continue;
    std::string space;
    bool anonymous = false;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::string_view line = file.lines[i];
      if (begins_with(line, "namespace ") && line.back() == '{') {
        anonymous = begins_with(line, "namespace {");
        if (!anonymous) space = line.substr(10, line.size() - 12);
      }
      if (begins_with(line, "}  // namespace")) anonymous = false;
      for (const std::string_view kind : {"class ", "struct ", "enum class "}) {
        if (anonymous || !begins_with(line, kind) || line.back() == ';') continue;
        constexpr std::string_view kAttribute = "[[nodiscard]] ";
        auto name = line.substr(kind.size());
        if (begins_with(name, kAttribute)) name.remove_prefix(kAttribute.size());
        const auto end = std::find_if_not(name.begin(), name.end(), is_word_character);
        if (end != name.end() && *end == ':' && end + 1 != name.end() && end[1] == ':') continue;
        const std::string full = space + "::" + std::string(name.begin(), end);
        const auto [other, is_new] = seen.emplace(full, file.path);
        if (!is_new) findings.push_back(at(file, i + 1, full + " is also in " + other->second));
      }
    }
  }
  return findings;
}

}  // namespace mcph::tidy
