// What a plugin announces to all clients, whichever host they are connected to. Implemented by
// store/, which tells every host; each hands it to its endpoint. Thread-safe, never blocks; an
// announcement that cannot be told is logged and lost, as notifications are hints.
#pragma once

#include <string>

namespace mcph::mcp {

struct Announcement {
  enum class Kind { kToolsChanged, kPromptsChanged, kResourcesChanged, kResourceUpdated };
  Kind kind = Kind::kToolsChanged;
  std::string uri;  // of the resource that was updated

  friend bool operator==(const Announcement&, const Announcement&) = default;
};

class Announcer {
 public:
  virtual ~Announcer() = default;
  virtual void announce(Announcement what) = 0;
};

}  // namespace mcph::mcp
