#include "keys/purposes.h"

namespace mcph::keys {
namespace {

// Forms, sign-ins, questions and answers live for minutes, tasks and streams for an hour or two.
constexpr Seconds kDay{24 * 3600};

}  // namespace

std::vector<Purpose> make_purposes(const Lifetimes& lifetimes) {
  const Seconds sessions = lifetimes.session + kDay;
  return {
      // Registration access tokens live as long as their client. A tag proves little by itself, so
      // an old key is worth little too.
      {"oauth.token-tag", std::nullopt},
      {"oauth.consent", kDay},
      {"oauth.approvals", lifetimes.approval + kDay},
      {"oauth.signin", kDay},
      {"oauth.id-token", 2 * kDay},
      {"oauth.pushed-request", kDay},
      {"oauth.refresh-response", kDay},
      {"oauth.dpop-nonce", kDay},
      {"mcp.session", sessions},
      {"mcp.sse_session", sessions},
      {"mcp.cursor", kDay},
      {"mcp.request_state", kDay},
      {"mcp.question", kDay},
      {"mcp.answer", kDay},
      {"mcp.event", sessions},
      {"mcp.task", kDay},
      // Plugins keep entries for as long as they like, and nobody seals them anew.
      {"plugins.kv", std::nullopt},
      // What was recorded must stay verifiable.
      {kAuditPurpose, std::nullopt},
  };
}

}  // namespace mcph::keys
