#include "oauth/views/page.h"

#include "base/encoding.h"
#include "crypto/hash.h"
#include "oauth/views/style.h"

namespace mcph::oauth {

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

Response make_page(const Page& page) {
  std::string html =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<meta name=\"robots\" content=\"noindex\">\n<title>";
  html.append(escape_html(page.title)).append("</title>\n<style>").append(page_style());
  html.append("</style>\n</head>\n<body>\n<main>\n")
      .append(page.main)
      .append("</main>\n</body>\n</html>\n");

  Response response = make_text_response(page.status, "text/html; charset=utf-8", std::move(html));
  Headers& headers = response.headers;
  std::string policy = "default-src 'none'; style-src 'sha256-";
  policy.append(to_base64(crypto::sha256(page_style())));
  policy.append("'; form-action ").append(page.form_action);
  policy.append("; base-uri 'none'; frame-ancestors 'none'");
  headers.add("Content-Security-Policy", policy);
  headers.add("Cache-Control", "no-store");
  headers.add("Referrer-Policy", "no-referrer");
  headers.add("X-Frame-Options", "DENY");  // for browsers older than frame-ancestors
  headers.add("X-Content-Type-Options", "nosniff");
  headers.add("Cross-Origin-Opener-Policy", "same-origin");
  headers.add("Cross-Origin-Resource-Policy", "same-origin");
  headers.add("Permissions-Policy",
              "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()");
  return response;
}

std::string make_signin_sources(const Settings& settings) {
  std::string sources = "'self' https:";
  for (const auto& origin : settings.signin_origins) sources.append(" ").append(origin);
  return sources;
}

}  // namespace mcph::oauth
