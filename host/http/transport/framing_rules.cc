#include "http/transport/framing_rules.h"

#include <algorithm>
#include <array>
#include <string>

namespace mcph::http {
namespace {

using Verdict = std::optional<Refusal>;
using Rule = Verdict (*)(const Request&, const HeadFacts&, const Limits&);

constexpr Verdict kPassed = std::nullopt;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool istarts_with(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && iequals(text.substr(0, prefix.size()), prefix);
}

std::string_view value_of(const Request& request, const FieldFact& field) {
  return request.headers.at(field.index).value;
}

using CharacterSet = std::array<bool, 256>;

constexpr CharacterSet make_set(std::string_view characters) {
  CharacterSet set{};
  for (const char c : characters) set[static_cast<unsigned char>(c)] = true;
  return set;
}

bool all_in(const CharacterSet& set, std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [&set](char c) { return set[static_cast<unsigned char>(c)]; });
}

constexpr CharacterSet kHostNameCharacters =
    make_set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%!$&'()*+,;=");
constexpr CharacterSet kAddressCharacters = make_set("0123456789abcdefABCDEF:.vV");

// The length of "http://" or "https://" at the front, or 0.
std::size_t scheme_length(std::string_view target) {
  if (istarts_with(target, "http://")) return 7;
  if (istarts_with(target, "https://")) return 8;
  return 0;
}

// uri-host [ ":" port ], RFC 9110 §7.2. A list of the characters that can occur is enough: the
// value is compared and printed, never resolved.
bool is_authority(std::string_view text) {
  std::string_view host = text;
  std::string_view port;
  const std::size_t bracket = text.rfind(']');
  const std::size_t colon = text.rfind(':');
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    host = text.substr(0, colon);
    port = text.substr(colon + 1);
    if (!port.empty() && (!all_digits(port) || port.size() > 5)) return false;
  }
  if (host.empty()) return false;
  if (host.front() != '[') return all_in(kHostNameCharacters, host);
  return host.size() > 2 && host.back() == ']' &&
         all_in(kAddressCharacters, host.substr(1, host.size() - 2));
}

// Only what a route could ever take; the rest need not be read to the end.
Verdict check_method(const Request& request, const HeadFacts&, const Limits&) {
  if (request.method == Method::kOther) return Refusal{501, "method not implemented"};
  return kPassed;
}

