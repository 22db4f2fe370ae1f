#include "oauth/client_documents/document_url.h"

#include <algorithm>

#include "base/url.h"

namespace mcph::oauth {
namespace {

constexpr std::size_t kUrlBytesMax = 1024;

// Judged as written: what a parser would tidy up is no identifier.
bool has_dot_segment(std::string_view path) {
  while (!path.empty()) {
    path.remove_prefix(1);  // '/'
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, end);
    if (segment == "." || segment == "..") return true;
    path.remove_prefix(end);
  }
  return false;
}

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c > 0x20 && c < 0x7f && c != '\\' && c != '"' && c != '<' && c != '>';
  });
}

// `%2e%2e`, `%2f`: two spellings of one thing.
bool has_encoded_separator(std::string_view path) {
  for (std::size_t at = path.find('%'); at != path.npos; at = path.find('%', at + 1)) {
    const char high = path.size() > at + 2 ? path[at + 1] : '2';
    const char low = path.size() > at + 2 ? path[at + 2] : 'e';
    if (high == '2' && (low == 'e' || low == 'E' || low == 'f' || low == 'F')) return true;
  }
  return false;
}

}  // namespace

bool has_document_scheme(std::string_view client_id) noexcept {
  return client_id.starts_with("https://") || client_id.starts_with("http://");
}

bool is_fetchable_url(const Settings& settings, std::string_view text) {
  if (text.size() > kUrlBytesMax || !is_plain(text)) return false;
  const auto url = parse_url(text);
  if (!url.ok() || url->host.empty() || url->has_userinfo || url->has_fragment) return false;
  if (settings.client_documents_on_loopback && url->is_loopback()) {
    return url->scheme == "https" || url->scheme == "http";
  }
  return url->scheme == "https" && url->port == 443;
}

bool is_document_url(const Settings& settings, std::string_view client_id) {
  if (!is_fetchable_url(settings, client_id)) return false;
  const auto url = parse_url(client_id);
  // The text is the identity: host in lower case, no default port written out, a path.
  return url.ok() && url->path.size() > 1 && url->path.front() == '/' &&
         client_id.starts_with(url->origin() + url->path) && !has_dot_segment(url->path) &&
         !has_encoded_separator(url->path);
}

}  // namespace mcph::oauth
