// mcp::AnnouncementLog on PostgreSQL, and how an announcement gets there.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"
#include "mcp/subscriptions/announcement_log.h"
#include "store/database.h"

namespace mcph::store {

class PgAnnouncements final : public mcp::AnnouncementLog {
 public:
  PgAnnouncements(Database& database, const Clock& clock) : database_(database), clock_(clock) {}
  static const Statements& statements();

  // Tells every host. Blocking.
  Result<> add(const mcp::Announcement& what);

  Result<std::int64_t> load_last() override;
  Result<std::vector<mcp::NumberedAnnouncement>> load_after(std::int64_t number,
                                                            std::size_t count_max) override;

 private:
  Database& database_;
  const Clock& clock_;
};

// What add() notifies: `announce:<number>:<kind>:<uri>`. Nothing for any other payload.
std::optional<mcp::NumberedAnnouncement> parse_announcement(std::string_view payload);

}  // namespace mcph::store
