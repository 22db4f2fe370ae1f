// What a person sees when a sign-in cannot go on and it would not be safe, or no longer possible,
// to send the browser back to the client. Shows nothing of the request. Pure.
#pragma once

#include <string_view>

#include "base/http_message.h"
#include "oauth/errors.h"

namespace mcph::oauth {

Response make_error_page(const Refusal& refusal);
// With words of our own instead of the developers' description.
Response make_error_page(int status, std::string_view words, std::string_view code);

}  // namespace mcph::oauth
