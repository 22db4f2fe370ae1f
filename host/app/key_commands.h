// `mcp-host keys …`: works on the database itself, whether hosts are running or not. Returns an
// ExitCode; results go to stdout.
#pragma once

#include "app/command_line.h"
#include "app/config.h"
#include "base/time.h"
#include "observability/log.h"

namespace mcph::app {

int run_key_command(const CommandLine& line, const Config& config, const Clock& clock, Log& log);
// Needs no configuration: it makes one.
int print_new_kek(const Clock& clock);

}  // namespace mcph::app
