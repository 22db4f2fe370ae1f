#include "oauth/views/error_page.h"

#include "oauth/responses.h"
#include "oauth/views/page.h"

namespace mcph::oauth {
namespace {

constexpr std::string_view kSign =
    "<div class=\"meet\"><span class=\"face\" aria-hidden=\"true\"><svg viewBox=\"0 0 24 24\" "
    "fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-linecap=\"round\" "
    "stroke-linejoin=\"round\"><path d=\"M12 8v5m0 3.5v.01\"/><circle cx=\"12\" cy=\"12\" "
    "r=\"9.5\"/></svg></span></div>\n";

std::string_view words_for(const Refusal& refusal) {
  if (refusal.status == 429) {
    return "Too many requests came from your network. Please wait a little and try again.";
  }
  if (refusal.status == 503) return "This is a passing problem. Please try again in a moment.";
  if (refusal.status >= 500) return "Something went wrong here. It is not your fault.";
  if (refusal.error == "invalid_client") {
    return "The application that sent you here is not known, or no longer. Please connect it "
           "again.";
  }
  return "The application that sent you here asked for something that cannot be done.";
}

}  // namespace

Response make_error_page(const Refusal& refusal) {
  Response page = make_error_page(refusal.status, words_for(refusal),
                                  refusal.error + ": " + refusal.description);
  add_retry_after(page, refusal.retry_after);
  return page;
}

Response make_error_page(int status, std::string_view words, std::string_view code) {
  std::string main(kSign);
  main.append("<h1>The sign-in cannot go on</h1>\n<p class=\"under\">").append(escape_html(words));
  main.append("</p>\n");
  if (!code.empty()) {
    main.append("<p class=\"code\"><code>").append(escape_html(code)).append("</code></p>\n");
  }
  main.append("<p class=\"foot\">You can close this window.</p>\n");
  return make_page({status, "The sign-in cannot go on", std::move(main), "'none'"});
}

}  // namespace mcph::oauth
