// One row of the audit record: an event as it is stored, with its place in the chain. A value.
#pragma once

#include <cstdint>
#include <string>

#include "base/json.h"
#include "base/time.h"
#include "observability/audit.h"

namespace mcph::audit {

struct Entry {
  std::int64_t number = 0;  // 1, 2, 3, … over all hosts
  UnixTime at{};
  std::string host;  // which process wrote it
  std::string type, outcome, actor, actor_name;
  std::string principal, client, grant;  // ids; empty when there is none
  std::string peer;
  std::string agent_hash;  // of the user agent; hex
  std::string request_id;
  std::string details;  // a JSON object of strings
  std::string key_id;   // with which `mac` was made
  std::string mac;      // 32 raw bytes; covers all of the above and the mac before
};

// Cut to the limits of observability/audit.h and cleaned of what no database or reader should see.
// Number, key and mac stay empty: they belong to the chain.
Entry make_entry(const AuditEvent& event, UnixTime at, std::string host);

json::object to_object(const Entry& entry);
// For export: that object in one line, without its break.
std::string to_json_line(const Entry& entry);

}  // namespace mcph::audit
