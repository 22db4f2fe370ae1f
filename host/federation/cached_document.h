// A document of the provider's that changes rarely: fetched when first needed, kept for as long as
// it says, fetched by one thread at a time. When a fetch fails, the old document goes on serving.
// Thread-safe; get() may block on the network.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "base/result.h"
#include "base/time.h"
#include "federation/limits.h"
#include "observability/log.h"

namespace mcph::federation {

template <class T>
class CachedDocument {
 public:
  using Ptr = std::shared_ptr<const T>;
  struct Loaded {
    Ptr value;
    Seconds lifetime{};  // what the server asked for
  };
  using Load = std::function<Result<Loaded>()>;

  // `name` is for the log.
  CachedDocument(std::string name, Load load, const Clock& clock, const Log& log)
      : name_(std::move(name)), load_(std::move(load)), clock_(clock), log_(log) {}

  Result<Ptr> get() {
    std::unique_lock lock(mutex_);
    const SteadyTime now = clock_.steady();
    if (value_ && now < fresh_until_) return value_;
    const bool usable = value_ && now < stale_until_;
    if (usable && (loading_ || now < retry_at_)) return value_;
    if (!loading_ && now < retry_at_) return last_error_;
    return load(lock);
  }

  // For whom `seen` was not enough: a newer document, or `seen` again during the cool-down.
  Result<Ptr> get_newer(const Ptr& seen) {
    std::unique_lock lock(mutex_);
    if (value_ && value_ != seen) return value_;
    if (!loading_) {
      const SteadyTime now = clock_.steady();
      if (now < refetch_at_) return seen;
      refetch_at_ = now + limits::kRefetchCoolDown;
    }
    return load(lock);
  }

 private:
  Result<Ptr> load(std::unique_lock<std::mutex>& lock) {
    if (loading_) {
      loaded_.wait(lock, [this] { return !loading_; });
    } else {
      loading_ = true;
      lock.unlock();
      Result<Loaded> result = load_();
      lock.lock();
      loading_ = false;
      keep(std::move(result));
      loaded_.notify_all();
    }
    if (value_ && clock_.steady() < stale_until_) return value_;
    return last_error_;
  }

  void keep(Result<Loaded> result) {
    const SteadyTime now = clock_.steady();
    if (!result.ok()) {
      log_.failure(LogLevel::kWarn, name_ + ".fetch_failed", result.error());
      retry_at_ = now + limits::kDocumentRetry;
      last_error_ = std::move(result).error();
      return;
    }
    value_ = std::move(result->value);
    fresh_until_ = now + std::clamp(result->lifetime, limits::kDocumentLifetimeMin,
                                    limits::kDocumentLifetimeMax);
    stale_until_ = fresh_until_ + limits::kDocumentStaleMax;
    retry_at_ = now;
  }

  const std::string name_;
  const Load load_;
  const Clock& clock_;
  const Log& log_;
  std::mutex mutex_;
  std::condition_variable loaded_;
  Ptr value_;
  Error last_error_;
  bool loading_ = false;
  SteadyTime fresh_until_{}, stale_until_{}, retry_at_{}, refetch_at_{};
};

}  // namespace mcph::federation
