// Audit events as lines of the structured log: what is left when there is no database to keep them
// in, or when it is away. Thread-safe, never blocks.
#pragma once

#include "observability/audit.h"
#include "observability/log.h"

namespace mcph {

class AuditToLog final : public AuditLog {
 public:
  explicit AuditToLog(const Log& log) : log_(log) {}

  void record(AuditEvent event) override { write(event); }
  void note(AuditEvent event) override { write(event); }
  void write(const AuditEvent& event) const;

 private:
  const Log& log_;
};

}  // namespace mcph
