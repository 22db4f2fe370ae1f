#include "mcp/legacy/initialize.h"

namespace mcph::mcp {

std::optional<Rejection> check_initialize(const Message& message) {
  if (message.params == nullptr || !find_string(*message.params, "protocolVersion")) {
    return rejections::invalid_params("params.protocolVersion must be a string");
  }
  const json::value* capabilities = find(*message.params, "capabilities");
  if (capabilities != nullptr && !capabilities->is_object()) {
    return rejections::invalid_params("params.capabilities must be an object");
  }
  return std::nullopt;
}

std::string make_initialize_result(const JsonToken& id, Version version, CatalogViews& views,
                                   const ServerInfo& server_info) {
  std::string body;
  append_result_head(body, id);
  body += R"({"protocolVersion":)";
  append_json_string(body, to_string(version));
  body += R"(,"capabilities":)";
  body += views.get()->capabilities(version);
  body += R"(,"serverInfo":)";
  body += server_info.implementation(version);
  body += server_info.instructions_member();
  body += "}}";
  return body;
}

Handshake initialize(const Message& message, const Caller& caller, Sessions& sessions,
                     CatalogViews& views, const ServerInfo& server_info, UnixTime now,
                     Seconds session_ttl) {
  Session session;
  session.version = negotiate(*find_string(*message.params, "protocolVersion"));
  if (const json::object* said = find_object(*message.params, "capabilities"); said != nullptr) {
    session.capabilities = read_capabilities(*said);
  }
  session.principal = caller.principal;
  session.client = caller.client;
  session.grant = caller.grant;
  session.issued_at = now;
  session.expires_at = now + session_ttl;

  Handshake handshake;
  handshake.body = make_initialize_result(message.id, session.version, views, server_info);
  handshake.session_id = sessions.issue(std::move(session))->id;
  return handshake;
}

}  // namespace mcph::mcp
