// The limits of federation that are not configuration, each with its reason.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace mcph::federation::limits {

// ---- Discovery document and keys ------------------------------------------------------------
// PingOne's are 3 KB; a larger one is not ours.
inline constexpr std::size_t kDocumentBytesMax = 64 * 1024;
inline constexpr std::int64_t kDocumentTimeoutMs = 5'000;
// PingOne counts our requests against its rate limit, so never more often than hourly on a
// schedule; and never trusted unseen for longer than a day.
inline constexpr Seconds kDocumentLifetimeMin{3'600};
inline constexpr Seconds kDocumentLifetimeMax{86'400};
// For how long an outdated document still serves while PingOne cannot be asked.
inline constexpr Seconds kDocumentStaleMax{86'400};
// After a failed fetch: long enough to spare a struggling server, short enough for a user to retry.
inline constexpr Seconds kDocumentRetry{5};
// Between two fetches because of an unknown key: a forged key id must not make us hammer PingOne.
inline constexpr Seconds kRefetchCoolDown{30};

// ---- Token endpoint -------------------------------------------------------------------------
// Access tokens with many group claims reach 10 KB; two tokens and room.
inline constexpr std::size_t kTokenResponseBytesMax = 64 * 1024;
inline constexpr std::size_t kTokenBytesMax = 16 * 1024;  // what fits into a request header
inline constexpr std::size_t kTokenAnswerDepthMax = 8;    // a flat object, and some room
inline constexpr std::size_t kCodeBytesMax = 4 * 1024;
inline constexpr std::int64_t kCodeExchangeTimeoutMs = 8'000;  // a person is waiting
// Assumed when the response does not say (RFC 6749 §5.1): the shortest lifetime PingOne can be set
// to.
inline constexpr Seconds kTokenLifetimeDefault{300};
inline constexpr Seconds kTokenLifetimeMax{2'592'000};  // the longest one

// How long an assertion of ours may be presented: both clocks, and no more.
inline constexpr Seconds kAssertionLifetime{60};
inline constexpr std::int64_t kPushTimeoutMs = 5'000;  // a person is waiting, and more is to come
inline constexpr std::size_t kRequestUriBytesMax = 1024;
// A client's name or a list of scopes; a URL with all of them stays below what servers take.
inline constexpr std::size_t kExtraParameterBytesMax = 512;

// ---- Access tokens of clients, where the provider issues them ----
inline constexpr std::size_t kScopesMax = 256;  // a person with every right has a few dozen
inline constexpr std::size_t kScopeBytesMax = 256;

// ---- ID token -------------------------------------------------------------------------------
inline constexpr Seconds kClockSkew{60};
inline constexpr std::size_t kSubjectBytesMax = 255;  // OpenID Connect Core §2
inline constexpr std::size_t kLabelBytesMax = 128;    // a name on a page

// ---- Refresh --------------------------------------------------------------------------------
// Two attempts must fit into the lease, and who waits for the holder waits about as long.
inline constexpr std::int64_t kRefreshAttemptMs = 4'500;
inline constexpr Milliseconds kLease{10'000};
inline constexpr Milliseconds kRefreshWait{9'500};
inline constexpr Milliseconds kPollFirst{20};
inline constexpr Milliseconds kPollMax{200};
// A new refresh token that is not stored is a lost grant: worth some attempts.
inline constexpr int kSaveAttempts = 4;
inline constexpr Milliseconds kSavePause{100};
// Refresh this long, or this part of its lifetime, before a token ends; but see refresh_margin().
inline constexpr Seconds kRefreshMargin{60};
inline constexpr int kRefreshMarginPart = 10;
// A token with less than this left would end under the call it is used for.
inline constexpr Seconds kUsable{10};
// An API that refuses a token this young refuses more than its age: refreshing again helps nobody.
inline constexpr Seconds kForcedRefreshPause{10};

// ---- When PingOne has trouble ---------------------------------------------------------------
inline constexpr int kFailuresBeforePause = 3;  // two may be the network's mood
inline constexpr Seconds kPauseFirst{1};
inline constexpr Seconds kPauseMax{60};
inline constexpr Seconds kPauseRefused{30};  // our own credentials are refused: a person must act

// ---- All requests to PingOne ----------------------------------------------------------------
// PingOne counts requests a second by licence, and one address may use up a third of them. How many
// is configuration (pingone.requests_per_second); a burst of one second's worth goes out at once.
// Beyond this many at a time they wait here rather than at PingOne.
inline constexpr std::size_t kRequestsAtATimeMax = 64;
// Who would wait longer than this for its turn is told to try again: a person is waiting.
inline constexpr Milliseconds kTurnWaitMax{2'000};
inline constexpr Seconds kAskedPauseDefault{1};  // 429 without Retry-After

// ---- Telling PingOne of what ended ----------------------------------------------------------
inline constexpr std::size_t kRevocationsPerRound = 20;
inline constexpr Milliseconds kRevocationRound{2'000};  // a user who signs out sees it at once
inline constexpr std::int64_t kRevocationTimeoutMs = 4'000;
// Two requests for each of a round, all of them slow.
inline constexpr Milliseconds kRevocationLease{200'000};
inline constexpr Milliseconds kRevocationPauseFirst{5'000};
inline constexpr Milliseconds kRevocationPauseMax{1'800'000};
// Longer outages are rare, and the access token is long dead by then.
inline constexpr Seconds kRevocationPatience{86'400};

// ---- Memory ---------------------------------------------------------------------------------
inline constexpr std::size_t kCachedTokensMax = 20'000;  // at 4 KB each about 80 MB

}  // namespace mcph::federation::limits
