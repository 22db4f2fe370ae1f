// A private PostgreSQL cluster in a temporary folder: unix socket only, no fsync, gone with this
// object. Nothing of a system cluster is touched. One per test binary is enough. Failures throw
// std::runtime_error, as nothing can be tested then.
#pragma once

#include <sys/types.h>

#include <string>

namespace mcph::test {

class PostgresCluster {
 public:
  PostgresCluster();
  ~PostgresCluster();
  PostgresCluster(const PostgresCluster&) = delete;
  PostgresCluster& operator=(const PostgresCluster&) = delete;

  // A connection string (libpq) of the owner of everything.
  std::string conninfo(const std::string& database) const;
  // Nobody may be connected to `from`.
  void create_database(const std::string& name, const std::string& from = "template0");
  void drop_database(const std::string& name);

  void start();
  // As a crash does: connections break, running statements are lost.
  void stop();

  // Runs SQL, returns what psql prints (unaligned, tuples only).
  std::string sql(const std::string& database, const std::string& statement) const;

  // All that the server has logged so far.
  std::string read_log() const;

 private:
  std::string folder_;
  std::string user_;  // whom to become for the server, which refuses root; empty: nobody else
  pid_t server_ = -1;
};

}  // namespace mcph::test
