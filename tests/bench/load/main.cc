// bench-load: asks one server the same question over and over, checks every answer, and reports how
// many a second and how long they took.
#include <sched.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <exception>

#include "arguments.h"
#include "load_loop.h"

namespace {

double percentile_us(const std::vector<std::uint32_t>& sorted, double fraction) {
  if (sorted.empty()) return 0;
  const auto last = static_cast<double>(sorted.size() - 1);
  return sorted[static_cast<std::size_t>(last * fraction)] / 10.0;
}

void raise_descriptor_limit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

void report(const Arguments& arguments, Measured measured) {
  auto& latencies = measured.latencies_100ns;
  std::sort(latencies.begin(), latencies.end());
  const auto replies = static_cast<double>(latencies.size());
  const double per_second = replies / measured.seconds;
  const double cpu_us = replies > 0 ? measured.server_cpu_seconds * 1e6 / replies : 0;
  const double p50 = percentile_us(latencies, 0.50);
  const double p99 = percentile_us(latencies, 0.99);
  if (arguments.json) {
    std::printf(
        "{\"connections\":%zu,\"requests\":%zu,\"requests_per_second\":%.0f,\"p50_us\":%.1f,"
        "\"p99_us\":%.1f,\"cpu_us_per_request\":%.2f,\"wrong\":%zu,\"reconnects\":%zu}\n",
        arguments.connections, latencies.size(), per_second, p50, p99, cpu_us, measured.wrong,
        measured.reconnects);
  } else {
    std::printf("%zu connections: %.0f requests/s, p50 %.1f us, p99 %.1f us", arguments.connections,
                per_second, p50, p99);
    if (arguments.server_pid) std::printf(", server CPU %.2f us/request", cpu_us);
    std::printf(", %zu wrong, %zu reconnects\n", measured.wrong, measured.reconnects);
  }
  if (measured.wrong > 0) std::fprintf(stderr, "first: %s\n", measured.first_problem.c_str());
}

}  // namespace

int main(int argc, char** argv) {
  const auto arguments = parse_arguments(argc, argv);
  if (!arguments) return 2;
  if (arguments->core) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(static_cast<unsigned>(*arguments->core), &cores);
    ::sched_setaffinity(0, sizeof cores, &cores);
  }
  raise_descriptor_limit();
  try {
    Measured measured = run_load(*arguments);
    const bool good = measured.wrong == 0 && !measured.latencies_100ns.empty();
    report(*arguments, std::move(measured));
    return good ? 0 : 1;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "bench-load: %s\n", failure.what());
    return 1;
  }
}
