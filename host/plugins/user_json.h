// What a plugin reads about the user: mcph_call.user. Pure.
#pragma once

#include <string>

#include "base/caller.h"
#include "plugins/upstream_token_source.h"

namespace mcph::plugins {

// {"iss","sub","client_id","scope"} and, with a token, "claims" and "upstream_expires_at". The
// token itself is never part of it.
std::string make_user_json(const Caller& caller, const UpstreamToken* token);

}  // namespace mcph::plugins
