#include "net/curl_transfer.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include "base/assert.h"
#include "base/url.h"
#include "net/limits.h"
#include "net/special_use.h"

namespace mcph::net {
namespace {

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  // Fails only for options this libcurl was built without: a broken installation.
  ASSERT(curl_easy_setopt(easy, option, value) == CURLE_OK);
}

void wipe_lines(curl_slist* lines) {
  for (curl_slist* line = lines; line != nullptr; line = line->next) {
    explicit_bzero(line->data, std::strlen(line->data));
  }
  curl_slist_free_all(lines);
}

bool may_be_sent_again(Method method) {  // RFC 9110 §9.2.2
  return method != Method::kPost && method != Method::kPatch;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && std::strchr(" \t\r\n", text.back()) != nullptr) text.remove_suffix(1);
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  return text;
}

// The address itself, in network order; empty for a family that is neither IPv4 nor IPv6.
std::string address_of(const curl_sockaddr& address) {
  if (address.family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address.addr, sizeof v4);
    return std::string(reinterpret_cast<const char*>(&v4.sin_addr), sizeof v4.sin_addr);
  }
  if (address.family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address.addr, sizeof v6);
    return std::string(reinterpret_cast<const char*>(&v6.sin6_addr), sizeof v6.sin6_addr);
  }
  return {};
}

bool is_in_reach(Reach reach, const curl_sockaddr& address) {
  if (reach == Reach::kAnywhere) return true;
  const std::string bytes = address_of(address);
  if (is_public_address(bytes)) return true;
  return reach == Reach::kPublicAndLoopback && is_loopback_address(bytes);
}

}  // namespace

CurlTransfer::CurlTransfer(const CurlOptions& options)
    : easy_(curl_easy_init()), reach_(options.reach) {
  ASSERT(easy_ != nullptr);
  set(easy_, CURLOPT_PRIVATE, this);
  set(easy_, CURLOPT_NOSIGNAL, 1L);
  set(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy_, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy_, CURLOPT_PROXY, "");  // also keeps http_proxy and its like from counting
  set(easy_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(easy_, CURLOPT_PATH_AS_IS, 1L);
  set(easy_, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  set(easy_, CURLOPT_TCP_NODELAY, 1L);
  set(easy_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout_ms));
  set(easy_, CURLOPT_MAXAGE_CONN, static_cast<long>(limits::kIdleConnectionSecondsMax));
  set(easy_, CURLOPT_MAXLIFETIME_CONN, static_cast<long>(limits::kConnectionSecondsMax));
  set(easy_, CURLOPT_QUICK_EXIT, 1L);  // giving up must not wait for a name being resolved
  set(easy_, CURLOPT_USERAGENT, options.user_agent.c_str());
  if (!options.ca_file.empty()) set(easy_, CURLOPT_CAINFO, options.ca_file.c_str());
  set(easy_, CURLOPT_ERRORBUFFER, failure_);
  set(easy_, CURLOPT_HEADERFUNCTION, &CurlTransfer::on_header);
  set(easy_, CURLOPT_HEADERDATA, this);
  set(easy_, CURLOPT_WRITEFUNCTION, &CurlTransfer::on_body);
  set(easy_, CURLOPT_WRITEDATA, this);
  set(easy_, CURLOPT_PREREQFUNCTION, &CurlTransfer::before_sending);
  set(easy_, CURLOPT_PREREQDATA, this);
  set(easy_, CURLOPT_OPENSOCKETFUNCTION, &CurlTransfer::open_socket);
  set(easy_, CURLOPT_OPENSOCKETDATA, this);
}

CurlTransfer::~CurlTransfer() {
  clear();
  curl_easy_cleanup(easy_);
}

CurlTransfer& CurlTransfer::of(CURL* easy) {
  void* self = nullptr;
  ASSERT(curl_easy_getinfo(easy, CURLINFO_PRIVATE, &self) == CURLE_OK && self != nullptr);
  return *static_cast<CurlTransfer*>(self);
}

void CurlTransfer::prepare(HttpRequest request) {
  request_ = std::move(request);
  set(easy_, CURLOPT_URL, request_.url.c_str());
  set_method();
  set_headers();
}

void CurlTransfer::set_method() {
  const bool has_body = !request_.body.empty() || request_.method == Method::kPost ||
                        request_.method == Method::kPut || request_.method == Method::kPatch;
  set(easy_, CURLOPT_HTTPGET, 1L);  // undoes what an earlier exchange set
  set(easy_, CURLOPT_CUSTOMREQUEST, static_cast<const char*>(nullptr));
  if (has_body) {
    set(easy_, CURLOPT_POST, 1L);
    set(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    set(easy_, CURLOPT_POSTFIELDS, request_.body.data());
  } else if (request_.method == Method::kHead) {
    set(easy_, CURLOPT_NOBODY, 1L);
  }
  set(easy_, CURLOPT_CUSTOMREQUEST, to_string(request_.method).data());  // a literal: ends in NUL
}

void CurlTransfer::set_headers() {
  const auto append = [this](const std::string& line) {
    curl_slist* longer = curl_slist_append(header_lines_, line.c_str());
    ASSERT(longer != nullptr);
    header_lines_ = longer;
  };
  append("Expect:");  // no 100-continue round trip
  if (request_.headers.count("content-type") == 0) append("Content-Type:");
  std::string line;
  for (std::size_t i = 0; i < request_.headers.size(); ++i) {
    const Headers::Field field = request_.headers.at(i);
    line.assign(field.name);
    // libcurl's way to write an empty value is "Name;".
    line.append(field.value.empty() ? ";" : ": ").append(field.value);
    append(line);
  }
  if (!request_.authorization.empty()) {
    line.assign("Authorization: ").append(request_.authorization.reveal());
    append(line);
    wipe(line);
  }
  set(easy_, CURLOPT_HTTPHEADER, header_lines_);
}

void CurlTransfer::clear() {
  set(easy_, CURLOPT_HTTPHEADER, static_cast<curl_slist*>(nullptr));
  set(easy_, CURLOPT_POSTFIELDS, static_cast<char*>(nullptr));
  wipe_lines(std::exchange(header_lines_, nullptr));
  wipe(request_.body);
  request_ = {};
  response_ = {};
  header_bytes_ = 0;
  head_complete_ = body_began_ = too_large_ = sent_ = out_of_reach_ = false;
  failure_[0] = '\0';
}

std::size_t CurlTransfer::on_header(char* line, std::size_t size, std::size_t count, void* self) {
  const std::size_t bytes = size * count;
  return static_cast<CurlTransfer*>(self)->take_header_line({line, bytes}) ? bytes : 0;
}

bool CurlTransfer::take_header_line(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > limits::kResponseHeaderBytesMax) {
    too_large_ = true;
    return false;
  }
  if (body_began_) return true;  // trailers say nothing here
  if (line.starts_with("HTTP/")) {
    response_.headers.clear();  // a 1xx response came before
    head_complete_ = false;
    return true;
  }
  if (trim(line).empty()) {
    head_complete_ = true;
    return true;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0 || line.front() == ' ' ||
      line.front() == '\t') {
    return true;  // nothing, or a folded line, which RFC 9112 §5.2 made obsolete
  }
  response_.headers.add(line.substr(0, colon), trim(line.substr(colon + 1)));
  return true;
}

std::size_t CurlTransfer::on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
  const std::size_t total = size * count;
  return static_cast<CurlTransfer*>(self)->take_body({bytes, total}) ? total : CURL_WRITEFUNC_ERROR;
}

