#include "todo_api/todo_store.h"

#include <mutex>
#include <optional>
#include <pqxx/pqxx>
#include <vector>

namespace mcph::todo_api {

namespace {

constexpr std::size_t kIdleConnectionsMax = 8;

constexpr char kSchema[] = R"sql(
SELECT pg_advisory_xact_lock(hashtext('todo schema'));
CREATE SCHEMA IF NOT EXISTS todo;
CREATE TABLE IF NOT EXISTS todo.item (
  subject   text NOT NULL,
  id        text NOT NULL DEFAULT gen_random_uuid()::text,
  position  bigint GENERATED ALWAYS AS IDENTITY,
  text      text NOT NULL,
  completed boolean NOT NULL DEFAULT false,
  PRIMARY KEY (subject, id)
);
)sql";

// A statement sees the table as it was before its own change, hence the unions below.
constexpr char kAsList[] = R"sql(
coalesce(json_agg(json_build_object('id', id, 'text', text, 'completed', completed)
                  ORDER BY completed, position), '[]')
)sql";

std::string make_change(const std::string& change, bool keeps_the_row) {
  const std::string rest =
      "SELECT * FROM todo.item WHERE subject = $1"
      " AND id NOT IN (SELECT id FROM changed)";
  return "WITH changed AS (" + change + " RETURNING *) SELECT (SELECT count(*) FROM changed), " +
         kAsList + " FROM (" + rest + (keeps_the_row ? " UNION ALL SELECT * FROM changed" : "") +
         ") AS list";
}

void prepare_statements(pqxx::connection& connection) {
  connection.prepare("load",
                     std::string("SELECT 1, ") + kAsList + " FROM todo.item WHERE subject = $1");
  connection.prepare("add", make_change("INSERT INTO todo.item (subject, text) SELECT $1, $2 WHERE"
                                        " (SELECT count(*) FROM todo.item WHERE subject = $1) < " +
                                            std::to_string(kTodosMax),
                                        true));
  connection.prepare("set_completed", make_change("UPDATE todo.item SET completed = $3"
                                                  " WHERE subject = $1 AND id = $2",
                                                  true));
  connection.prepare("remove",
                     make_change("DELETE FROM todo.item WHERE subject = $1 AND id = $2", false));
}

struct Changed {
  bool found;
  std::string list;
};

}  // namespace

class TodoStore::Connections {
 public:
  explicit Connections(const Secret& url) : url_(url) {}

  void make_schema() {
    auto connection = open();
    pqxx::work work(*connection);
    work.exec(kSchema);
    work.commit();
  }

  template <class... Arguments>
  Result<Changed> run(const char* statement, const Arguments&... arguments) {
    try {
      auto connection = take();
      pqxx::nontransaction session(*connection);
      const pqxx::row row = session.exec_prepared1(statement, arguments...);
      Changed changed{row[0].as<int>() > 0, row[1].as<std::string>()};
      session.commit();
      give_back(std::move(connection));
      return changed;
    } catch (const pqxx::broken_connection& e) {
      forget();
      return Error{Code::kUnavailable, "the database cannot be reached", e.what()};
    } catch (const std::exception& e) {
      return Error{Code::kInternal, "the database refused", e.what()};
    }
  }

 private:
  std::unique_ptr<pqxx::connection> open() const {
    return std::make_unique<pqxx::connection>(std::string(url_.reveal()));
  }

  std::unique_ptr<pqxx::connection> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
      }
    }
    auto connection = open();
    prepare_statements(*connection);
    return connection;
  }

  void give_back(std::unique_ptr<pqxx::connection> connection) {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < kIdleConnectionsMax) idle_.push_back(std::move(connection));
  }

  // One is broken: so are, most likely, all of them.
  void forget() {
    const std::lock_guard lock(mutex_);
    idle_.clear();
  }

  const Secret url_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<pqxx::connection>> idle_;
};

TodoStore::TodoStore(std::unique_ptr<Connections> connections)
    : connections_(std::move(connections)) {}
TodoStore::~TodoStore() = default;

Result<std::unique_ptr<TodoStore>> TodoStore::create(const Secret& database_url) {
  auto connections = std::make_unique<Connections>(database_url);
  try {
    connections->make_schema();
  } catch (const std::exception& e) {
    return Error{Code::kUnavailable, "the database cannot be prepared", e.what()};
  }
  return std::unique_ptr<TodoStore>(new TodoStore(std::move(connections)));
}

Result<std::string> TodoStore::load(const std::string& subject) {
  return TRY(connections_->run("load", subject)).list;
}

Result<std::string> TodoStore::add(const std::string& subject, const std::string& text) {
  auto changed = TRY(connections_->run("add", subject, text));
  if (!changed.found) {
    return Error{Code::kLimit, "The list has " + std::to_string(kTodosMax) + " to-dos already", {}};
  }
  return std::move(changed.list);
}

Result<std::string> TodoStore::set_completed(const std::string& subject, const std::string& id,
                                             bool completed) {
  auto changed = TRY(connections_->run("set_completed", subject, id, completed));
  if (!changed.found) return Error{Code::kNotFound, "There is no such to-do", {}};
  return std::move(changed.list);
}

Result<std::string> TodoStore::remove(const std::string& subject, const std::string& id) {
  auto changed = TRY(connections_->run("remove", subject, id));
  if (!changed.found) return Error{Code::kNotFound, "There is no such to-do", {}};
  return std::move(changed.list);
}

}  // namespace mcph::todo_api
