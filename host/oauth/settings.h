// What the operator decided about the authorization server. A value, checked by app/ when it read
// the configuration, immutable afterwards.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"

namespace mcph::oauth {

struct ScopeWords {
  std::string name;
  std::string words;  // what a person reads on the consent page: "See and change your to-do list"
};

enum class Registration {
  kOff,    // clients come from administrators only
  kToken,  // RFC 7591 with an initial access token
  kOpen,   // RFC 7591 for anyone
};

// Who asks the person whether the client may act for them.
enum class ConsentMode {
  kHost,      // our page
  kUpstream,  // a flow of the identity provider, which gives a receipt for it
  kBoth,
};

struct Settings {
  // The public URL without a trailing slash: issuer identifier (RFC 8414 §2) and origin of every
  // URL we publish. Never taken from a request.
  std::string issuer;
  // Who issues the access tokens when this host does not: the identity provider's issuer
  // identifier. Empty: this host.
  std::string token_issuer;
  std::string resource;       // RFC 8707: the MCP endpoint, e.g. <issuer>/mcp
  std::string resource_name;  // for people, e.g. "To-do tools"
  // Everything a client can be granted, in the order it is shown.
  std::vector<ScopeWords> scopes;
  // Those of them a client is told to ask for at first, and gets when it asks for none. Empty: all.
  std::vector<std::string> initial_scopes;

  Registration registration = Registration::kOpen;
  // From one IPv4 address or IPv6 /64, in an hour, on all hosts; 0: any number. A person sets up a
  // few clients; who rolls out an office behind one address raises it for that day.
  std::size_t registrations_per_hour = 10;
  // Clients that are known by the document behind their URL. On loopback: in development only, as
  // a document may then be anything on this machine.
  bool client_documents = true;
  bool client_documents_on_loopback = false;
  // Schemes of installed applications that may be a redirect target besides https, loopback http
  // and reverse-DNS names such as com.example.app (RFC 8252 §7.1). Everything else is refused.
  std::vector<std::string> redirect_schemes{"cursor",   "vscode", "vscode-insiders",
                                            "windsurf", "zed",    "claude"};
  ConsentMode consent_mode = ConsentMode::kHost;
  // kUpstream without a receipt: nobody knows whether the person was asked. Any registered client
  // can then get a signed-in person's grant; for demonstrations.
  bool unsafe_upstream_consent = false;
  std::string upstream_policy;               // acr of the sign-in that asks
  std::vector<std::string> upstream_scopes;  // what a sign-in asks the identity provider for
  bool remember_consent = false;             // whether people may leave the page out the next time

  // Origins of the identity provider that are not https, if any: a stand-in on this machine. The
  // consent page lets the browser go there.
  std::vector<std::string> signin_origins;

  // Short enough that a stolen code is worthless, long enough for a slow laptop.
  Seconds code_lifetime{60};
  // Revocation is immediate through the caches, so this bounds only what a lost message costs.
  Seconds access_token_lifetime{600};
  Seconds refresh_token_lifetime{30 * 24 * 3600};  // of the whole grant
  // RFC 9700 §4.14.2 asks for reuse detection; a client that lost the answer gets it again this
  // long.
  Seconds refresh_grace{30};
  Seconds pushed_request_lifetime{60};           // from /par until the browser is at /authorize
  Seconds remembered_lifetime{30 * 24 * 3600};   // of an approval, see remember_consent
  Seconds consent_lifetime{600};                 // how long the page may stay open
  Seconds signin_lifetime{600};                  // how long signing in upstream may take
  Seconds unused_client_lifetime{24 * 3600};     // a dynamic registration nobody used
  Seconds idle_client_lifetime{90 * 24 * 3600};  // after its last use
};

}  // namespace mcph::oauth
