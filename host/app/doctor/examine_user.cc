// What only a user can see: the sign-in, the tools of this user, and one call of each that changes
// nothing, through the plugin to its API.
#include <optional>

#include "app/doctor/doctor.h"
#include "app/doctor/loopback_visitor.h"
#include "app/doctor/user_way.h"

namespace mcph::app {
namespace {

// As long as a form of ours is good for.
constexpr Milliseconds kSignInPatience{5 * 60 * 1000};
// The way is what is looked at, not every tool on it.
constexpr std::size_t kTriedToolsMax = 20;

constexpr char kSignInHop[] = "user.sign_in";

Findings try_tools(UserWay& way) {
  const auto tools = way.list_harmless_tools();
  if (!tools.ok()) {
    return {wrong(Side::kHost, "user.tools", tools.error().message, "See the log of the host.")};
  }
  if (tools->empty()) {
    return {skipped(Side::kApi, "user.tools",
                    "this user has no tool that is read-only and needs no arguments")};
  }
  Findings findings;
  for (const HarmlessTool& tool : *tools) {
    if (findings.size() == kTriedToolsMax) break;
    const std::string hop = "tool." + tool.name;
    const auto called = way.call(tool);
    findings.push_back(
        called.ok() ? ok(Side::kApi, hop, "answers this user")
                    : wrong(Side::kApi, hop, called.error().message,
                            "Does the API trust this PingOne environment and the audience of its "
                            "tokens? Do the scopes of [pingone] include what it asks for?"));
  }
  return findings;
}

// Nothing, or what is wrong.
std::optional<Finding> sign_in(const DoctorParts& parts, UserWay& way) {
  const auto visitor = LoopbackVisitor::open(parts.clock, parts.log);
  if (!visitor.ok()) {
    return wrong(Side::kHost, kSignInHop, visitor.error().message,
                 "The doctor needs a free port on this machine.");
  }
  if (const auto done = way.register_client((*visitor)->redirect_uri()); !done.ok()) {
    return skipped(Side::kHost, kSignInHop,
                   "no client could be registered for it: " + done.error().message);
  }
  const auto url = way.make_authorize_url();
  if (!url.ok()) {
    return wrong(Side::kHost, kSignInHop, url.error().message, "See resource_metadata above.");
  }
  parts.show(*url);
  const auto callback = (*visitor)->wait(kSignInPatience);
  const auto redeemed = callback.ok() ? way.redeem(*callback) : Result<>(callback.error());
  if (redeemed.ok()) return std::nullopt;
  return wrong(Side::kPingOne, kSignInHop, redeemed.error().message,
               "The log of the host has the reason under signin.failed; PingOne has it under "
               "Monitoring, Audit.");
}

}  // namespace

Findings examine_user(const DoctorParts& parts) {
  if (!parts.show) return {};
  if (parts.config.auth != AuthMode::kOAuth) {
    return {skipped(Side::kPingOne, kSignInHop, "clients sign in at PingOne, and this is none")};
  }
  UserWay way(parts);
  if (auto finding = sign_in(parts, way)) return {std::move(*finding)};
  Findings findings{ok(Side::kPingOne, kSignInHop, "the user came back with a code that was good")};
  if (const auto opened = way.open_session(); !opened.ok()) {
    findings.push_back(
        wrong(Side::kHost, "user.session", opened.error().message, "See the log of the host."));
    return findings;
  }
  Findings tools = try_tools(way);
  findings.insert(findings.end(), tools.begin(), tools.end());
  return findings;
}

}  // namespace mcph::app
