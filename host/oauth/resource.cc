#include "oauth/resource.h"

#include "base/url.h"

namespace mcph::oauth {
namespace {

bool is_same_resource(std::string_view asked, std::string_view canonical) {
  if (asked == canonical) return true;
  const auto a = parse_url(asked);
  const auto b = parse_url(canonical);
  // RFC 8707 §2: absolute, and without a fragment.
  return a.ok() && b.ok() && !a->has_fragment && !a->has_userinfo && a->origin() == b->origin() &&
         a->path == b->path && a->has_query == b->has_query && a->query == b->query;
}

}  // namespace

Verdict check_resources(const Parameters& parameters, std::string_view canonical) {
  for (const auto& asked : parameters.find_all("resource")) {
    if (!is_same_resource(asked, canonical)) return errors::invalid_target();
  }
  return std::nullopt;
}

}  // namespace mcph::oauth
