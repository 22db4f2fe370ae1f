#include "oauth/challenge.h"

#include "oauth/dpop/proof.h"
#include "oauth/metadata.h"
#include "oauth/scope.h"

namespace mcph::oauth {
namespace {

// Appends ` name="value"`. Only printable ASCII: clients read these values with regular
// expressions, and a control character would end the header.
void append(std::string& out, std::string_view name, std::string_view value) {
  const bool first = out.ends_with("Bearer") || out.ends_with("DPoP");
  out.append(first ? " " : ", ").append(name).append("=\"");
  for (const char c : value) {
    if (c < 0x20 || c >= 0x7f) continue;
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

}  // namespace

Challenge::Challenge(const Settings& settings)
    : metadata_url_(resource_metadata_url(settings)),
      scope_(join_scopes(initial_scopes(settings))) {}

std::string Challenge::token_required() const {
  std::string value = "Bearer";
  append(value, "resource_metadata", metadata_url_);
  if (!scope_.empty()) append(value, "scope", scope_);
  return value;
}

std::string Challenge::invalid_token(std::string_view description) const {
  std::string value = "Bearer";
  append(value, "error", "invalid_token");
  append(value, "error_description", description);
  append(value, "resource_metadata", metadata_url_);
  if (!scope_.empty()) append(value, "scope", scope_);
  return value;
}

std::string Challenge::dpop(std::string_view error, std::string_view description) const {
  std::string value = "DPoP";
  append(value, "error", error);
  append(value, "error_description", description);
  append(value, "algs", join_scopes(dpop_algorithms()));
  append(value, "resource_metadata", metadata_url_);
  return value;
}

std::string Challenge::insufficient_scope(const std::vector<std::string>& scopes) const {
  std::string value = "Bearer";
  append(value, "error", "insufficient_scope");
  append(value, "error_description", "the access token does not reach this far");
  append(value, "scope", join_scopes(scopes));
  append(value, "resource_metadata", metadata_url_);
  return value;
}

std::string Challenge::malformed(std::string_view description) const {
  std::string value = "Bearer";
  append(value, "error", "invalid_request");
  append(value, "error_description", description);
  append(value, "resource_metadata", metadata_url_);
  return value;
}

}  // namespace mcph::oauth
