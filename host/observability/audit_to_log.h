// Audit events as lines of the structured log. Thread-safe, never blocks.
#pragma once

#include "observability/audit.h"
#include "observability/log.h"

namespace mcph {

class AuditToLog final : public AuditLog {
 public:
  explicit AuditToLog(const Log& log) : log_(log) {}

  void record(AuditEvent event) override;

 private:
  const Log& log_;
};

}  // namespace mcph
