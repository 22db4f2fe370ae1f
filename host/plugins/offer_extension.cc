#include "plugins/offer_extension.h"

#include "plugins/instance.h"

namespace mcph::plugins {
namespace {

constexpr std::size_t kOfferBytes = offsetof(mcph_offer, scope_words_json) + sizeof(void*);

mcph_status offer(const mcph_host* host, const mcph_offer* offer) noexcept {
  if (host == nullptr || offer == nullptr || offer->size < kOfferBytes) {
    return MCPH_E_INVALID_ARGUMENT;
  }
  return static_cast<Instance*>(host->host_data)->take_offer(*offer);
}

}  // namespace

const mcph_offer_extension& offer_extension() noexcept {
  static constexpr mcph_offer_extension kTable{sizeof(mcph_offer_extension), 0, offer};
  return kTable;
}

}  // namespace mcph::plugins
