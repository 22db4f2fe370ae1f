// Consent that is asked for by the identity provider: a DaVinci flow that shows who asks, and says
// in the ID token which request was approved. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/encoding.h"
#include "oauth/authorize/request.h"
#include "oauth/client.h"
#include "oauth/errors.h"
#include "oauth/identity_provider.h"
#include "oauth/settings.h"

namespace mcph::oauth {

// What the flow's page shows, and `txn`, which its receipt repeats. Empty where nobody asks there.
FormFields make_consent_parameters(const Settings& settings, const Client& client,
                                   const AuthorizeRequest& request, std::string_view txn);

// Whether nothing but a receipt says that somebody approved: nobody vouched for the client, and no
// page of ours was shown.
bool needs_receipt(const Settings& settings, const Client& client);

// The receipt is the claim `mcp_txn` of the ID token. One that is there must be right; one that is
// needed must be there, from the policy that was asked.
Verdict check_receipt(const Settings& settings, const UpstreamUser& user, std::string_view txn,
                      bool needed);

}  // namespace mcph::oauth
