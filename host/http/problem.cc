#include "http/problem.h"

#include "base/json.h"

namespace mcph::http {

namespace {

// RFC 9457 §4.2.1: with type about:blank the title is the status phrase.
std::string_view title_of(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 421:
      return "Misdirected Request";
    case 422:
      return "Unprocessable Content";
    case 428:
      return "Precondition Required";
    case 503:
      return "Service Unavailable";
    default:
      return "Internal Server Error";
  }
}

int status_of(Code code) {
  switch (code) {
    case Code::kInvalid:
      return 422;
    case Code::kNotFound:
      return 404;
    case Code::kConflict:
      return 409;
    case Code::kUnauthorized:
      return 401;
    case Code::kForbidden:
      return 403;
    case Code::kUnavailable:
    case Code::kTimeout:
    case Code::kLimit:
      return 503;
    case Code::kInternal:
      break;
  }
  return 500;
}

}  // namespace

Response make_problem(int status, std::string_view detail) {
  json::object body{{"type", "about:blank"}, {"title", title_of(status)}, {"status", status}};
  if (!detail.empty()) body["detail"] = detail;
  Response response = make_text_response(status, "application/problem+json", to_json(body));
  if (status == 503) response.headers.add("Retry-After", "1");
  return response;
}

Response make_problem_refusal(int status, std::string_view /*error*/,
                              std::string_view description) {
  return make_problem(status, description);
}

Response make_problem(const Error& error) {
  const int status = status_of(error.code);
  return make_problem(status, status >= 500 ? "" : error.message);
}

}  // namespace mcph::http
