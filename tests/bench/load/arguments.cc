#include "arguments.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>
#include <vector>

namespace {

constexpr const char* kUsage =
    "usage: bench-load [options] http://ADDRESS:PORT/PATH\n"
    "  -c N          connections, each with one request under way (8)\n"
    "  -d SECONDS    how long to measure (5)\n"
    "  -w SECONDS    how long to warm up before (0.5)\n"
    "  -X METHOD     (GET, or POST with a body)\n"
    "  -H 'N: V'     a header field; may be repeated\n"
    "  -b FILE       the body of the request\n"
    "  -s STATUS     expected of every reply (200)\n"
    "  -t TEXT       expected somewhere in every body\n"
    "  --core N      run on this core only\n"
    "  --pid PID     report the CPU time of this process for each request\n"
    "  --json        print one JSON object\n";

struct Url {
  std::string host;
  std::string port = "80";
  std::string target = "/";
};

std::optional<Url> parse_url(std::string_view text) {
  static constexpr std::string_view kScheme = "http://";
  if (!text.starts_with(kScheme)) return std::nullopt;
  text.remove_prefix(kScheme.size());
  Url url;
  const std::size_t slash = text.find('/');
  const std::string_view authority = text.substr(0, slash);
  if (slash != std::string_view::npos) url.target = text.substr(slash);
  const std::size_t colon = authority.rfind(':');
  url.host = authority.substr(0, colon);
  if (colon != std::string_view::npos) url.port = authority.substr(colon + 1);
  return url;
}

std::chrono::milliseconds seconds(const char* text) {
  return std::chrono::milliseconds(static_cast<long>(std::atof(text) * 1000));
}

std::string make_request(const Url& url, std::string method,
                         const std::vector<std::string>& headers, const std::string& body) {
  if (method.empty()) method = body.empty() ? "GET" : "POST";
  std::string request =
      method + " " + url.target + " HTTP/1.1\r\nHost: " + url.host + ":" + url.port + "\r\n";
  for (const std::string& header : headers) request += header + "\r\n";
  if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return request + "\r\n" + body;
}

}  // namespace

std::optional<Arguments> parse_arguments(int argc, char** argv) {
  Arguments arguments;
  std::optional<Url> url;
  std::string method;
  std::string body;
  std::vector<std::string> headers;
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (option == "--json") {
      arguments.json = true;
    } else if (!option.starts_with('-')) {
      url = parse_url(option);
    } else if (i + 1 == argc) {
      std::fputs(kUsage, stderr);
      return std::nullopt;
    } else if (const char* value = argv[++i]; option == "-c") {
      arguments.connections = static_cast<std::size_t>(std::atoi(value));
    } else if (option == "-d") {
      arguments.duration = seconds(value);
    } else if (option == "-w") {
      arguments.warm_up = seconds(value);
    } else if (option == "-X") {
      method = value;
    } else if (option == "-H") {
      headers.emplace_back(value);
    } else if (option == "-b") {
      std::ifstream file(value, std::ios::binary);
      if (!file) {
        std::fprintf(stderr, "bench-load: cannot read %s\n", value);
        return std::nullopt;
      }
      body.assign(std::istreambuf_iterator<char>(file), {});
    } else if (option == "-s") {
      arguments.expect_status = std::atoi(value);
    } else if (option == "-t") {
      arguments.expect_text = value;
    } else if (option == "--core") {
      arguments.core = std::atoi(value);
    } else if (option == "--pid") {
      arguments.server_pid = std::atoi(value);
    } else {
      std::fputs(kUsage, stderr);
      return std::nullopt;
    }
  }
  if (!url || arguments.connections == 0) {
    std::fputs(kUsage, stderr);
    return std::nullopt;
  }
  arguments.host = url->host;
  arguments.port = static_cast<std::uint16_t>(std::atoi(url->port.c_str()));
  arguments.request = make_request(*url, method, headers, body);
  return arguments;
}
