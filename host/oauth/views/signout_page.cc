#include "oauth/views/signout_page.h"

#include <string>

#include "oauth/endpoints.h"
#include "oauth/views/page.h"

namespace mcph::oauth {
namespace {

constexpr std::string_view kWhatStays =
    "Applications that you allowed to act for you may go on; your administrator can end that.";

}  // namespace

Response make_signout_page(const Settings& settings) {
  std::string main =
      "<h1>Sign out?</h1>\n<p class=\"under\">This ends your sign-in in this browser, for other "
      "services that use it as well. ";
  main.append(kWhatStays).append("</p>\n<form method=\"post\" action=\"").append(kSignOutPath);
  main.append(
      "\">\n<div class=\"buttons\">\n<button class=\"approve\">Sign out</button>\n</div>\n"
      "</form>\n");
  const std::string form_action = make_signin_sources(settings);
  return make_page({200, "Sign out", std::move(main), form_action});
}

Response make_signed_out_page() {
  std::string main = "<h1>You are signed out</h1>\n<p class=\"under\">";
  main.append(kWhatStays).append(" You can close this page.</p>\n");
  return make_page({200, "Signed out", std::move(main)});
}

Response make_signout_error_page(int status, std::string_view words) {
  std::string main = "<h1>You are not signed out</h1>\n<p class=\"under\">";
  main.append(escape_html(words)).append("</p>\n");
  return make_page({status, "Not signed out", std::move(main)});
}

}  // namespace mcph::oauth
