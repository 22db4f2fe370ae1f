#include "store/failure.h"

#include <array>
#include <pqxx/except>
#include <string_view>

namespace mcph::store {
namespace {

constexpr const char* kUnavailable = "the database is not available";

struct Known {
  std::string_view sqlstate;  // the code, or the two letters of its class
  Code code;
  const char* message;
  bool broken;
};

// PostgreSQL, appendix A. Exact codes stand before their class.
constexpr std::array<Known, 13> kKnown{{
    {"23505", Code::kConflict, "it exists already", false},
    {"23503", Code::kConflict, "what it belongs to does not exist", false},
    {"23", Code::kInvalid, "the value is not allowed", false},
    {"22021", Code::kInvalid, "the text is not valid UTF-8", false},
    {"22", Code::kInvalid, "the value is not allowed", false},
    {"57014", Code::kTimeout, "the database took too long", false},
    {"55P03", Code::kTimeout, "the database took too long", false},
    {"25006", Code::kUnavailable, kUnavailable, true},  // a standby now: look for the new primary
    {"0A000", Code::kUnavailable, kUnavailable, true},  // a prepared plan outlived its table
    {"57", Code::kUnavailable, kUnavailable, true},     // being shut down or started
    {"08", Code::kUnavailable, kUnavailable, true},
    {"53", Code::kUnavailable, kUnavailable, false},
    {"42", Code::kInternal, "the database schema does not fit this version", false},
}};

Failure by_sqlstate(const std::string& sqlstate, const std::string& where) {
  const std::string detail =
      (sqlstate.empty() ? "an unnamed SQL error" : "sqlstate " + sqlstate) + " in " + where;
  for (const Known& known : kKnown) {
    if (sqlstate.starts_with(known.sqlstate)) {
      return {{known.code, known.message, detail}, false, known.broken};
    }
  }
  return {{Code::kInternal, "storage error", detail}, false, false};
}

}  // namespace

Failure classify_current_exception(const char* where) {
  const std::string place(where);
  try {
    throw;
  } catch (const pqxx::transaction_rollback&) {
    return {
        {Code::kUnavailable, kUnavailable, "rolled back by the server in " + place}, true, false};
  } catch (const pqxx::sql_error& e) {
    return by_sqlstate(e.sqlstate(), place);
  } catch (const pqxx::broken_connection&) {
    return {{Code::kUnavailable, kUnavailable, "connection lost in " + place}, false, true};
  } catch (const pqxx::in_doubt_error&) {
    return {{Code::kUnavailable, kUnavailable, "connection lost in " + place}, false, true};
  } catch (const std::exception&) {
    // libpqxx's own complaints and answers we cannot read. Their texts may quote values.
    return {{Code::kInternal, "storage error", "unexpected answer in " + place}, false, true};
  }
}

}  // namespace mcph::store
