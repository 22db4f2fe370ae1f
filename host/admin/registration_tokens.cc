#include "admin/registration_tokens.h"

#include <algorithm>

namespace mcph::admin {
namespace {

constexpr std::int64_t kLifetimeDefault_s = 3600;
constexpr std::int64_t kLifetimeMax_s = 366 * 24 * 3600;
constexpr std::int64_t kUsesMax = 1'000'000;
constexpr std::size_t kNameBytesMax = 64;

Error refuse(std::string message) {
  return Error{Code::kInvalid, std::move(message), {}};
}

Result<std::int64_t> read_number(const json::object& order, const char* name,
                                 std::int64_t otherwise, std::int64_t most) {
  if (find(order, name) == nullptr) return otherwise;
  const auto value = find_int(order, name);
  if (!value || *value < 1 || *value > most) {
    return refuse(std::string(name) + " must be between 1 and " + std::to_string(most));
  }
  return *value;
}

// It stands in a path.
bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= kNameBytesMax &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_' || c == '.';
         });
}

}  // namespace

Result<NewRegistrationToken> RegistrationTokens::create(const json::object& order) {
  for (const auto& member : order) {
    const std::string name(member.key());
    if (name != "name" && name != "lifetime_seconds" && name != "uses_max") {
      return refuse("there is no member " + name);
    }
  }
  const auto name = find_string(order, "name");
  if (!name || !is_name(*name)) return refuse("name must be 1 to 64 of A-Z a-z 0-9 . _ -");
  const auto lifetime_s =
      TRY(read_number(order, "lifetime_seconds", kLifetimeDefault_s, kLifetimeMax_s));
  const auto uses_max = TRY(read_number(order, "uses_max", 1, kUsesMax));
  NewRegistrationToken made;
  made.token.name = *name;
  made.token.created_at = clock_.now();
  made.token.expires_at = made.token.created_at + Seconds{lifetime_s};
  made.token.uses_max = uses_max;
  made.secret = format_.make(oauth::TokenKind::kInitialAccess, made.token.expires_at);
  made.token.token_hash = oauth::hash_token(made.secret.reveal());
  TRY(store_.insert(made.token));
  return made;
}

}  // namespace mcph::admin
