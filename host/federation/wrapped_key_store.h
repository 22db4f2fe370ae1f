// The wrapped data keys of upstream tokens, whatever state their grants are in. Implemented by
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

// Where tokens lie: those of sign-ins, those exchanged for further APIs, those to be revoked.
enum class WrappedPlace { kCredentials, kExchanged, kRevocations };

struct WrappedRow {
  std::string id;  // of the row, in its place
  GrantId grant;
  std::string api;  // of an exchanged token
  WrappedDataKey key;
};

class WrappedKeyStore {
 public:
  virtual ~WrappedKeyStore() = default;
  virtual Result<std::map<std::string, std::size_t>> count_by_kek(WrappedPlace place) = 0;
  // Those that are not under `kek_id`, in the order of their rows; `after` is the id of a row, or
  // empty: from the start.
  virtual Result<std::vector<WrappedRow>> list_not_under(WrappedPlace place,
                                                         const std::string& kek_id,
                                                         const std::string& after,
                                                         std::size_t count_max) = 0;
  // Only if the row still is as in `from`. Takes no lease: the tokens and their version stay.
  virtual Result<bool> replace_wrapping(WrappedPlace place, const WrappedRow& from,
                                        const WrappedDataKey& to) = 0;
};

}  // namespace mcph::federation
