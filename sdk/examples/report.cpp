// Long work: progress on the way, given up when nobody waits any more, and a task when the client
// knows tasks.
#include <chrono>
#include <thread>

#include "mcph/plugin.hpp"

class Report {
 public:
  Report(const mcph_host*, std::string_view) {}

  void progress(mcph::Call call) {
    constexpr int kSteps = 5;
    for (int step = 0; step < kSteps; ++step) {
      if (call.cancelled()) throw mcph::Failure(MCPH_E_CANCELLED, "Given up.");
      call.progress(step, kSteps, "step " + std::to_string(step));
      work();
    }
    call.log(MCPH_LOG_INFO, "report written", R"({"steps":5})");
    call.text("The report is ready.");
  }

  void task(mcph::Call call) {
    // From here on the client polls; one that knows no tasks just waits.
    if (!call.become_task()) call.release_stream();
    progress(call);
  }

 private:
  static void work() { std::this_thread::sleep_for(std::chrono::milliseconds(2)); }
};

MCPH_PLUGIN(Report, "report", "1.0.0",
            mcph::tool<&Report::progress>("report", "Writes a report.", R"({"type":"object"})",
                                          MCPH_READ_ONLY),
            mcph::tool<&Report::task>("long_report", "Writes a long report.",
                                      R"({"type":"object"})", MCPH_READ_ONLY | MCPH_MAY_BE_TASK));
