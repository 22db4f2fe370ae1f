#include "federation/paced_client.h"

#include <algorithm>
#include <utility>

#include "base/url.h"
#include "federation/jitter.h"
#include "federation/limits.h"

namespace mcph::federation {
namespace {

constexpr int kTooManyRequests = 429;

struct NotSent final : net::RunningRequest {
  void cancel() override {}
};

Error not_now(std::string why) {
  return Error{Code::kUnavailable, kNotSent, std::move(why)};
}

// What the provider asks of us. A proxy before it may ask as well.
void note_wishes(Pause& pause, const net::HttpResponse& response) {
  const auto after = read_retry_after(response);
  if (response.status == kTooManyRequests || after) {
    pause.note_asked(after.value_or(limits::kAskedPauseDefault));
  }
}

}  // namespace

PacedClient::PacedClient(net::HttpClient& http, Pace pace, Pauses& pauses, Random& random,
                         const Clock& clock, Sleep sleep)
    : http_(http),
      pace_(pace),
      pauses_(pauses),
      random_(random),
      clock_(clock),
      sleep_(std::move(sleep)) {}

std::shared_ptr<net::RunningRequest> PacedClient::start(net::HttpRequest request, Done done) {
  Pause& pause = pauses_.of(request.tag);
  const LanePtr lane = lane_of(request.url);
  Result<> may = pause.is_asked_for() ? not_now("PingOne asked to leave it alone") : Result<>(Ok{});
  if (may.ok()) may = wait_for_turn(*lane);
  if (may.ok()) may = enter(*lane);
  if (!may.ok()) {
    done(std::move(may).error());
    return std::make_shared<NotSent>();
  }
  return http_.start(std::move(request),
                     [lane, &pause, done = std::move(done)](Result<net::HttpResponse> result) {
                       {
                         const std::lock_guard lock(lane->mutex);
                         --lane->under_way;
                       }
                       lane->freed.notify_one();
                       if (result.ok()) note_wishes(pause, *result);
                       done(std::move(result));
                     });
}

PacedClient::LanePtr PacedClient::lane_of(const std::string& url) {
  const auto parsed = parse_url(url);
  const std::lock_guard lock(mutex_);
  LanePtr& lane = lanes_[parsed.ok() ? parsed->origin() : std::string{}];
  if (lane == nullptr) lane = std::make_shared<Lane>();
  return lane;
}

// A bucket of one second's worth of turns, kept as the time of the next one. The jitter keeps hosts
// that were held up together from coming back together.
Result<> PacedClient::wait_for_turn(Lane& lane) {
  if (pace_.requests_per_second == 0) return Ok{};
  const auto interval = SteadyTime::duration(Seconds{1}) / pace_.requests_per_second;
  Milliseconds wait{0};
  {
    const std::lock_guard lock(lane.mutex);
    const SteadyTime now = clock_.steady();
    const SteadyTime turn = std::max(lane.next_turn, now - Seconds{1} + interval);
    if (turn > now) wait = std::chrono::ceil<Milliseconds>(turn - now);
    if (wait > pace_.patience) return not_now("too many requests to PingOne for its rate limit");
    lane.next_turn = turn + interval;
  }
  if (wait > Milliseconds{0}) sleep_(with_jitter(wait, random_));
  return Ok{};
}

Result<> PacedClient::enter(Lane& lane) {
  std::unique_lock lock(lane.mutex);
  const bool entered = lane.freed.wait_for(lock, pace_.patience,
                                           [&] { return lane.under_way < pace_.at_a_time_max; });
  if (!entered) return not_now("too many requests to PingOne are under way");
  ++lane.under_way;
  return Ok{};
}

}  // namespace mcph::federation
