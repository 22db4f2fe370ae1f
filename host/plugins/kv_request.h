// From what a plugin wants of its entries to what the store is asked: every part checked and
// copied.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "mcph/ext/kv.h"
#include "plugins/kv_store.h"

namespace mcph::plugins {

class Instance;
class PluginCall;

struct KvRequest {
  std::uint32_t operation = 0;       // MCPH_KV_…
  std::shared_ptr<PluginCall> call;  // null: none was given
  KvSpace space;
  KvQuota quota;
  KvWrite write;      // its key is that of every operation, or a LIST's prefix
  std::string after;  // of a LIST
  std::size_t limit = 0;
};

// kInvalid or kLimit for a request that cannot be.
Result<KvRequest> read_kv_request(Instance& instance, const mcph_kv_request* request);

// Blocking. The entries an answer has.
Result<std::vector<KvEntry>> run_kv_request(KvStore& store, const KvRequest& request);

}  // namespace mcph::plugins
