// Tasks that look at their clock.
#include <chrono>
#include <thread>

#include "mcph/plugin.hpp"

class Jobs {
 public:
  Jobs(const mcph_host*, std::string_view) {}

  void job(mcph::Call call) {
    if (!call.become_task() || !call.become_task()) return call.text("no task");
    std::this_thread::sleep_for(std::chrono::milliseconds(2'100));  // longer than the call had
    const auto left = std::chrono::nanoseconds(call.deadline_ns()) -
                      std::chrono::steady_clock::now().time_since_epoch();
    call.text(left > std::chrono::seconds(30) ? "task, with a minute" : "task, in a hurry");
  }
  void endless(mcph::Call call) {
    call.become_task();
    while (!call.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
};

#define OBJECT R"({"type":"object"})"
MCPH_PLUGIN(Jobs, "jobs", "1.0.0", mcph::tool<&Jobs::job>("job", "A job.", OBJECT, MCPH_NEEDS_TASK),
            mcph::tool<&Jobs::endless>("endless_job", "A job.", OBJECT, MCPH_MAY_BE_TASK));
