// The data key of one upstream credential, under the ring key `kek_id`. A value.
#pragma once

#include <string>

namespace mcph::federation {

struct WrappedDataKey {
  std::string kek_id;
  std::string bytes;
};

}  // namespace mcph::federation
