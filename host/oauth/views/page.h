// The frame of every page people see, and the headers that keep it theirs: no script, nothing
// loaded from anywhere, not to be framed, no referrer. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/http_message.h"
#include "oauth/settings.h"

namespace mcph::oauth {

// Text made safe inside an element or a quoted attribute.
std::string escape_html(std::string_view text);

struct Page {
  int status = 200;
  std::string_view title;  // text
  std::string main;        // markup
  // Sources of CSP form-action. Browsers apply it to the redirects after a form as well.
  std::string_view form_action = "'none'";
};

Response make_page(const Page& page);

// Sources of form-action for a form that leads to the identity provider: any https page, as that
// may hand over to others.
std::string make_signin_sources(const Settings& settings);

}  // namespace mcph::oauth
