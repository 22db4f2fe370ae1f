// An exchange that keeps what it is answered, so that a test can look at it. Thread-safe.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/http_message.h"

namespace mcph::test {

class RecordingStream final : public EventStream {
 public:
  bool send(std::string_view events) override {
    const std::lock_guard lock(mutex_);
    if (closed_ || gone_) return false;
    text_ += events;
    return true;
  }
  void close() override {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  void go_away() {
    const std::lock_guard lock(mutex_);
    gone_ = true;
  }
  std::string text() const {
    const std::lock_guard lock(mutex_);
    return text_;
  }
  bool closed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
  }

 private:
  mutable std::mutex mutex_;
  std::string text_;
  bool closed_ = false;
  bool gone_ = false;
};

class RecordingExchange final : public Exchange {
 public:
  void respond(Response response) override {
    const std::lock_guard lock(mutex_);
    if (response_ || stream_) return;
    response_ = std::move(response);
    answered_.notify_all();
  }
  std::shared_ptr<EventStream> open_stream(Response head) override {
    const std::lock_guard lock(mutex_);
    auto stream = std::make_shared<RecordingStream>();
    if (!response_ && !stream_) {
      stream_ = stream;
      head_ = std::move(head);
    }
    answered_.notify_all();
    return stream;
  }
  void on_client_gone(std::function<void()> callback) override {
    const std::lock_guard lock(mutex_);
    callbacks_.push_back(std::move(callback));
  }

  // The client hangs up.
  void go_away() {
    std::vector<std::function<void()>> callbacks;
    {
      const std::lock_guard lock(mutex_);
      callbacks.swap(callbacks_);
      if (stream_) stream_->go_away();
    }
    for (const auto& callback : callbacks) callback();
  }

  // Waits for an answer of either kind.
  bool wait() {
    std::unique_lock lock(mutex_);
    return answered_.wait_for(lock, std::chrono::seconds(10),
                              [this] { return response_ || stream_; });
  }
  bool answered() {
    const std::lock_guard lock(mutex_);
    return response_ || stream_;
  }
  std::optional<Response> response() {
    const std::lock_guard lock(mutex_);
    return response_;
  }
  std::shared_ptr<RecordingStream> stream() {
    const std::lock_guard lock(mutex_);
    return stream_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable answered_;
  std::optional<Response> response_;
  std::shared_ptr<RecordingStream> stream_;
  Response head_;
  std::vector<std::function<void()>> callbacks_;
};

}  // namespace mcph::test
