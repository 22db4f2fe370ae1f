// The paths of the authorization server. The first three are where clients of MCP 2025-03-26 look
// without asking for metadata, so they must not move.
#pragma once

namespace mcph::oauth {

inline constexpr char kAuthorizePath[] = "/authorize";
inline constexpr char kTokenPath[] = "/token";
inline constexpr char kRegisterPath[] = "/register";
inline constexpr char kRevokePath[] = "/revoke";
inline constexpr char kIntrospectPath[] = "/introspect";
inline constexpr char kPushPath[] = "/par";
inline constexpr char kConsentPath[] = "/authorize/consent";
inline constexpr char kCallbackPath[] = "/callback";
inline constexpr char kSignOutPath[] = "/signout";
inline constexpr char kSignedOutPath[] = "/signout/done";
inline constexpr char kServerMetadataPath[] = "/.well-known/oauth-authorization-server";
inline constexpr char kResourceMetadataRootPath[] = "/.well-known/oauth-protected-resource";

}  // namespace mcph::oauth
