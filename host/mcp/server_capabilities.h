// What this host tells clients it can do, made from what its plugins offer: nothing is announced
// that would then be refused. Pure, thread-safe.
#pragma once

#include <string>

#include "mcp/catalog.h"
#include "mcp/versions.h"

namespace mcph::mcp {

// Tools are always there; the others when there is at least one of them, and their methods answer
// only then.
bool offers_prompts(const Offers& offers) noexcept;
bool offers_resources(const Offers& offers) noexcept;

// The ServerCapabilities object as `version` knows it, as JSON.
std::string make_server_capabilities(const Offers& offers, Version version);

}  // namespace mcph::mcp
