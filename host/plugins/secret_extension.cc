#include "plugins/secret_extension.h"

#include "base/secret.h"
#include "plugins/borrowed.h"
#include "plugins/instance.h"

namespace mcph::plugins {
namespace {

mcph_status read(const mcph_host* host, mcph_str name, mcph_secret_use use, void* user) noexcept {
  if (host == nullptr || use == nullptr) return MCPH_E_INVALID_ARGUMENT;
  const auto& secrets = static_cast<const Instance*>(host->host_data)->settings().secrets;
  const auto found = secrets.find(view(name));
  if (found == secrets.end()) return MCPH_E_NOT_FOUND;
  const Secret lent = found->second;  // zeroed when it dies, whoever still looks
  use(user, str(lent.reveal()));
  return MCPH_OK;
}

}  // namespace

const mcph_secret& secret_extension() noexcept {
  static constexpr mcph_secret kTable{sizeof(mcph_secret), 0, read};
  return kTable;
}

}  // namespace mcph::plugins