bool CurlTransfer::take_body(std::string_view bytes) {
  body_began_ = true;
  if (bytes.size() > request_.response_bytes_max - response_.body.size()) {
    too_large_ = true;
    return false;
  }
  response_.body.append(bytes);
  return true;
}

// libcurl calls this for every attempt. A second one means that a kept-alive connection broke.
int CurlTransfer::before_sending(void* self, char*, char*, int, int) {
  auto& transfer = *static_cast<CurlTransfer*>(self);
  const bool again = std::exchange(transfer.sent_, true);
  return again && !may_be_sent_again(transfer.request_.method) ? CURL_PREREQFUNC_ABORT
                                                               : CURL_PREREQFUNC_OK;
}

// The name is resolved, this is the address: what is not in reach gets no socket, so that nothing
// of it depends on a second look-up (threat: DNS rebinding).
curl_socket_t CurlTransfer::open_socket(void* self, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<CurlTransfer*>(self);
  if (!is_in_reach(transfer.reach_, *address)) {
    transfer.out_of_reach_ = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

Result<HttpResponse> CurlTransfer::take_result(CURLcode code) {
  if (code == CURLE_OK && !head_complete_) code = CURLE_PARTIAL_FILE;  // libcurl lets it pass
  if (code == CURLE_OK) {
    long status = 0;
    curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    response_.status = static_cast<int>(status);
    return std::move(response_);
  }
  wipe(response_.body);
  if (too_large_) return make_error(Code::kLimit, "the answer of the server is too large");
  if (out_of_reach_) return make_error(Code::kInvalid, "the address is not a public one");
  if (code == CURLE_OPERATION_TIMEDOUT) {
    return make_error(Code::kTimeout, "the server did not answer in time");
  }
  Error error = make_error(Code::kUnavailable, "the server cannot be reached");
  return std::move(error).because(failure_[0] != '\0' ? failure_ : curl_easy_strerror(code));
}

Error CurlTransfer::make_error(Code code, const char* message) const {
  // The origin alone: paths and queries may hold what a log must not.
  const auto url = parse_url(request_.url);
  const std::string where = url.ok() ? url->origin() : std::string("?");
  return Error{code, message, request_.tag + " " + where};
}

}  // namespace mcph::net
