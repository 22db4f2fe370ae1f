// What each command does. Returns an ExitCode; results go to stdout, everything else to stderr.
#pragma once

#include "app/command_line.h"
#include "app/config.h"
#include "app/environment.h"
#include "app/process.h"

namespace mcph::app {

int run_command(const CommandLine& line, const Environment& environment, const Signals& signals);

}  // namespace mcph::app
