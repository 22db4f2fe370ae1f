#include "mcp/legacy/stream_reader.h"

#include <utility>

#include "mcp/legacy/event_id.h"
#include "mcp/reply.h"

namespace mcph::mcp {

void StreamReader::offer(const std::vector<std::string>& messages, std::int64_t last_number,
                         bool ended) {
  bool in_order = false;
  {
    const std::lock_guard lock(mutex_);
    in_order = !reading_ && last_number - static_cast<std::int64_t>(messages.size()) == position_;
    if (in_order) send(messages, last_number);
  }
  if (!in_order) return note_grown(last_number, ended);
  if (ended) end();
}

void StreamReader::offer_unlogged(const std::vector<std::string>& messages, bool ended) {
  {
    const std::lock_guard lock(mutex_);
    std::string text;
    for (const std::string& message : messages) text += make_text(message, 0);
    if (!text.empty()) connection_->send(text);
  }
  if (ended) end();
}

void StreamReader::say_message(const std::string& message) {
  const std::lock_guard lock(mutex_);
  connection_->send(make_text(message, 0));
}

void StreamReader::end() {
  connection_->close();
  on_end_(*this);
}

void StreamReader::note_grown(std::int64_t last_number, bool ended) {
  {
    const std::lock_guard lock(mutex_);
    if (last_number <= position_ && !ended) return;
  }
  catch_up();
}

void StreamReader::catch_up() {
  {
    const std::lock_guard lock(mutex_);
    if (reading_) {
      read_again_ = true;
      return;
    }
    reading_ = true;
  }
  if (parts_.executor.submit([self = shared_from_this()] { self->read(); })) return;
  // The client comes back by itself, to a host that has time for it.
  end();
}

void StreamReader::read() {
  for (;;) {
    switch (read_once()) {
      case Read::kFailed:  // the client may try again
      case Read::kEnded:
        return end();
      case Read::kDone:
        break;
    }
    const std::lock_guard lock(mutex_);
    if (!std::exchange(read_again_, false)) {
      reading_ = false;
      return;
    }
  }
}

StreamReader::Read StreamReader::read_once() {
  std::int64_t position = 0;
  {
    const std::lock_guard lock(mutex_);
    position = position_;
  }
  const auto reading = parts_.log.read(name_, position);
  if (!reading.ok()) {
    parts_.diary.failure(LogLevel::kWarn, "mcp.event_log", reading.error());
    return Read::kFailed;
  }
  std::vector<std::string> messages;
  for (const LoggedEvent& event : reading->events) {
    const auto message = parts_.sealer.open(event.sealed, name_);
    if (!message) {
      parts_.diary.warn("mcp.event_unreadable");
      return Read::kFailed;
    }
    messages.emplace_back(message->reveal());
  }
  if (wire_ == Wire::kNamed && !messages.empty()) {
    const Result<> forgotten = parts_.log.forget(name_, reading->events.back().number);
    if (!forgotten.ok()) {
      parts_.diary.failure(LogLevel::kWarn, "mcp.event_log", forgotten.error());
    }
  }
  const std::lock_guard lock(mutex_);
  if (!messages.empty()) send(messages, reading->events.back().number);
  return reading->status.ended ? Read::kEnded : Read::kDone;
}

// In one piece: a queue of the transport takes a large one only while it is empty.
void StreamReader::send(const std::vector<std::string>& messages, std::int64_t last_number) {
  std::string text;
  std::int64_t number = last_number - static_cast<std::int64_t>(messages.size());
  for (const std::string& message : messages) text += make_text(message, ++number);
  if (!text.empty()) connection_->send(text);
  position_ = last_number;
}

std::string StreamReader::make_text(const std::string& message, std::int64_t number) const {
  if (wire_ == Wire::kNamed) return "event: message\n" + make_event(message);
  if (number == 0) return make_event(message);
  return make_event(message, make_event_id(name_, number));
}

}  // namespace mcph::mcp
