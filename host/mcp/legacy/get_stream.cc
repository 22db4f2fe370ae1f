#include "mcp/legacy/get_stream.h"

#include <algorithm>
#include <utility>

#include "base/encoding.h"
#include "mcp/legacy/event_id.h"
#include "mcp/limits.h"
#include "mcp/reply.h"

namespace mcph::mcp {
namespace {

using Kind = Announcement::Kind;

constexpr std::size_t kNonceBytes = 6;

// Of equal announcements the last one stays.
void fold(std::vector<NumberedAnnouncement>& missed) {
  for (std::size_t i = 0; i < missed.size();) {
    const bool again = std::any_of(
        missed.begin() + static_cast<std::ptrdiff_t>(i) + 1, missed.end(),
        [&](const NumberedAnnouncement& later) { return later.what == missed[i].what; });
    if (again) {
      missed.erase(missed.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      ++i;
    }
  }
}

}  // namespace

GetStream::GetStream(const GetStreamParts& parts, std::shared_ptr<EventStream> connection,
                     OpenSessionPtr session, std::string event_prefix)
    : parts_(parts),
      connection_(std::move(connection)),
      session_(std::move(session)),
      event_prefix_(std::move(event_prefix)),
      name_(make_get_stream_name(session_->id_hash)) {}

bool GetStream::is_resumable() const noexcept {
  return session_->session.version >= Version::k2025_11_25;
}

void GetStream::begin() {
  if (!is_resumable()) return;
  // The number was given before, to another event; the nonce keeps ids unique in the session.
  connection_->send(make_priming_event(make_event_id(name_, parts_.fan_out.last()) + '.' +
                                       to_base64url(parts_.random.bytes(kNonceBytes))));
}

void GetStream::hear(const Bulletin& bulletin) {
  {
    const std::lock_guard lock(mutex_);
    if (replaying_) {
      heard_more_ = true;
      return;
    }
  }
  // Whether a session is subscribed may have changed since we asked.
  if (bulletin.what.kind == Kind::kResourceUpdated && session_->changed) {
    return hear_later(bulletin);
  }
  if (wants(bulletin)) say(bulletin);
}

bool GetStream::wants(const Bulletin& bulletin) const {
  return bulletin.what.kind != Kind::kResourceUpdated || session_->is_subscribed(bulletin.uri_hash);
}

void GetStream::say(const Bulletin& bulletin) {
  bool numbered = false;
  {
    const std::lock_guard lock(mutex_);
    numbered = bulletin.number != 0 && deferred_ == 0 && is_resumable();
  }
  std::string event = event_prefix_;
  event += numbered ? make_event(bulletin.message, make_event_id(name_, bulletin.number))
                    : make_event(bulletin.message);
  connection_->send(event);
}

void GetStream::hear_later(const Bulletin& bulletin) {
  {
    const std::lock_guard lock(mutex_);
    ++deferred_;
  }
  const bool taken = parts_.executor.submit([self = shared_from_this(), bulletin] {
    const Result<> fresh = self->parts_.sessions.refresh(*self->session_);
    if (!fresh.ok()) {
      self->parts_.log.failure(LogLevel::kWarn, "mcp.session_store", fresh.error());
    }
    if (self->wants(bulletin)) self->say(bulletin);
    const std::lock_guard lock(self->mutex_);
    --self->deferred_;
  });
  if (taken) return;
  const std::lock_guard lock(mutex_);
  --deferred_;
}

void GetStream::resume_after(std::int64_t number) {
  {
    const std::lock_guard lock(mutex_);
    replaying_ = true;
  }
  const bool taken =
      parts_.executor.submit([self = shared_from_this(), number] { self->replay(number); });
  if (taken) return;
  // The client is better off coming back in a moment than not knowing what it missed.
  connection_->close();
}

void GetStream::replay(std::int64_t after) {
  for (;;) {
    const std::int64_t known = parts_.fan_out.last();
    auto missed = parts_.announcements.load_after(after, limits::kAnnouncementsReplayedMax);
    if (!missed.ok()) {
      parts_.log.failure(LogLevel::kWarn, "mcp.announcement_log", missed.error());
      return connection_->close();
    }
    after = say_missed(after, known, std::move(missed).value());
    const std::lock_guard lock(mutex_);
    if (!std::exchange(heard_more_, false)) {
      replaying_ = false;
      return;
    }
  }
}

// The number behind which the stream stands now. `known` was announced before `missed` was loaded.
std::int64_t GetStream::say_missed(std::int64_t after, std::int64_t known,
                                   std::vector<NumberedAnnouncement> missed) {
  const std::int64_t last = missed.empty() ? std::max(after, known) : missed.back().number;
  const std::int64_t first = missed.empty() ? last + 1 : missed.front().number;
  if (first > after + 1 || missed.size() >= limits::kAnnouncementsReplayedMax) {
    // Some are forgotten already, or too many: whatever they were, the lists say it now.
    for (const Kind kind : {Kind::kToolsChanged, Kind::kPromptsChanged, Kind::kResourcesChanged}) {
      say(make_bulletin({kind, {}}, 0));
    }
  }
  fold(missed);
  for (NumberedAnnouncement& one : missed) {
    const Bulletin bulletin = make_bulletin(std::move(one.what), one.number);
    if (wants(bulletin)) say(bulletin);
  }
  return last;
}

}  // namespace mcph::mcp
