// Where the entries of "mcph.kv/1" are kept, for all hosts: bytes under keys, in spaces that know
// nothing of each other. Implemented by store/. Thread-safe, blocking.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace mcph::plugins {

// Of one plugin: its own entries, or those of one of its users.
struct KvSpace {
  std::string plugin;
  std::string issuer, subject;  // both empty: the plugin's own
};

struct KvEntry {
  std::string key;
  std::string value;
  std::int64_t version = 0;  // of every write another one, never 0
};

struct KvWrite {
  std::string key;
  std::string value;
  std::optional<std::int64_t> if_version;  // 0: only if there is no such entry
  std::optional<UnixTime> expires_at;
};

// Of one space. What has expired does not count.
struct KvQuota {
  std::size_t entries_max = 0;
  std::size_t bytes_max = 0;  // of keys and values
};

class KvStore {
 public:
  virtual ~KvStore() = default;
  virtual Result<std::optional<KvEntry>> find(const KvSpace& space, const std::string& key) = 0;
  // The new version. Nothing: the entry is not in `if_version`. kLimit: the quota is used up, and
  // this would make it worse. Of racers with one `if_version` one wins.
  virtual Result<std::optional<std::int64_t>> put(const KvSpace& space, const KvWrite& write,
                                                  const KvQuota& quota) = 0;
  // The version that is gone. Nothing: there was no such entry, or not in `if_version`.
  virtual Result<std::optional<std::int64_t>> remove(const KvSpace& space, const std::string& key,
                                                     std::optional<std::int64_t> if_version) = 0;
  // Keys that begin with `prefix` and come after `after`, in the order of their bytes; no values.
  virtual Result<std::vector<KvEntry>> list(const KvSpace& space, const std::string& prefix,
                                            const std::string& after, std::size_t count_max) = 0;
};

}  // namespace mcph::plugins
