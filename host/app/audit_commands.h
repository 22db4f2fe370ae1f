// `mcp-host audit …`: verify, export and tail the record, in the database itself. Returns an
// ExitCode; results go to stdout, one JSON object a line.
#pragma once

#include "app/command_line.h"
#include "app/config.h"
#include "base/time.h"
#include "observability/log.h"

namespace mcph::app {

int run_audit_command(const CommandLine& line, const Config& config, const Clock& clock, Log& log);

}  // namespace mcph::app
