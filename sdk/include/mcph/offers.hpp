// mcph/offers.hpp - tools that depend on the configuration, for plugin authors in C++. Only in the
// plugin's constructor.
#pragma once

#include <vector>

#include "mcph/ext/offer.h"
#include "mcph/offer.hpp"

namespace mcph {

// Offers these tools beside those of MCPH_PLUGIN; mcph::tool<&Class::name>(...) makes one, and the
// handler finds in call.name() which of them was called. The host copies everything.
// `scope_words_json`: as kScopes. Throws Failure when the host does not take them.
inline void offer_tools(const mcph_host* host, const std::vector<Tool>& tools,
                        const char* scope_words_json = nullptr) {
  const auto* api = static_cast<const mcph_offer_extension*>(host->extension(host, MCPH_EXT_OFFER));
  if (api == nullptr) throw Failure(MCPH_E_NOT_FOUND, "this host offers no " MCPH_EXT_OFFER);
  std::vector<const mcph_tool*> pointers;
  pointers.reserve(tools.size());
  for (const Tool& tool : tools) pointers.push_back(&tool);
  mcph_offer offer{};
  offer.size = sizeof offer;
  offer.tool_count = static_cast<std::uint32_t>(pointers.size());
  offer.tools = pointers.data();
  offer.scope_words_json = scope_words_json;
  const mcph_status status = api->offer(host, &offer);
  if (status < 0) throw Failure(status, "the host does not take the tools");
}

}  // namespace mcph
