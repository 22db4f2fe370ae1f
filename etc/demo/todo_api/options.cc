#include "todo_api/options.h"

#include <charconv>

#include "base/url.h"

namespace mcph::todo_api {

const char kUsage[] =
    "todo-api --issuer URL --audience NAME [--listen ADDRESS:PORT] [--ca-file PATH]\n"
    "         [--allow-faults]\n"
    "  TODO_API_DATABASE_URL   the PostgreSQL database; the schema `todo` is made in it\n"
    "  --allow-faults          serve /__fault, with which tests make the next answers go wrong\n";

namespace {

Error wrong(std::string what) {
  return Error{Code::kInvalid, std::move(what), {}};
}

// "127.0.0.1:9500" or "[::1]:9500"
Result<> parse_listen(const std::string& text, Options& options) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return wrong("--listen needs ADDRESS:PORT");
  std::string address = text.substr(0, colon);
  if (address.size() > 2 && address.front() == '[' && address.back() == ']') {
    address = address.substr(1, address.size() - 2);
  }
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data() + colon + 1, end, options.port);
  if (error != std::errc{} || at != end) return wrong("--listen: the port is not a port");
  options.address = std::move(address);
  return Ok{};
}

}  // namespace

Result<Options> parse_options(const std::vector<std::string>& arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& name = arguments[i];
    if (name == "--allow-faults") {
      options.allow_faults = true;
      continue;
    }
    if (i + 1 == arguments.size()) return wrong(name + " needs a value, or is unknown");
    const std::string& value = arguments[++i];
    if (name == "--listen") {
      TRY(parse_listen(value, options));
    } else if (name == "--issuer") {
      options.issuer = value;
    } else if (name == "--audience") {
      options.audience = value;
    } else if (name == "--ca-file") {
      options.ca_file = value;
    } else {
      return wrong("unknown option " + name);
    }
  }
  const auto issuer = parse_url(options.issuer);
  if (!issuer.ok() || issuer->host.empty()) return wrong("--issuer must be a URL");
  if (issuer->scheme != "https" && !issuer->is_loopback()) return wrong("--issuer must be https");
  if (options.audience.empty()) return wrong("--audience is missing");
  return options;
}

}  // namespace mcph::todo_api
