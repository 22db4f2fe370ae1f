#include "mcp/legacy/stream_writer.h"

#include <utility>

#include "mcp/legacy/event_id.h"
#include "mcp/limits.h"

namespace mcph::mcp {

void StreamWriter::write(std::string message) {
  std::unique_lock lock(mutex_);
  if (finished_) return;
  queue_.messages.push_back(std::move(message));
  start(std::move(lock));
}

void StreamWriter::finish(std::string message) {
  std::unique_lock lock(mutex_);
  if (std::exchange(finished_, true)) return;
  if (!message.empty()) queue_.messages.push_back(std::move(message));
  queue_.ended = true;
  start(std::move(lock));
}

void StreamWriter::release() {
  std::unique_lock lock(mutex_);
  if (finished_) return;
  queue_.release = true;
  start(std::move(lock));
}

void StreamWriter::start(std::unique_lock<std::mutex> lock) {
  if (std::exchange(running_, true)) return;
  const bool logged = !unlogged_;
  lock.unlock();
  if (logged && parts_.executor.submit([self = shared_from_this()] { self->run(); })) return;
  run_unlogged({});
}

StreamWriter::Batch StreamWriter::take() {
  const std::lock_guard lock(mutex_);
  Batch batch = std::exchange(queue_, {});
  if (batch.empty()) running_ = false;
  return batch;
}

void StreamWriter::run() {
  for (Batch batch = take(); !batch.empty(); batch = take()) {
    if (!open() || !store(batch)) return run_unlogged(std::move(batch));
    if (batch.release && !batch.ended) let_go();
  }
}

// Once an event is not in the log, no later one may be: the stream would have a hole.
void StreamWriter::run_unlogged(Batch batch) {
  {
    const std::lock_guard lock(mutex_);
    unlogged_ = true;
  }
  if (batch.empty()) batch = take();
  for (; !batch.empty(); batch = take()) {
    const StreamReaderPtr reader = readers_.find(name_);
    if (reader != nullptr) reader->offer_unlogged(batch.messages, batch.ended);
  }
}

bool StreamWriter::open() {
  if (opened_) return true;
  const UnixTime end = parts_.clock.now() + limits::kRunningStreamKept;
  const Result<> opened = parts_.log.open({name_, session_hash_, false, end});
  if (!opened.ok()) {
    parts_.diary.failure(LogLevel::kWarn, "mcp.event_log", opened.error());
    return false;
  }
  opened_ = true;
  if (const StreamReaderPtr reader = readers_.find(name_)) {
    reader->say(make_priming_event(make_event_id(name_, 0)));
  }
  return true;
}

bool StreamWriter::store(const Batch& batch) {
  if (batch.messages.empty() && !batch.ended) return true;
  EventLog::Addition addition;
  addition.name = name_;
  for (const std::string& message : batch.messages) {
    addition.sealed.push_back(parts_.sealer.seal(message, name_));
  }
  addition.last = batch.ended;
  addition.bytes_max = limits::kStreamLogBytesMax;
  addition.expires_at =
      parts_.clock.now() + (batch.ended ? limits::kEndedStreamKept : limits::kRunningStreamKept);
  const auto last = parts_.log.append(addition);
  if (!last.ok()) {
    parts_.diary.failure(LogLevel::kWarn, "mcp.event_log", last.error());
    // Who comes back must not wait for what will never be there.
    if (stream_ == Stream::kOfOneAnswer) (void)parts_.log.remove(name_);
    return false;
  }
  const StreamReaderPtr reader = readers_.find(name_);
  if (reader != nullptr) reader->offer(batch.messages, *last, batch.ended);
  return true;
}

void StreamWriter::let_go() {
  const StreamReaderPtr reader = readers_.find(name_);
  if (reader != nullptr) reader->end();
}

}  // namespace mcph::mcp
