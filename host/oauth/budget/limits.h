// How often the public endpoints may be asked: every budget with its name, its default and the
// reason. All of them are configuration ([budgets]); 0 there means any number. They bound what a
// flood costs, not what people do: each is several times what an office behind one address needs.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace mcph::oauth::limits {

// ---- for one IPv4 address or IPv6 /64, in a minute, on one host ------------------------------
// Documents made once; a browser client reads two of them for a connection.
inline constexpr std::uint32_t kMetadataPerMinute = 600;
// Tries, good and bad. What succeeds is counted for all hosts together, by the hour, in the
// database (oauth.registrations_per_hour).
inline constexpr std::uint32_t kRegisterPerMinute = 30;
// RFC 7592: programs manage their client now and then.
inline constexpr std::uint32_t kManagePerMinute = 60;
// A person signs in once in weeks. These are a room full of people after a roll-out.
inline constexpr std::uint32_t kAuthorizePerMinute = 120;
inline constexpr std::uint32_t kConsentPerMinute = 120;
inline constexpr std::uint32_t kCallbackPerMinute = 120;
inline constexpr std::uint32_t kPushPerMinute = 120;
// A client refreshes every ten minutes: 12,000 clients behind the one address of a hosted client.
inline constexpr std::uint32_t kTokenPerMinute = 1200;
inline constexpr std::uint32_t kRevokePerMinute = 300;
// A resource server asks for each token it sees for the first time.
inline constexpr std::uint32_t kIntrospectPerMinute = 6000;
// Requests to /mcp that are refused for their token. One that is admitted is never counted.
inline constexpr std::uint32_t kMcpRefusalsPerMinute = 300;
// Documents of clients that had to be fetched because of this address. How often one server is
// asked, whoever caused it, is client_documents/limits.h.
inline constexpr std::uint32_t kDocumentFetchesPerMinute = 20;

// ---- others, in a minute, on one host ----------------------------------------------------------
// Requests of one client that has proved who it is: a gateway with many users.
inline constexpr std::uint32_t kClientPerMinute = 6000;
// Of one public client from one network. Anybody can use its name, so what others do with it must
// not count against it: that is why the network is part of the key.
inline constexpr std::uint32_t kPublicClientPerMinute = 600;
// Look-ups of one access token that turned out to be dead: a client that does not read its 401.
inline constexpr std::uint32_t kDeadTokenPerMinute = 10;

// A spent budget is in the audit record this often at most.
inline constexpr Seconds kSpentBudgetEvery{60};

// 16,384 rows of eight buckets, 2 MiB: more addresses in a minute than one host can answer.
inline constexpr std::size_t kBucketRows = 16 * 1024;

// ---- lock-out: failed authentications of one client from one network, all hosts together -------
// Whoever mistypes a secret is not made to wait.
inline constexpr std::int64_t kFreeFailures = 5;
// The wait after the next one; it doubles with each further one.
inline constexpr Seconds kLockoutMin{1};
// Longer would punish a forgotten configuration more than it hinders guessing: at one guess in 15
// minutes a secret of 256 bits is as safe as at one a day.
inline constexpr Seconds kLockoutMax{15 * 60};
// Failures are forgotten this long after the last one.
inline constexpr Seconds kFailureMemory{3600};

}  // namespace mcph::oauth::limits
