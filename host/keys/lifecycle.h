// What happens to keys: rotation, activation, destruction, rewrapping. Any host, and the command
// line, may do it; of several that try, one does. Every step is in the audit record. Thread-safe,
// blocking.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "keys/key_wrapping.h"
#include "keys/purposes.h"
#include "keys/server_key_store.h"
#include "keys/wrapped_keys.h"
#include "observability/audit.h"

namespace mcph::keys {

// Who wants it, for the record.
struct KeyActor {
  AuditActor kind = AuditActor::kHost;
  std::string name;
  AuditOrigin origin;
};

struct RewrapStatus {
  std::string active_kek;
  // Sort of keys, ring key, how many.
  std::map<std::string, std::map<std::string, std::size_t>> counts;
  std::size_t to_do() const;  // not under the active ring key
};

struct LifecycleSettings {
  // A new key is used when every host is sure to know it.
  Milliseconds activation_delay;
  // Zero: only when somebody asks for it.
  Seconds rotate_every;
};

class Lifecycle {
 public:
  // All of it must outlive this.
  struct Parts {
    ServerKeyStore& store;
    std::vector<WrappedKeys*> wrapped;
    AuditLog& audit;
    const Clock& clock;
  };
  Lifecycle(const Parts& parts, KeyWrapping wrapping, std::vector<Purpose> purposes,
            LifecycleSettings settings);

  Result<std::vector<ServerKey>> list() { return parts_.store.list(); }
  // The next key of the purpose, which becomes active by itself. kNotFound for an unknown purpose,
  // kConflict while one is on its way already.
  Result<ServerKey> rotate(const std::string& purpose, const KeyActor& actor);
  // Destroys a retired key before its time: what it made is refused from then on. kNotFound,
  // kConflict when it is not retired.
  Result<> destroy(const std::string& id, const KeyActor& actor);

  // Rewraps up to about `count_max` keys. Repeat until the status has nothing to do.
  Result<Rewrapped> rewrap(std::size_t count_max, const KeyActor& actor);
  Result<RewrapStatus> load_rewrap_status();

  // What time demands: activates, retires, destroys, rotates. To be called every kReloadEvery.
  Result<> tend();

 private:
  const Purpose* find_purpose(const std::string& name) const;
  Result<> tend_purpose(const Purpose& purpose, const std::vector<ServerKey>& keys);
  void record(std::string_view type, const ServerKey& key, const KeyActor& actor);

  const Parts parts_;
  const KeyWrapping wrapping_;
  const std::vector<Purpose> purposes_;
  const LifecycleSettings settings_;
};

}  // namespace mcph::keys
