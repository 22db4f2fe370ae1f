// The GET stream of a legacy session: the channel on which the server speaks without being asked,
// here of what was announced. From 2025-11-25 on its events have ids, with which a client that lost
// the connection comes back, to any host, and hears what it missed. Thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/executor.h"
#include "base/http_message.h"
#include "base/random.h"
#include "mcp/legacy/sessions.h"
#include "mcp/subscriptions/announcement_log.h"
#include "mcp/subscriptions/fan_out.h"
#include "mcp/subscriptions/open_stream.h"
#include "observability/log.h"

namespace mcph::mcp {

// What all of them need; outlives them.
struct GetStreamParts {
  Sessions& sessions;
  AnnouncementLog& announcements;
  FanOut& fan_out;
  Executor& executor;
  Random& random;
  const Log& log;
};

class GetStream final : public OpenStream, public std::enable_shared_from_this<GetStream> {
 public:
  // `event_prefix` comes before the data of each event: the event's name where it needs one.
  GetStream(const GetStreamParts& parts, std::shared_ptr<EventStream> connection,
            OpenSessionPtr session, std::string event_prefix = {});

  // Once, after it was opened: begins with what is announced from now on …
  void begin();
  // … or with what was announced after that number. begin() or this one.
  void resume_after(std::int64_t number);

  void hear(const Bulletin& bulletin) override;
  void end() override { connection_->close(); }

 private:
  bool is_resumable() const noexcept;
  bool wants(const Bulletin& bulletin) const;
  void say(const Bulletin& bulletin);
  void hear_later(const Bulletin& bulletin);
  void replay(std::int64_t after);
  std::int64_t say_missed(std::int64_t after, std::int64_t known,
                          std::vector<NumberedAnnouncement> missed);

  const GetStreamParts& parts_;
  const std::shared_ptr<EventStream> connection_;
  const OpenSessionPtr session_;
  const std::string event_prefix_;
  const std::string name_;
  std::mutex mutex_;
  bool replaying_ = false;
  bool heard_more_ = false;   // while replaying
  std::size_t deferred_ = 0;  // wait for the session's state; nothing may be numbered before them
};

}  // namespace mcph::mcp
