#include "federation/verified_jws.h"

namespace mcph::federation {

Result<crypto::Jws> verify_jws(std::string_view compact, JwksCache& cache,
                               const std::vector<std::string>& algorithms) {
  const auto keys = TRY(cache.get());
  auto token = crypto::verify_jws(compact, *keys, algorithms);
  if (token.ok() || token.error().code != Code::kNotFound) return token;
  const auto newer = TRY(cache.get_newer(keys));
  return newer == keys ? token : crypto::verify_jws(compact, *newer, algorithms);
}

}  // namespace mcph::federation
