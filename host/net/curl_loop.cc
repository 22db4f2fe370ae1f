#include "net/curl_loop.h"

#include <pthread.h>

#include <algorithm>
#include <mutex>
#include <string>

#include "base/assert.h"
#include "net/limits.h"

namespace mcph::net {
namespace {

constexpr int kIdlePollMs = 10'000;  // nothing under way: libcurl only prunes idle connections

SteadyTime now() {
  return std::chrono::steady_clock::now();
}

SteadyTime deadline_of(const HttpRequest& request) {
  const SteadyTime end = now() + Milliseconds(std::max<std::int64_t>(request.timeout_ms, 0));
  return request.deadline ? std::min(end, *request.deadline) : end;
}

}  // namespace

struct CurlLoop::Submission {
  std::uint64_t id = 0;
  HttpRequest request;
  HttpClient::Done done;
  SteadyTime deadline;
};

// Outlives the loop as long as somebody holds a handle. The lock also guards the multi handle
// against being woken after its end.
class CurlLoop::Mailbox {
 public:
  Mailbox(CURLM* multi, std::size_t requests_max) : multi_(multi), requests_max_(requests_max) {}

  // The id, or 0 when there are too many already.
  std::uint64_t post(Submission& submission) {
    const std::lock_guard lock(mutex_);
    if (closed_ || open_ >= requests_max_) return 0;
    ++open_;
    submission.id = next_id_++;
    const std::uint64_t id = submission.id;
    submissions_.push_back(std::move(submission));
    wake();
    return id;
  }

  void post_cancel(std::uint64_t id) {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    cancels_.push_back(id);
    wake();
  }

  void post_stop() {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    wake();
  }

  // False once stop was asked for. Both vectors come in empty.
  bool take(std::vector<Submission>& submissions, std::vector<std::uint64_t>& cancels) {
    const std::lock_guard lock(mutex_);
    woken_ = false;
    submissions_.swap(submissions);
    cancels_.swap(cancels);
    return !stopping_;
  }

  void count_ended() {
    const std::lock_guard lock(mutex_);
    --open_;
  }

  // Takes the last mail; from now on nothing is accepted.
  void close(std::vector<Submission>& submissions) {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    submissions_.swap(submissions);
  }

 private:
  void wake() {
    if (!std::exchange(woken_, true)) curl_multi_wakeup(multi_);
  }

  CURLM* const multi_;
  const std::size_t requests_max_;
  std::mutex mutex_;
  std::vector<Submission> submissions_;
  std::vector<std::uint64_t> cancels_;
  std::size_t open_ = 0;
  std::uint64_t next_id_ = 1;
  bool woken_ = false;
  bool stopping_ = false;
  bool closed_ = false;
};

class CurlLoop::Handle final : public RunningRequest {
 public:
  Handle(std::shared_ptr<Mailbox> mailbox, std::uint64_t id)
      : mailbox_(std::move(mailbox)), id_(id) {}
  void cancel() override { mailbox_->post_cancel(id_); }

 private:
  const std::shared_ptr<Mailbox> mailbox_;
  const std::uint64_t id_;
};

CurlLoop::CurlLoop(const CurlOptions& options, const Log& log)
    : options_(options), log_(log), multi_(curl_multi_init()) {
  ASSERT(multi_ != nullptr);
  const auto as_long = [](std::size_t n) { return static_cast<long>(n); };
  curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS,
                    as_long(options.connections_per_host_max));
  curl_multi_setopt(multi_, CURLMOPT_MAX_TOTAL_CONNECTIONS, as_long(options.connections_max));
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, as_long(options.connections_max));
  mailbox_ = std::make_shared<Mailbox>(multi_, options.requests_max);
  thread_ = std::thread([this] { run(); });
  pthread_setname_np(thread_.native_handle(), "http-out");
}

CurlLoop::~CurlLoop() {
  mailbox_->post_stop();
  thread_.join();
  idle_.clear();
  curl_multi_cleanup(multi_);
}

