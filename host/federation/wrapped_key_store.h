// The wrapped data keys of upstream credentials, whatever state their grants are in. Implemented by
// store/. Thread-safe, blocking.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "federation/wrapped_data_key.h"

namespace mcph::federation {

struct WrappedRow {
  GrantId grant;
  WrappedDataKey key;
};

class WrappedKeyStore {
 public:
  virtual ~WrappedKeyStore() = default;
  virtual Result<std::map<std::string, std::size_t>> count_by_kek() = 0;
  // Those that are not under `kek_id`, in the order of their grants; an empty `after`: from the
  // start.
  virtual Result<std::vector<WrappedRow>> list_not_under(const std::string& kek_id,
                                                         const GrantId& after,
                                                         std::size_t count_max) = 0;
  // Only if the row still is as in `from`. Takes no lease: the tokens and their version stay.
  virtual Result<bool> replace_wrapping(const WrappedRow& from, const WrappedDataKey& to) = 0;
};

}  // namespace mcph::federation
