#include "oauth/consent/remembered.h"

#include <algorithm>
#include <vector>

#include "base/encoding.h"
#include "crypto/hash.h"
#include "oauth/redirect_uri.h"
#include "oauth/scope.h"

namespace mcph::oauth {
namespace {

constexpr std::string_view kAad = "approvals/1";
// More would not fit into the 4 KB that browsers give a cookie.
constexpr std::size_t kApprovalsMax = 20;

struct Approval {
  std::string client;  // hashed: the id of a client may be a URL of 2 KB
  std::string about;
  UnixTime at{};

  bool is_same(const Approval& other) const {
    return client == other.client && about == other.about;
  }
};

// 16 bytes of a digest: nobody gains by two approvals that look alike in a sealed cookie of theirs.
std::string shorten(std::string_view digest) {
  return to_base64url(digest.substr(0, 16));
}

Approval make_approval(const Parts& parts, const AuthorizeRequest& request) {
  return {shorten(crypto::sha256(request.client.str())), shorten(hash_approval(request)),
          parts.clock.now()};
}

// Those that are still good, oldest first.
std::vector<Approval> read_approvals(const Parts& parts, const Request& http) {
  std::vector<Approval> approvals;
  const auto cookie = parts.cookies.find(http, parts.cookies.make_name(CookieKind::kApprovals, {}));
  const auto opened = cookie ? parts.approval_sealer.open(*cookie, kAad) : std::nullopt;
  if (!opened) return approvals;
  const auto parsed = parse_json(opened->reveal());
  if (!parsed.ok() || !parsed->is_array()) return approvals;
  for (const json::value& item : parsed->get_array()) {
    const json::object* object = item.if_object();
    if (object == nullptr) continue;
    const auto client = find_string(*object, "c");
    const auto about = find_string(*object, "r");
    const auto at = find_int(*object, "t");
    if (!client || !about || !at) continue;
    const UnixTime when = from_unix(*at);
    if (when + parts.settings.remembered_lifetime <= parts.clock.now()) continue;
    approvals.push_back({std::string(*client), std::string(*about), when});
  }
  return approvals;
}

std::string make_cookie(const Parts& parts, const std::vector<Approval>& approvals) {
  const std::string name = parts.cookies.make_name(CookieKind::kApprovals, {});
  if (approvals.empty()) return parts.cookies.make_cleared(name);
  json::array list;
  for (const Approval& approval : approvals) {
    list.push_back(
        json::object{{"c", approval.client}, {"r", approval.about}, {"t", to_unix(approval.at)}});
  }
  return parts.cookies.make(name, parts.approval_sealer.seal(to_json(list), kAad),
                            parts.settings.remembered_lifetime);
}

std::vector<Approval> others(const Parts& parts, const Request& http, const Approval& one) {
  auto approvals = read_approvals(parts, http);
  std::erase_if(approvals, [&](const Approval& other) { return other.is_same(one); });
  return approvals;
}

}  // namespace

std::string hash_approval(const AuthorizeRequest& request) {
  auto scopes = request.scopes;
  std::sort(scopes.begin(), scopes.end());
  // A space is in none of them.
  return crypto::sha256(request.redirect_uri + ' ' + request.resource + ' ' + join_scopes(scopes));
}

bool may_be_remembered(const Settings& settings, const Client& client,
                       const AuthorizeRequest& request) {
  if (!settings.remember_consent || settings.consent_mode != ConsentMode::kHost) return false;
  const auto target = describe_redirect(request.redirect_uri);
  return client.kind != ClientKind::kDocument || target.kind == RedirectTarget::Kind::kWeb;
}

bool is_remembered(const Parts& parts, const Request& http, const Client& client,
                   const AuthorizeRequest& request) {
  if (!may_be_remembered(parts.settings, client, request)) return false;
  // Without the header nobody can tell who sent the browser here, so the page is shown.
  const auto site = http.headers.find("sec-fetch-site");
  if (!site || (*site != "none" && *site != "same-origin")) return false;
  const Approval wanted = make_approval(parts, request);
  const auto approvals = read_approvals(parts, http);
  return std::any_of(approvals.begin(), approvals.end(),
                     [&](const Approval& approval) { return approval.is_same(wanted); });
}

std::string remember_approval(const Parts& parts, const Request& http,
                              const AuthorizeRequest& request) {
  Approval approval = make_approval(parts, request);
  auto approvals = others(parts, http, approval);
  if (approvals.size() >= kApprovalsMax) {
    approvals.erase(approvals.begin(), approvals.end() - (kApprovalsMax - 1));
  }
  approvals.push_back(std::move(approval));
  return make_cookie(parts, approvals);
}

std::string forget_approval(const Parts& parts, const Request& http,
                            const AuthorizeRequest& request) {
  return make_cookie(parts, others(parts, http, make_approval(parts, request)));
}

}  // namespace mcph::oauth