// RFC 9112 §3: no whitespace, no controls, no fragment; RFC 3986: ASCII only.
Verdict check_target(const Request& request, const HeadFacts&, const Limits& limits) {
  const std::string_view target = request.target;
  if (target.size() > limits.target_bytes_max) return Refusal{414, "request target too long"};
  const bool printable = std::all_of(target.begin(), target.end(),
                                     [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
  if (!printable) return Refusal{400, "request target has a forbidden character"};
  if (target.front() == '/') return kPassed;
  if (target == "*" && request.method == Method::kOptions) return kPassed;
  if (const std::size_t scheme = scheme_length(target)) {
    const std::string_view rest = target.substr(scheme);
    if (is_authority(rest.substr(0, rest.find_first_of("/?")))) return kPassed;
  }
  return Refusal{400, "request target is not a path"};
}

// RFC 9112 §3.2: exactly one in HTTP/1.1.
Verdict check_host(const Request& request, const HeadFacts& facts, const Limits&) {
  if (facts.host.count > 1) return Refusal{400, "more than one Host"};
  if (facts.host.count == 0) {
    return facts.minor_version == 0 ? kPassed : Verdict{Refusal{400, "no Host"}};
  }
  if (is_authority(value_of(request, facts.host))) return kPassed;
  return Refusal{400, "Host is not a host name"};
}

// RFC 9112 §6.3: the sender of two lengths, equal or not, is broken or hostile.
Verdict check_length(const Request& request, const HeadFacts& facts, const Limits&) {
  if (facts.content_length.count == 0) return kPassed;
  if (facts.content_length.count > 1) return Refusal{400, "more than one Content-Length"};
  if (facts.transfer_encoding.count > 0) {
    return Refusal{400, "both Content-Length and Transfer-Encoding"};
  }
  if (all_digits(value_of(request, facts.content_length))) return kPassed;
  return Refusal{400, "Content-Length is not a number"};
}

// RFC 9112 §6.1: a coding we do not know is 501; on HTTP/1.0 any is an attack.
Verdict check_transfer_encoding(const Request& request, const HeadFacts& facts, const Limits&) {
  if (facts.transfer_encoding.count == 0) return kPassed;
  if (facts.minor_version == 0) return Refusal{400, "Transfer-Encoding in HTTP/1.0"};
  if (facts.transfer_encoding.count > 1) return Refusal{400, "more than one Transfer-Encoding"};
  if (facts.chunked && iequals(value_of(request, facts.transfer_encoding), "chunked")) {
    return kPassed;
  }
  return Refusal{501, "transfer coding not implemented"};
}

// Fields that decide who is asking and for what: two of them, and two readers may pick differently.
Verdict check_single_valued(const Request& request, const HeadFacts& facts, const Limits&) {
  if (facts.authorization.count > 1) return Refusal{400, "more than one Authorization"};
  if (facts.content_type.count > 1) return Refusal{400, "more than one Content-Type"};
  if (facts.origin.count > 1) return Refusal{400, "more than one Origin"};
  if (facts.mcp.count < 2) return kPassed;
  for (std::size_t i = facts.mcp.index; i < request.headers.size(); ++i) {
    const std::string_view name = request.headers.at(i).name;
    if (istarts_with(name, "mcp-") && request.headers.count(name) > 1) {
      return Refusal{400, "an Mcp- field occurs twice"};
    }
  }
  return kPassed;
}

// RFC 9110 §10.1.1: other expectations cannot be met.
Verdict check_expectation(const Request& request, const HeadFacts& facts, const Limits&) {
  if (facts.expect.count == 0) return kPassed;
  if (facts.expect.count == 1 && iequals(value_of(request, facts.expect), "100-continue")) {
    return kPassed;
  }
  return Refusal{417, "expectation not known"};
}

constexpr Rule kRules[] = {
    check_method,        check_target,      check_host, check_length, check_transfer_encoding,
    check_single_valued, check_expectation,
};

}  // namespace

std::optional<Refusal> check_head(const Request& request, const HeadFacts& facts,
                                  const Limits& limits) {
  for (const Rule rule : kRules) {
    if (const Verdict verdict = rule(request, facts, limits)) return verdict;
  }
  return std::nullopt;
}

bool expects_continue(const HeadFacts& facts) {
  return facts.expect.count > 0 && facts.minor_version >= 1;
}

void normalise_target(Request& request) {
  const std::size_t scheme = scheme_length(request.target);
  if (scheme == 0) return;
  const std::size_t path = request.target.find_first_of("/?", scheme);
  const std::string authority = request.target.substr(scheme, path - scheme);
  std::string origin_form = path == std::string::npos ? "" : request.target.substr(path);
  if (!origin_form.starts_with('/')) origin_form.insert(0, 1, '/');
  request.target = std::move(origin_form);
  request.headers.set("Host", authority);
}

// method SP target SP "HTTP/" DIGIT "." DIGIT
Refusal refuse_version(std::string_view request_line) {
  const std::string_view line = request_line.substr(0, request_line.find('\r'));
  const std::string_view version = line.substr(line.rfind(' ') + 1);
  const bool well_formed = std::count(line.begin(), line.end(), ' ') == 2 && version.size() == 8 &&
                           version.starts_with("HTTP/") && is_digit(version[5]) &&
                           version[6] == '.' && is_digit(version[7]);
  if (well_formed) return {505, "only HTTP/1.1 and HTTP/1.0"};
  return {400, "not an HTTP/1.1 request line"};
}

}  // namespace mcph::http
