// How other threads reach a connection: they post to its worker, by the connection's id. The worker
// looks the id up and drops what is addressed to the dead.
//
// Bounded by construction: an exchange posts one answer, a stream one notice until the worker has
// looked, an accepted socket one adoption.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "base/http_message.h"
#include "http/transport/connection_id.h"
#include "http/transport/file_descriptor.h"
#include "http/transport/stream_queue.h"

namespace mcph::http {

// The answer to the request now being handled.
struct Answer {
  Response response;
};
// The answer is a stream; its bytes come through the queue.
struct OpenStream {
  Response head;
  std::shared_ptr<StreamQueue> queue;
};
// The stream's queue has news.
struct StreamNews {};
// Call this if the client goes before the exchange has ended.
struct WatchClient {
  std::function<void()> callback;
};

struct ConnectionMail {
  ConnectionId connection;
  std::uint64_t exchange;  // which request of that connection, counted from one
  std::variant<Answer, OpenStream, StreamNews, WatchClient> content;
};
// A socket accepted by a busier worker.
struct AdoptSocket {
  FileDescriptor socket;
  std::string peer;
};
struct ResumeAccepting {};
struct BeginDrain {};

using Mail = std::variant<ConnectionMail, AdoptSocket, ResumeAccepting, BeginDrain>;

// Thread-safe; shared by the worker and by every exchange and stream of its connections, which may
// all live longer than the worker.
class Mailbox {
 public:
  Mailbox();

  // False after close(); the mail is left as it was then.
  bool post(Mail&& mail);

  // ---- for the worker ----
  int event_fd() const noexcept { return event_.get(); }
  void set_owner_thread(std::thread::id id) noexcept {
    owner_.store(id, std::memory_order_relaxed);
  }
  // All there is, oldest first, into an empty vector.
  void take(std::vector<Mail>& into);
  // Drops what is there and what will come.
  std::vector<Mail> close();

  bool on_owner_thread() const noexcept {
    return owner_.load(std::memory_order_relaxed) == std::this_thread::get_id();
  }

 private:
  FileDescriptor event_;
  std::atomic<std::thread::id> owner_;
  std::mutex mutex_;
  bool closed_ = false;
  std::vector<Mail> mail_;
};

}  // namespace mcph::http
