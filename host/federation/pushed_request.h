// The authorization request handed to the provider directly (RFC 9126): the browser then carries a
// reference, which it can neither read nor change. Blocking.
#pragma once

#include "base/encoding.h"
#include "base/result.h"
#include "federation/authenticated_post.h"
#include "federation/discovery.h"
#include "federation/provider.h"

namespace mcph::federation {

// When configured, or required by the provider.
bool must_push(const Provider& provider, const Metadata& metadata);

// What the browser carries instead of `parameters`. kUnavailable when the provider did not take
// them.
Result<FormFields> push_request(const Provider& provider, const Metadata& metadata,
                                FormFields parameters, AuthenticatedPost& post);

}  // namespace mcph::federation
