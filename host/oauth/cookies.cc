#include "oauth/cookies.h"

#include <functional>

namespace mcph::oauth {
namespace {

std::string_view trim(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

// Calls `visit(name, value)` for every cookie of the request.
void for_each_cookie(const Request& request,
                     const std::function<void(std::string_view, std::string_view)>& visit) {
  for (std::size_t i = 0; i < request.headers.size(); ++i) {
    const auto field = request.headers.at(i);
    if (!iequals(field.name, "cookie")) continue;
    std::string_view rest = field.value;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      const std::string_view pair = trim(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const std::size_t equals = pair.find('=');
      if (equals == std::string_view::npos) continue;
      visit(pair.substr(0, equals), pair.substr(equals + 1));
    }
  }
}

}  // namespace

Cookies::Cookies(std::string_view issuer) : secure_(issuer.starts_with("https://")) {}

std::string Cookies::make_name(CookieKind kind, std::string_view suffix) const {
  std::string name = secure_ ? "__Host-mcph-" : "mcph-";
  if (kind == CookieKind::kApprovals) return name.append("approvals");
  if (kind == CookieKind::kIdToken) return name.append("id-token");
  return name.append(kind == CookieKind::kConsent ? "consent-" : "signin-").append(suffix);
}

std::string Cookies::make(std::string_view name, std::string_view value, Seconds max_age) const {
  std::string cookie(name);
  cookie.append("=").append(value);
  cookie.append("; Path=/; HttpOnly; SameSite=Lax; Max-Age=");
  cookie.append(std::to_string(max_age.count()));
  if (secure_) cookie.append("; Secure");
  return cookie;
}

std::string Cookies::make_cleared(std::string_view name) const {
  return make(name, {}, Seconds::zero());
}

std::optional<std::string> Cookies::find(const Request& request, std::string_view name) const {
  std::optional<std::string> found;
  bool twice = false;
  for_each_cookie(request, [&](std::string_view key, std::string_view value) {
    if (key != name) return;
    twice = found.has_value();
    found = std::string(value);
  });
  // Two of one name: one of them was planted, and nobody can tell which.
  if (twice || (found && found->empty())) return std::nullopt;
  return found;
}

std::vector<std::string> Cookies::names(const Request& request, CookieKind kind) const {
  const std::string prefix = make_name(kind, {});
  std::vector<std::string> names;
  for_each_cookie(request, [&](std::string_view key, std::string_view) {
    const bool ours =
        key.starts_with(prefix) &&
        key.find_first_not_of("0123456789abcdef", prefix.size()) == std::string_view::npos;
    if (ours) names.emplace_back(key);
  });
  return names;
}

}  // namespace mcph::oauth
