// Problem details for HTTP APIs (RFC 9457): how the admin API says no. Pure.
#pragma once

#include <string_view>

#include "base/http_message.h"
#include "base/result.h"

namespace mcph::http {

// `detail` is for the caller's eyes; may be empty.
Response make_problem(int status, std::string_view detail);
// The router's MakeRefusal.
Response make_problem_refusal(int status, std::string_view error, std::string_view description);

// 404, 409, 422, 503, 500: the status of an Error. Only its message is shown.
Response make_problem(const Error& error);

}  // namespace mcph::http
