#include "store/connection.h"

#include <poll.h>

#include <pqxx/except>
#include <pqxx/nontransaction>

#include "base/encoding.h"
#include "store/failure.h"

namespace mcph::store {
namespace {

// Set by statement and not in the connection string: there they would replace `options` of the
// administrator, or be refused by a pooler in between.
std::string settings(const StoreOptions& options) {
  const auto set = [](const char* name, const std::string& value) {
    return std::string("SET ") + name + " = '" + value + "';";
  };
  const auto ms = [](Milliseconds value) { return std::to_string(value.count()); };
  return set("statement_timeout", ms(options.statement_timeout)) +
         set("lock_timeout", ms(options.lock_timeout)) +
         set("idle_in_transaction_session_timeout", ms(options.idle_in_transaction_timeout)) +
         set("bytea_output", "hex");  // what Row reads
}

void inhibit_reactivation(pqxx::connection& connection) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"  // gone in libpqxx 7, with its reason
  connection.inhibit_reactivation(true);
#pragma GCC diagnostic pop
}

// Why there is no connection, for the log. Complaints about the string itself may quote any part of
// it, a password too; those about a server name only the server.
std::string reason(std::string_view text) {
  if (!text.starts_with("connection to server")) {
    return "the connection string is malformed or its host is unknown";
  }
  while (text.ends_with('\n')) text.remove_suffix(1);
  return std::string(text);
}

}  // namespace

std::string make_conninfo(std::string_view conninfo, Seconds connect_timeout) {
  // A peer that vanished is noticed in 30 s instead of hours. Unix sockets ignore the tcp_ ones.
  const FormFields ours = {{"connect_timeout", std::to_string(connect_timeout.count())},
                           {"application_name", "mcp-host"},
                           {"client_encoding", "UTF8"},
                           {"tcp_user_timeout", "30000"},
                           {"keepalives_idle", "30"},
                           {"keepalives_interval", "10"},
                           {"keepalives_count", "3"}};
  // In both forms the last word wins, so ours come first.
  if (conninfo.starts_with("postgresql://") || conninfo.starts_with("postgres://")) {
    const std::size_t mark = conninfo.find('?');
    std::string uri = std::string(conninfo.substr(0, mark)) + '?' + to_form(ours);
    if (mark != std::string_view::npos) uri += '&' + std::string(conninfo.substr(mark + 1));
    return uri;
  }
  std::string text;
  for (const auto& [name, value] : ours) text += name + '=' + value + ' ';
  return text + std::string(conninfo);
}

Result<std::unique_ptr<pqxx::connection>> open_connection(const StoreOptions& options) {
  try {
    auto connection = std::make_unique<pqxx::connection>(
        make_conninfo(options.conninfo.reveal(), options.connect_timeout));
    inhibit_reactivation(*connection);
    pqxx::nontransaction(*connection).exec(settings(options));
    return connection;
  } catch (const pqxx::broken_connection& e) {
    return Error{Code::kUnavailable, "the database is not available", reason(e.what())};
  } catch (const std::exception&) {
    return classify_current_exception("connect").error;
  }
}

Result<std::unique_ptr<pqxx::connection>> open_connection(const StoreOptions& options,
                                                          const Statements& statements) {
  auto connection = TRY(open_connection(options));
  const char* where = "prepare";
  try {
    for (const Statement& statement : statements) {
      where = statement.name;
      connection->prepare(statement.name, statement.sql);
      connection->prepare_now(statement.name);
    }
  } catch (const std::exception&) {
    return classify_current_exception(where).error;
  }
  return connection;
}

bool is_quiet(const pqxx::connection& connection) noexcept {
  pollfd waiting{connection.sock(), POLLIN | POLLRDHUP, 0};
  return connection.is_open() && waiting.fd >= 0 && poll(&waiting, 1, 0) == 0;
}

}  // namespace mcph::store
