// One exchange on one libcurl easy handle, used again for later exchanges. Belongs to one CurlLoop
// and its thread.
#pragma once

#include <curl/curl.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "net/curl_client.h"
#include "net/http_client.h"

namespace mcph::net {

class CurlTransfer {
 public:
  explicit CurlTransfer(const CurlOptions& options);
  ~CurlTransfer();
  CurlTransfer(const CurlTransfer&) = delete;
  CurlTransfer& operator=(const CurlTransfer&) = delete;

  CURL* easy() const noexcept { return easy_; }
  // The transfer a finished easy handle belongs to.
  static CurlTransfer& of(CURL* easy);

  void prepare(HttpRequest request);
  // What became of it, once libcurl is done with the handle.
  Result<HttpResponse> take_result(CURLcode code);
  // For a transfer ended by the loop: timed out, cancelled, shutting down.
  Error make_error(Code code, const char* message) const;
  // Forgets the exchange, wiping what may be secret.
  void clear();

 private:
  static std::size_t on_header(char* line, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self);
  static int before_sending(void* self, char*, char*, int, int);
  static curl_socket_t open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);

  void set_method();
  void set_headers();
  bool take_header_line(std::string_view line);
  bool take_body(std::string_view bytes);

  CURL* easy_;
  const Reach reach_;
  curl_slist* header_lines_ = nullptr;
  HttpRequest request_;
  HttpResponse response_;
  std::size_t header_bytes_ = 0;
  bool head_complete_ = false;
  bool body_began_ = false;
  bool too_large_ = false;
  bool sent_ = false;
  bool out_of_reach_ = false;
  char failure_[CURL_ERROR_SIZE] = {};
};

}  // namespace mcph::net
