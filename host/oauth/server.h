// The authorization server: one function an endpoint, HTTP values in and out. The only class of
// this folder that serves requests; http/ binds it to paths. Everything but the two documents may
// block on the stores or the network. Thread-safe.
#pragma once

#include <memory>
#include <string>

#include "base/http_message.h"
#include "oauth/parts.h"

namespace mcph::oauth {

class Server {
 public:
  Server(Settings settings, const ServerParts& parts);
  ~Server();

  const Settings& settings() const noexcept { return parts_->settings; }

  Response server_metadata() const;                        // RFC 8414
  Response register_client(const Request& request) const;  // RFC 7591
  // RFC 7592, for the client that stands in the path
  Response read_registration(const Request& request, const std::string& client_id) const;
  Response update_registration(const Request& request, const std::string& client_id) const;
  Response remove_registration(const Request& request, const std::string& client_id) const;
  Response authorize(const Request& request) const;         // RFC 6749 §3.1: the consent page
  Response decide_consent(const Request& request) const;    // its form
  Response finish_signin(const Request& request) const;     // back from the identity provider
  Response show_signout(const Request& request) const;      // OpenID Connect RP-Initiated Logout
  Response sign_out(const Request& request) const;          // its form, or the consent page's
  Response finish_signout(const Request& request) const;    // back from the identity provider
  Response exchange_token(const Request& request) const;    // RFC 6749 §3.2
  Response revoke_token(const Request& request) const;      // RFC 7009
  Response introspect_token(const Request& request) const;  // RFC 7662
  Response push_request(const Request& request) const;      // RFC 9126

 private:
  const std::unique_ptr<const Parts> parts_;
  const std::string server_metadata_;
};

}  // namespace mcph::oauth
