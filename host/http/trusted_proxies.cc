#include "http/trusted_proxies.h"

#include <algorithm>
#include <string_view>

namespace mcph::http {
namespace {

// More proxies than that between a client and us is a forgery or a loop.
constexpr std::size_t kHopsMax = 32;

std::string_view trim(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

// The parts of a list. Where there are quoted texts, what stands in them does not divide it (RFC
// 9110 §5.6.1). X-Forwarded-For has none: a quotation mark there is a client's, who would hide by
// it what the proxy wrote behind it.
enum class Quotes { kNone, kHide };
std::vector<std::string_view> split(std::string_view list, char divider, Quotes quotes) {
  std::vector<std::string_view> parts;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= list.size(); ++i) {
    if (i < list.size() && list[i] == '"') quoted = quotes == Quotes::kHide && !quoted;
    if (i < list.size() && (quoted || list[i] != divider)) continue;
    parts.push_back(trim(list.substr(begin, i - begin)));
    begin = i + 1;
  }
  return parts;
}

// RFC 7239 §6: the node of for=, without quotes, brackets and port.
std::string bare_address(std::string_view node) {
  if (node.size() >= 2 && node.front() == '"' && node.back() == '"') {
    node = node.substr(1, node.size() - 2);
  }
  if (node.starts_with('[')) return std::string(node.substr(1, node.find(']') - 1));
  if (std::count(node.begin(), node.end(), ':') == 1) node = node.substr(0, node.find(':'));
  return std::string(node);
}

std::string_view for_of(std::string_view element) {
  for (const std::string_view pair : split(element, ';', Quotes::kHide)) {
    if (pair.size() > 4 && iequals(pair.substr(0, 4), "for=")) return pair.substr(4);
  }
  return {};
}

}  // namespace

Result<TrustedProxies> TrustedProxies::create(const std::vector<std::string>& networks,
                                              ForwardedHeader header) {
  TrustedProxies proxies;
  proxies.header_ = header;
  for (const std::string& text : networks) {
    const auto network = parse_ip_network(text);
    if (!network) return Error{Code::kInvalid, "no address and no CIDR block: " + text, {}};
    proxies.networks_.push_back(*network);
  }
  return proxies;
}

bool TrustedProxies::trusts(const IpAddress& address) const noexcept {
  return std::any_of(networks_.begin(), networks_.end(),
                     [&](const IpNetwork& network) { return network.contains(address); });
}

// In the order in which they were passed.
std::vector<std::string> TrustedProxies::hops_of(const Request& request) const {
  const bool standard = header_ == ForwardedHeader::kForwarded;
  const std::string_view name = standard ? "forwarded" : "x-forwarded-for";
  std::vector<std::string> hops;
  for (std::size_t i = 0; i < request.headers.size(); ++i) {
    const auto field = request.headers.at(i);
    if (!iequals(field.name, name)) continue;
    for (const std::string_view part :
         split(field.value, ',', standard ? Quotes::kHide : Quotes::kNone)) {
      hops.push_back(bare_address(standard ? for_of(part) : part));
    }
  }
  return hops;
}

std::string TrustedProxies::find_client(const Request& request) const {
  if (networks_.empty()) return request.peer;
  auto client = parse_ip(request.peer);
  if (!client || !trusts(*client)) return request.peer;
  const auto hops = hops_of(request);
  std::size_t seen = 0;
  // From the nearest: each was written by the one behind it, who is trusted so far.
  for (auto hop = hops.rbegin(); hop != hops.rend() && ++seen <= kHopsMax; ++hop) {
    const auto address = parse_ip(*hop);
    if (!address) break;  // "unknown", or nonsense: the last one that is known counts
    client = address;
    if (!trusts(*address)) break;
  }
  return write_ip(*client);
}

}  // namespace mcph::http