std::shared_ptr<RunningRequest> CurlLoop::start(HttpRequest request, HttpClient::Done done) {
  Submission submission;
  submission.deadline = deadline_of(request);
  submission.request = std::move(request);
  submission.done = std::move(done);
  const std::uint64_t id = mailbox_->post(submission);
  if (id == 0) {
    submission.done(
        Error{Code::kUnavailable, "too many outgoing requests at once", submission.request.tag});
  }
  return std::make_shared<Handle>(mailbox_, id);
}

void CurlLoop::run() {
  while (mailbox_->take(arrived_, cancelled_)) {
    take_mail();
    int still_running = 0;
    curl_multi_perform(multi_, &still_running);
    collect_finished();
    end_overdue();
    curl_multi_poll(multi_, nullptr, 0, poll_timeout_ms(), nullptr);
  }
  take_mail();  // what came with the stop
  mailbox_->close(arrived_);
  take_mail();
  while (!running_.empty()) {
    abandon(running_.begin()->first, Code::kUnavailable, "the host is shutting down");
  }
}

void CurlLoop::take_mail() {
  for (Submission& submission : arrived_) begin(std::move(submission));
  for (const std::uint64_t id : cancelled_) {
    if (running_.count(id) != 0) abandon(id, Code::kUnavailable, "the request was cancelled");
  }
  arrived_.clear();
  cancelled_.clear();
}

void CurlLoop::begin(Submission submission) {
  std::unique_ptr<CurlTransfer> transfer;
  if (idle_.empty()) {
    transfer = std::make_unique<CurlTransfer>(options_);
  } else {
    transfer = std::move(idle_.back());
    idle_.pop_back();
  }
  transfer->prepare(std::move(submission.request));
  CURL* const easy = transfer->easy();
  ASSERT(curl_multi_add_handle(multi_, easy) == CURLM_OK);
  ids_[easy] = submission.id;
  deadlines_.emplace(submission.deadline, submission.id);
  running_.emplace(submission.id,
                   Running{std::move(transfer), std::move(submission.done), submission.deadline});
}

// Our own timer, because libcurl's does not count while a request waits for a free connection.
void CurlLoop::end_overdue() {
  while (!deadlines_.empty() && deadlines_.begin()->first <= now()) {
    abandon(deadlines_.begin()->second, Code::kTimeout, "the server did not answer in time");
  }
}

void CurlLoop::collect_finished() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg == CURLMSG_DONE) {
      finish(ids_.at(message->easy_handle), message->data.result);
    }
  }
}

void CurlLoop::finish(std::uint64_t id, CURLcode code) {
  Running ended = remove(id);
  Result<HttpResponse> result = ended.transfer->take_result(code);
  if (!result.ok()) log_.failure(LogLevel::kDebug, "http.failed", result.error());
  keep(std::move(ended.transfer));
  ended.done(std::move(result));
}

void CurlLoop::abandon(std::uint64_t id, Code code, const char* message) {
  Running ended = remove(id);
  Error error = ended.transfer->make_error(code, message);
  log_.failure(LogLevel::kDebug, "http.failed", error);
  keep(std::move(ended.transfer));
  ended.done(std::move(error));
}

CurlLoop::Running CurlLoop::remove(std::uint64_t id) {
  const auto found = running_.find(id);
  ASSERT(found != running_.end());
  Running ended = std::move(found->second);
  running_.erase(found);
  ids_.erase(ended.transfer->easy());
  deadlines_.erase({ended.deadline, id});
  curl_multi_remove_handle(multi_, ended.transfer->easy());
  mailbox_->count_ended();
  return ended;
}

void CurlLoop::keep(std::unique_ptr<CurlTransfer> transfer) {
  transfer->clear();
  if (idle_.size() < limits::kIdleHandlesMax) idle_.push_back(std::move(transfer));
}

int CurlLoop::poll_timeout_ms() const {
  if (deadlines_.empty()) return kIdlePollMs;
  const auto left = std::chrono::ceil<Milliseconds>(deadlines_.begin()->first - now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, kIdlePollMs));
}

}  // namespace mcph::net
