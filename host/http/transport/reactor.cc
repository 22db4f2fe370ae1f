// Pistache first: it defines a macro TRY of its own.
#include <pistache/os.h>
#include <pistache/reactor.h>
#undef TRY

#include <utility>

#include "http/transport/reactor.h"

namespace mcph::http {
namespace {

using Pistache::Flags;
using Pistache::Polling::NotifyOn;
using Pistache::Polling::Tag;

Flags<NotifyOn> to_flags(Interest interest) {
  Flags<NotifyOn> flags;
  const unsigned bits = static_cast<unsigned>(interest);
  if (bits & static_cast<unsigned>(Interest::kRead)) flags.setFlag(NotifyOn::Read);
  if (bits & static_cast<unsigned>(Interest::kWrite)) flags.setFlag(NotifyOn::Write);
  return flags;
}

}  // namespace

bool Poller::add(int fd, Interest interest, std::uint64_t tag) noexcept {
  try {
    epoll_->addFd(fd, to_flags(interest), Tag(tag));
    return true;
  } catch (...) {
    return false;
  }
}

bool Poller::change(int fd, Interest interest, std::uint64_t tag) noexcept {
  try {
    epoll_->rearmFd(fd, to_flags(interest), Tag(tag));
    return true;
  } catch (...) {
    return false;
  }
}

void Poller::remove(int fd) noexcept {
  try {
    epoll_->removeFd(fd);
  } catch (...) {
    // It was not registered: that is what was wanted.
  }
}

// Pistache clones its one handler for every thread; each clone takes the next loop. Exactly one
// handler a reactor: more are broken in 0.0.5.
class Reactor::Adapter final : public Pistache::Aio::Handler {
 public:
  explicit Adapter(std::vector<EventLoop*> loops)
      : loops_(std::make_shared<Queue>(Queue{std::move(loops), 0})) {}
  explicit Adapter(EventLoop& loop) : loop_(&loop) {}

  std::shared_ptr<Pistache::Aio::Handler> clone() const override {
    return std::make_shared<Adapter>(*loops_->loops.at(loops_->next++));
  }

  void registerPoller(Pistache::Polling::Epoll& poller) override { loop_->attach(Poller(poller)); }

  // An exception leaving here would end the process.
  void onReady(const Pistache::Aio::FdSet& fds) override {
    loop_->begin_batch();
    for (std::size_t i = 0; i < fds.size(); ++i) {
      const auto& entry = fds[i];
      const Readiness readiness{entry.getTag().value(), entry.isReadable(), entry.isWritable(),
                                entry.isHangup()};
      try {
        loop_->on_ready(readiness);
      } catch (...) {
        loop_->on_exception(readiness.tag);
      }
    }
    loop_->end_batch();
  }

 private:
  struct Queue {
    std::vector<EventLoop*> loops;
    std::size_t next;
  };

  std::shared_ptr<Queue> loops_;
  EventLoop* loop_ = nullptr;
};

struct Reactor::Threads {
  Pistache::Aio::Reactor reactor;
  bool running = false;
};

Result<std::unique_ptr<Reactor>> Reactor::create(const std::string& thread_name,
                                                 std::vector<EventLoop*> loops) {
  try {
    auto threads = std::make_unique<Threads>();
    threads->reactor.init(Pistache::Aio::AsyncContext(loops.size(), thread_name));
    threads->reactor.addHandler(std::make_shared<Adapter>(std::move(loops)));
    return std::unique_ptr<Reactor>(new Reactor(std::move(threads)));
  } catch (const std::exception& failure) {
    return Error{Code::kInternal, "the event loops cannot be set up", failure.what()};
  }
}

Reactor::Reactor(std::unique_ptr<Threads> threads) : threads_(std::move(threads)) {}

Reactor::~Reactor() {
  stop();
}

Result<> Reactor::start() {
  try {
    threads_->running = true;
    threads_->reactor.run();
    return Ok{};
  } catch (const std::exception& failure) {
    return Error{Code::kInternal, "the worker threads cannot be started", failure.what()};
  }
}

void Reactor::stop() {
  if (!threads_) return;
  if (threads_->running) threads_->reactor.shutdown();
  threads_.reset();  // joins
}

}  // namespace mcph::http
