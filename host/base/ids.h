// The identifiers that cross module boundaries. Values, compared as strings.
#pragma once

#include "base/strong.h"

namespace mcph {

using ClientId = Strong<struct ClientIdTag>;        // an OAuth client of ours
using PrincipalId = Strong<struct PrincipalIdTag>;  // a person: uuid of upstream (issuer, subject)
using GrantId = Strong<struct GrantIdTag>;          // uuid: "this person lets this client act"

}  // namespace mcph
