#include "plugins/sealed_kv_store.h"

namespace mcph::plugins {
namespace {

// Each part with its length, so that no two different entries read the same.
std::string make_aad(const KvSpace& space, const std::string& key) {
  std::string aad;
  for (const std::string* part : {&space.plugin, &space.issuer, &space.subject, &key}) {
    aad += std::to_string(part->size());
    aad += ':';
    aad += *part;
  }
  return aad;
}

}  // namespace

Result<std::optional<KvEntry>> SealedKvStore::find(const KvSpace& space, const std::string& key) {
  std::optional<KvEntry> entry = TRY(inner_.find(space, key));
  if (!entry) return entry;
  const auto opened = sealer_.open(entry->value, make_aad(space, key));
  if (!opened) return Error{Code::kInternal, "an entry does not open", "plugin " + space.plugin};
  entry->value = opened->reveal();
  return entry;
}

Result<std::optional<std::int64_t>> SealedKvStore::put(const KvSpace& space, const KvWrite& write,
                                                       const KvQuota& quota) {
  KvWrite sealed = write;
  sealed.value = sealer_.seal(write.value, make_aad(space, write.key));
  return inner_.put(space, sealed, quota);
}

}  // namespace mcph::plugins
