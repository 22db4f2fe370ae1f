// A client's way with a user, as steps of OAuth and MCP over real requests: what examine_user()
// walks. Every step blocks and leaves what it learned here. Not thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/doctor/doctor.h"
#include "base/encoding.h"
#include "base/json.h"
#include "base/result.h"
#include "base/secret.h"

namespace mcph::app {

// A tool that changes nothing and needs no arguments: one that may be tried.
struct HarmlessTool {
  std::string name;
};

class UserWay {
 public:
  explicit UserWay(const DoctorParts& parts) : parts_(parts) {}
  // Revokes the grant (RFC 7009) and takes the registration away (RFC 7592 §2.3), if they came to
  // be. What cannot be taken away expires by itself.
  ~UserWay();
  UserWay(const UserWay&) = delete;
  UserWay& operator=(const UserWay&) = delete;

  Result<> register_client(const std::string& redirect_uri);  // RFC 7591
  // Where the user has to go, for all scopes of this host.
  Result<std::string> make_authorize_url();
  // RFC 6749 §4.1.2 and RFC 9207, then the token endpoint with PKCE.
  Result<> redeem(const FormFields& callback);

  Result<> open_session();
  Result<std::vector<HarmlessTool>> list_harmless_tools();
  // The text of the tool's error is the Error's message.
  Result<> call(const HarmlessTool& tool);

 private:
  Result<json::object> post(const std::string& path, const std::string& type, std::string body);
  Result<json::object> ask(std::string_view method, json::object params);

  const DoctorParts& parts_;
  std::string redirect_uri_;
  std::string client_id_;
  std::string registration_uri_;
  Secret registration_token_;
  std::string state_;
  Secret verifier_;
  Secret access_token_;
  std::string session_;
  std::int64_t next_id_ = 1;
};

}  // namespace mcph::app
