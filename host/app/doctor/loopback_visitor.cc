#include "app/doctor/loopback_visitor.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

namespace mcph::app {
namespace {

constexpr char kPath[] = "/doctor";
constexpr char kThanks[] = "The doctor has what it needs. You can close this window.\n";

}  // namespace

struct LoopbackVisitor::Answer {
  std::mutex mutex;
  std::condition_variable came;
  std::optional<FormFields> parameters;

  Response take(const Request& request) {
    const auto fields = parse_form(request.query());
    if (request.method != Method::kGet || request.path() != kPath || !fields || fields->empty()) {
      return make_text_response(404, "text/plain", "There is nothing here.\n");
    }
    const std::lock_guard lock(mutex);
    if (!parameters) parameters = *fields;
    came.notify_all();
    return make_text_response(200, "text/plain", kThanks);
  }
};

LoopbackVisitor::LoopbackVisitor(std::shared_ptr<Answer> answer,
                                 std::unique_ptr<http::Server> server)
    : answer_(std::move(answer)), server_(std::move(server)) {}

LoopbackVisitor::~LoopbackVisitor() {
  constexpr Milliseconds kLastAnswer{500};
  server_->drain(kLastAnswer);
}

Result<std::unique_ptr<LoopbackVisitor>> LoopbackVisitor::open(const Clock& clock, const Log& log) {
  auto answer = std::make_shared<Answer>();
  http::ServerOptions options;
  options.workers = 1;
  auto server = TRY(http::Server::create(
      std::move(options),
      [answer](Request request, ExchangePtr exchange) { exchange->respond(answer->take(request)); },
      clock, log));
  TRY(server->start());
  return std::unique_ptr<LoopbackVisitor>(
      new LoopbackVisitor(std::move(answer), std::move(server)));
}

std::string LoopbackVisitor::redirect_uri() const {
  return "http://127.0.0.1:" + std::to_string(server_->port()) + kPath;
}

Result<FormFields> LoopbackVisitor::wait(Milliseconds patience) {
  std::unique_lock lock(answer_->mutex);
  if (!answer_->came.wait_for(lock, patience, [&] { return answer_->parameters.has_value(); })) {
    return Error{Code::kTimeout, "nobody came back from the browser", {}};
  }
  return *answer_->parameters;
}

}  // namespace mcph::app
