// CPU time of another process, user and system, of all its threads.
#pragma once

#include <optional>

// Seconds since its start; nothing if there is no such process.
std::optional<double> process_cpu_seconds(int pid);
