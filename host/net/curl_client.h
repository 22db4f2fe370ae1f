// The real HttpClient: libcurl, which stays inside this folder. One or more network threads, each
// with its own multi handle and its own pool of kept-alive connections.
//
// Certificates are verified, the environment's proxy settings are ignored, answers are not
// decompressed, and a POST or PATCH is never sent twice: when a kept-alive connection breaks under
// it, that is kUnavailable, although libcurl would try again.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "net/http_client.h"
#include "observability/log.h"

namespace mcph::net {

// Where the client connects to. Judged by the address it is about to connect to, after the name was
// resolved: what a name leads to a moment later does not count.
enum class Reach {
  kAnywhere,           // whatever the operator configured
  kPublic,             // public addresses only: URLs that strangers named
  kPublicAndLoopback,  // in development
};

struct CurlOptions {
  Reach reach = Reach::kAnywhere;
  std::size_t threads = 1;  // one carries some 20,000 small exchanges a second
  std::int64_t connect_timeout_ms = 3'000;
  std::size_t connections_per_host_max = 64;  // together, over all threads
  std::size_t connections_max = 256;          // together; further requests wait for one
  std::size_t requests_max = 4'096;           // together; further ones are kUnavailable at once
  std::string ca_file;                        // PEM; empty: the system's certificates
  std::string user_agent = "mcp-host";
};

class CurlLoop;

// Thread-safe. The destructor ends what is under way (kUnavailable) and joins.
class CurlClient final : public HttpClient {
 public:
  CurlClient(const CurlOptions& options, const Log& log);
  ~CurlClient() override;

  std::shared_ptr<RunningRequest> start(HttpRequest request, Done done) override;

 private:
  std::vector<std::unique_ptr<CurlLoop>> loops_;
  std::atomic<std::size_t> next_{0};
};

}  // namespace mcph::net
