#include "mcp/legacy/calls_in_flight.h"

#include <vector>

namespace mcph::mcp {
namespace {

std::string make_key(std::string_view session, const JsonToken& request) {
  std::string key(session);  // of fixed size, so the two parts cannot be confused
  key += request;
  return key;
}

}  // namespace

void CallsInFlight::add(std::string_view session, const JsonToken& request,
                        std::weak_ptr<Cancellable> call) {
  const Cancellable* identity = call.lock().get();
  const std::lock_guard lock(mutex_);
  // A client that uses an id twice at once can cancel the later call only.
  calls_.insert_or_assign(make_key(session, request), Entry{std::move(call), identity});
}

void CallsInFlight::remove(std::string_view session, const JsonToken& request,
                           const Cancellable* call) {
  const std::lock_guard lock(mutex_);
  const auto found = calls_.find(make_key(session, request));
  if (found != calls_.end() && found->second.identity == call) calls_.erase(found);
}

bool CallsInFlight::cancel(std::string_view session, const JsonToken& request) {
  std::shared_ptr<Cancellable> call;
  {
    const std::lock_guard lock(mutex_);
    const auto found = calls_.find(make_key(session, request));
    if (found == calls_.end()) return false;
    call = found->second.call.lock();
    calls_.erase(found);
  }
  if (call == nullptr) return false;
  call->cancel();
  return true;
}

void CallsInFlight::cancel_session(std::string_view session) {
  std::vector<std::shared_ptr<Cancellable>> calls;
  {
    const std::lock_guard lock(mutex_);
    for (auto at = calls_.begin(); at != calls_.end();) {
      if (!at->first.starts_with(session)) {
        ++at;
        continue;
      }
      if (auto call = at->second.call.lock()) calls.push_back(std::move(call));
      at = calls_.erase(at);
    }
  }
  for (const auto& call : calls) call->cancel();
}

}  // namespace mcph::mcp
