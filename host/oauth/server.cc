#include "oauth/server.h"

#include <utility>

#include "oauth/authorize/endpoint.h"
#include "oauth/consent/decide.h"
#include "oauth/introspection/endpoint.h"
#include "oauth/metadata.h"
#include "oauth/pushed/endpoint.h"
#include "oauth/registration/endpoint.h"
#include "oauth/registration/management.h"
#include "oauth/responses.h"
#include "oauth/revocation/endpoint.h"
#include "oauth/signin/callback.h"
#include "oauth/signin/signout.h"
#include "oauth/token/endpoint.h"

namespace mcph::oauth {

Server::Server(Settings settings, const ServerParts& parts)
    : parts_(std::make_unique<const Parts>(std::move(settings), parts)),
      server_metadata_(to_json(make_server_metadata(parts_->settings))) {}

Server::~Server() = default;

Response Server::server_metadata() const {
  return make_metadata_response(server_metadata_);
}

Response Server::register_client(const Request& request) const {
  return oauth::register_client(*parts_, request);
}
Response Server::read_registration(const Request& request, const std::string& client_id) const {
  return oauth::read_registration(*parts_, request, client_id);
}
Response Server::update_registration(const Request& request, const std::string& client_id) const {
  return oauth::update_registration(*parts_, request, client_id);
}
Response Server::remove_registration(const Request& request, const std::string& client_id) const {
  return oauth::remove_registration(*parts_, request, client_id);
}
Response Server::authorize(const Request& request) const {
  return oauth::authorize(*parts_, request);
}
Response Server::decide_consent(const Request& request) const {
  return oauth::decide_consent(*parts_, request);
}
Response Server::finish_signin(const Request& request) const {
  return oauth::finish_signin(*parts_, request);
}
Response Server::show_signout(const Request&) const {
  return oauth::show_signout(*parts_);
}
Response Server::sign_out(const Request& request) const {
  return oauth::sign_out(*parts_, request);
}
Response Server::finish_signout(const Request& request) const {
  return oauth::finish_signout(*parts_, request);
}
Response Server::exchange_token(const Request& request) const {
  return oauth::exchange_token(*parts_, request);
}
Response Server::revoke_token(const Request& request) const {
  return oauth::revoke_token(*parts_, request);
}
Response Server::introspect_token(const Request& request) const {
  return oauth::introspect_token(*parts_, request);
}
Response Server::push_request(const Request& request) const {
  return oauth::push_request(*parts_, request);
}

}  // namespace mcph::oauth
