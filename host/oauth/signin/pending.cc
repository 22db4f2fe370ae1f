#include "oauth/signin/pending.h"

#include "base/encoding.h"

namespace mcph::oauth {
namespace {

std::string make_aad(std::string_view state_hash) {
  return "signin/1 " + to_hex(state_hash);
}

}  // namespace

std::string seal_pending(const Parts& parts, const PendingSignIn& pending,
                         std::string_view state_hash) {
  json::object out;
  out["request"] = to_object(pending.request);
  out["grant"] = pending.grant.str();
  out["nonce"] = pending.nonce.reveal();
  out["verifier"] = pending.code_verifier.reveal();
  out["consent_cookie"] = pending.consent_cookie;
  out["txn"] = pending.txn;
  out["needs_receipt"] = pending.needs_receipt;
  out["was_remembered"] = pending.was_remembered;
  out["remember"] = pending.remember;
  std::string text = to_json(out);
  std::string sealed = parts.signin_sealer.seal(text, make_aad(state_hash));
  wipe(text);
  return sealed;
}

std::optional<PendingSignIn> open_pending(const Parts& parts, std::string_view sealed,
                                          std::string_view state_hash) {
  const auto opened = parts.signin_sealer.open(sealed, make_aad(state_hash));
  if (!opened) return std::nullopt;
  const auto parsed = parse_json(opened->reveal());
  if (!parsed.ok() || !parsed->is_object()) return std::nullopt;
  const json::object& object = parsed->get_object();
  const auto* request_object = find_object(object, "request");
  const auto grant = find_string(object, "grant");
  const auto nonce = find_string(object, "nonce");
  const auto verifier = find_string(object, "verifier");
  const auto cookie = find_string(object, "consent_cookie");
  const auto txn = find_string(object, "txn");
  const auto needs_receipt = find_bool(object, "needs_receipt");
  const auto was_remembered = find_bool(object, "was_remembered");
  const auto remember = find_bool(object, "remember");
  if (request_object == nullptr || !grant || !nonce || !verifier || !cookie) return std::nullopt;
  if (!txn || !needs_receipt || !was_remembered || !remember) return std::nullopt;
  auto request = from_object(*request_object);
  if (!request) return std::nullopt;
  return PendingSignIn{std::move(*request),
                       GrantId{std::string(*grant)},
                       Secret(*nonce),
                       Secret(*verifier),
                       std::string(*cookie),
                       std::string(*txn),
                       *needs_receipt,
                       *was_remembered,
                       *remember};
}

}  // namespace mcph::oauth
