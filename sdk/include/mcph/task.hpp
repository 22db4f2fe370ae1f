// mcph/task.hpp - work of the plugin's own on the host's threads, for plugin authors in C++.
// Thread-safe.
//   mcph::Work work_{host};  …  work_.after(60'000, [this] { refresh(); });
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "mcph/call.hpp"
#include "mcph/ext/task.h"

namespace mcph {

class Work {
 public:
  explicit Work(const mcph_host* host)
      : host_(host), api_(static_cast<const mcph_task*>(host->extension(host, MCPH_EXT_TASK))) {
    if (api_ == nullptr) throw Failure(MCPH_E_NOT_FOUND, "this host offers no " MCPH_EXT_TASK);
  }

  // Runs `body` on a thread of the host's, which may block; never when the plugin is stopped
  // before, and never during its destructor. What it throws goes to the log. Throws Failure when
  // the host takes no more.
  std::uint64_t now(std::function<void()> body) const { return after(0, std::move(body)); }
  std::uint64_t after(std::uint64_t delay_ms, std::function<void()> body) const {
    auto job = std::make_unique<Job>(Job{host_, std::move(body)});
    std::uint64_t id = 0;
    const mcph_status status = api_->post(host_, delay_ms, run, job.get(), &id);
    if (status < 0) throw Failure(status, "the host takes no more work");
    job.release();  // run() has it
    return id;
  }
  // False when it has begun or is done.
  bool cancel(std::uint64_t id) const noexcept { return api_->cancel(host_, id) == MCPH_OK; }

 private:
  struct Job {
    const mcph_host* host;
    std::function<void()> body;
  };
  static void run(void* user, std::int32_t cancelled) noexcept {
    const std::unique_ptr<Job> job(static_cast<Job*>(user));
    if (cancelled != 0) return;
    try {
      job->body();
    } catch (const std::exception& error) {
      job->host->log(job->host, MCPH_LOG_ERROR, str(error.what()), {});
    } catch (...) {
      job->host->log(job->host, MCPH_LOG_ERROR, str("posted work failed"), {});
    }
  }

  const mcph_host* host_;
  const mcph_task* api_;
};

}  // namespace mcph
