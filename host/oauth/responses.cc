#include "oauth/responses.h"

#include <cstdlib>
#include <utility>

#include "base/encoding.h"
#include "oauth/redirect_uri.h"

namespace mcph::oauth {
namespace {

std::string_view trim(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

// A quality value in thousandths (RFC 9110 §12.4.2); what cannot be read counts as 1.
int quality_of(std::string_view parameters) {
  const std::size_t at = parameters.find("q=");
  if (at == std::string_view::npos) return 1000;
  const std::string text(trim(parameters.substr(at + 2, 5)));
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || !(value >= 0 && value <= 1)) return 1000;
  return static_cast<int>(value * 1000);
}

Response make_authorization_response(const Settings& settings, const RedirectBack& back,
                                     FormFields fields) {
  if (!back.state.empty()) fields.emplace_back("state", back.state);
  fields.emplace_back("iss", settings.issuer);
  return make_redirect(append_query(back.uri, to_form(fields)));
}

}  // namespace

Response make_document(int status, const json::object& body) {
  Response response = make_json_response(status, to_json(body));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

// Long enough to help, short enough that a changed scope is known within minutes.
Response make_metadata_response(const std::string& document) {
  Response response = make_json_response(200, document);
  response.headers.add("Cache-Control", "public, max-age=300");
  return response;
}

Response make_error_document(const Refusal& refusal) {
  json::object body;
  body["error"] = refusal.error;
  if (!refusal.description.empty()) body["error_description"] = refusal.description;
  Response response = make_document(refusal.status, body);
  // RFC 6749 §5.2: the client is told how it may authenticate.
  if (refusal.status == 401) response.headers.add("WWW-Authenticate", "Basic realm=\"oauth\"");
  if (!refusal.dpop_nonce.empty()) response.headers.add("DPoP-Nonce", refusal.dpop_nonce);
  add_retry_after(response, refusal.retry_after);
  return response;
}

void add_retry_after(Response& response, Seconds after) {
  if (after.count() > 0) response.headers.add("Retry-After", std::to_string(after.count()));
}

Response make_redirect(std::string_view location) {
  Response response;
  response.status = 303;
  response.headers.add("Location", location);
  response.headers.add("Cache-Control", "no-store");
  // The address we come from has the client's parameters in it: it must not travel on.
  response.headers.add("Referrer-Policy", "no-referrer");
  return response;
}

Response make_code_redirect(const Settings& settings, const RedirectBack& back,
                            std::string_view code) {
  return make_authorization_response(settings, back, {{"code", std::string(code)}});
}

Response make_error_redirect(const Settings& settings, const RedirectBack& back,
                             const Refusal& refusal) {
  FormFields fields{{"error", refusal.error}};
  if (!refusal.description.empty()) fields.emplace_back("error_description", refusal.description);
  return make_authorization_response(settings, back, std::move(fields));
}

bool prefers_json(const Request& request) {
  std::string_view accept = request.headers.find("accept").value_or("*/*");
  int page = -1;
  int document = -1;
  while (!accept.empty()) {
    const std::size_t end = std::min(accept.find(','), accept.size());
    const std::string_view item = accept.substr(0, end);
    accept.remove_prefix(std::min(end + 1, accept.size()));
    const std::size_t semicolon = std::min(item.find(';'), item.size());
    const std::string_view type = trim(item.substr(0, semicolon));
    const int quality = quality_of(item.substr(semicolon));
    if (iequals(type, "text/html")) page = std::max(page, quality);
    if (iequals(type, "application/json")) document = std::max(document, quality);
  }
  return document > page;
}

bool has_media_type(const Request& request, std::string_view type) {
  return request.headers.count("content-type") == 1 && iequals(request.content_type(), type);
}

}  // namespace mcph::oauth
