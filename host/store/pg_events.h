// mcp::EventLog on PostgreSQL. An event takes the row of its stream first, so the numbers of a
// stream grow in the order of the commits, whichever hosts append.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "mcp/legacy/event_log.h"
#include "store/database.h"

namespace mcph::store {

class PgEvents final : public mcp::EventLog {
 public:
  PgEvents(Database& database, const Clock& clock) : database_(database), clock_(clock) {}
  static const Statements& statements();

  Result<> open(const NewStream& stream) override;
  Result<std::int64_t> append(const Addition& addition) override;
  Result<mcp::StreamStatus> follow(const std::string& name, const std::string& session_hash,
                                   std::int64_t number, const std::string& reader) override;
  Result<Reading> read(const std::string& name, std::int64_t number) override;
  Result<> forget(const std::string& name, std::int64_t number) override;
  Result<> remove(const std::string& name) override;

 private:
  Database& database_;
  const Clock& clock_;
};

}  // namespace mcph::store
