// The way out to PingOne for everything this host asks there: so many requests a second and so many
// at a time to each host of the provider's, and none to an endpoint that asked to be left alone.
// Thread-safe. start() waits for its turn in the calling thread, so it is for threads that may
// block.
//
// Errors beside those of HttpClient: kUnavailable when the endpoint is left alone or the wait for a
// turn would be too long; nothing was sent then.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/random.h"
#include "base/time.h"
#include "federation/limits.h"
#include "federation/pause.h"
#include "net/http_client.h"

namespace mcph::federation {

// The message of that error: who knows that nothing was sent need not fear that it was carried out.
inline constexpr char kNotSent[] = "the request was not sent";

struct Pace {
  std::uint32_t requests_per_second = 0;  // 0: any number
  std::size_t at_a_time_max = limits::kRequestsAtATimeMax;
  Milliseconds patience = limits::kTurnWaitMax;
};

class PacedClient final : public net::HttpClient {
 public:
  using Sleep = std::function<void(Milliseconds)>;

  // `sleep` is how a thread waits for its turn.
  PacedClient(net::HttpClient& http, Pace pace, Pauses& pauses, Random& random, const Clock& clock,
              Sleep sleep);

  std::shared_ptr<net::RunningRequest> start(net::HttpRequest request, Done done) override;

 private:
  // Of one host: when its next turn is, and how many are under way.
  struct Lane {
    std::mutex mutex;
    std::condition_variable freed;
    SteadyTime next_turn{};
    std::size_t under_way = 0;
  };
  using LanePtr = std::shared_ptr<Lane>;

  LanePtr lane_of(const std::string& url);
  Result<> wait_for_turn(Lane& lane);
  Result<> enter(Lane& lane);

  net::HttpClient& http_;
  const Pace pace_;
  Pauses& pauses_;
  Random& random_;
  const Clock& clock_;
  const Sleep sleep_;
  std::mutex mutex_;
  std::map<std::string, LanePtr> lanes_;  // by origin; the provider has one or two
};

}  // namespace mcph::federation
