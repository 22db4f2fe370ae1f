// A network thread: one libcurl multi handle, the requests under way on it, and a mailbox through
// which other threads start and cancel requests.
#pragma once

#include <curl/curl.h>

#include <cstdint>
#include <memory>
#include <set>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "net/curl_client.h"
#include "net/curl_transfer.h"

namespace mcph::net {

class CurlLoop {
 public:
  CurlLoop(const CurlOptions& options, const Log& log);
  ~CurlLoop();  // ends what is under way, joins
  CurlLoop(const CurlLoop&) = delete;
  CurlLoop& operator=(const CurlLoop&) = delete;

  std::shared_ptr<RunningRequest> start(HttpRequest request, HttpClient::Done done);

 private:
  class Mailbox;
  class Handle;
  struct Submission;
  struct Running {
    std::unique_ptr<CurlTransfer> transfer;
    HttpClient::Done done;
    SteadyTime deadline;
  };

  void run();
  void take_mail();
  void begin(Submission submission);
  void end_overdue();
  void collect_finished();
  // Takes the transfer from libcurl, then tells its owner.
  void finish(std::uint64_t id, CURLcode code);
  void abandon(std::uint64_t id, Code code, const char* message);
  Running remove(std::uint64_t id);
  void keep(std::unique_ptr<CurlTransfer> transfer);
  int poll_timeout_ms() const;

  const CurlOptions options_;
  const Log& log_;
  CURLM* const multi_;
  std::shared_ptr<Mailbox> mailbox_;
  std::unordered_map<std::uint64_t, Running> running_;
  std::unordered_map<CURL*, std::uint64_t> ids_;
  std::set<std::pair<SteadyTime, std::uint64_t>> deadlines_;
  std::vector<std::unique_ptr<CurlTransfer>> idle_;
  std::vector<Submission> arrived_;
  std::vector<std::uint64_t> cancelled_;
  std::thread thread_;
};

}  // namespace mcph::net
