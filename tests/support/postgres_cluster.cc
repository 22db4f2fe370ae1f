#include "support/postgres_cluster.h"

#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include "support/process.h"

// libpqxx 6.4.5 forgets the result of a statement during which its connection breaks: 2 KB a time.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:PQmakeEmptyPGresult";
}

namespace mcph::test {
namespace {

// Debian's place; PGBIN for everybody else.
std::string binary(const std::string& name) {
  const char* folder = std::getenv("PGBIN");
  return (folder != nullptr ? std::string(folder) : "/usr/lib/postgresql/15/bin") + '/' + name;
}

std::string run_or_throw(const std::vector<std::string>& command, const std::string& user) {
  const Outcome outcome = run(command, user);
  if (outcome.exit_code != 0) {
    throw std::runtime_error(command.front() + " failed: " + outcome.output);
  }
  return outcome.output;
}

}  // namespace

PostgresCluster::PostgresCluster() : user_(geteuid() == 0 ? "postgres" : "") {
  // Short, as a socket's path may have 107 bytes at most.
  char pattern[] = "/tmp/mcph-pg-XXXXXX";
  if (mkdtemp(pattern) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = pattern;
  if (!user_.empty()) {
    const passwd* entry = getpwnam(user_.c_str());
    if (entry == nullptr || chown(pattern, entry->pw_uid, entry->pw_gid) != 0) {
      throw std::runtime_error("no user to run PostgreSQL as: " + user_);
    }
  }
  run_or_throw({binary("initdb"), "--no-sync", "--no-locale", "-E", "UTF8", "-A", "trust", "-U",
                "postgres", "-D", folder_ + "/data"},
               user_);
  start();
}

PostgresCluster::~PostgresCluster() {
  stop();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void PostgresCluster::start() {
  server_ = mcph::test::start({binary("postgres"), "-D", folder_ + "/data", "-k", folder_, "-c",
                               "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off",
                               "-c", "max_connections=80", "-c", "autovacuum=off"},
                              user_, folder_ + "/log");
  if (server_ < 0) throw std::runtime_error("PostgreSQL cannot be started");
  for (int tries = 0; tries < 300; ++tries) {
    if (run({binary("pg_isready"), "-q", "-h", folder_}).exit_code == 0) return;
    if (waitpid(server_, nullptr, WNOHANG) == server_) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  throw std::runtime_error("PostgreSQL does not come up; see " + folder_ + "/log");
}

std::string PostgresCluster::read_log() const {
  std::ifstream file(folder_ + "/log");
  return {std::istreambuf_iterator<char>(file), {}};
}

void PostgresCluster::stop() {
  if (server_ < 0) return;
  kill(server_, SIGQUIT);  // an immediate shutdown
  waitpid(server_, nullptr, 0);
  server_ = -1;
}

std::string PostgresCluster::conninfo(const std::string& database) const {
  return "host=" + folder_ + " user=postgres dbname=" + database;
}

void PostgresCluster::create_database(const std::string& name, const std::string& from) {
  sql("postgres", "CREATE DATABASE \"" + name + "\" TEMPLATE \"" + from + '"');
}

void PostgresCluster::drop_database(const std::string& name) {
  sql("postgres", "DROP DATABASE IF EXISTS \"" + name + "\" WITH (FORCE)");
}

std::string PostgresCluster::sql(const std::string& database, const std::string& statement) const {
  std::string output = run_or_throw({binary("psql"), "-X", "-q", "-A", "-t", "-v",
                                     "ON_ERROR_STOP=1", "-d", conninfo(database), "-c", statement},
                                    {});
  while (output.ends_with('\n')) output.pop_back();
  return output;
}

}  // namespace mcph::test
