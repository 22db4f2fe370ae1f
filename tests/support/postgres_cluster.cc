#include "support/postgres_cluster.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "support/process.h"

namespace mcph::test {
namespace {

// Debian's place; PGBIN for everybody else.
std::string binary(const std::string& name) {
  const char* folder = std::getenv("PGBIN");
  return (folder != nullptr ? std::string(folder) : "/usr/lib/postgresql/15/bin") + '/' + name;
}

std::string check(const std::vector<std::string>& command, const std::string& user) {
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
  check({binary("initdb"), "--no-sync", "--no-locale", "-E", "UTF8", "-A", "trust", "-U",
         "postgres", "-D", folder_ + "/data"},
        user_);
  start();
}

PostgresCluster::~PostgresCluster() {
  try {
    if (running_) stop();
  } catch (const std::exception&) {
    // The folder goes in any case; a server without it ends by itself.
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void PostgresCluster::pg_ctl(const std::string& command, const std::string& options) const {
  std::vector<std::string> words = {binary("pg_ctl"), command,       "-w", "-s",
                                    "-D",             folder_ + "/data"};
  if (command == "start") {
    words.insert(words.end(), {"-l", folder_ + "/log", "-o", options});
  } else {
    words.insert(words.end(), {"-m", options});
  }
  check(words, user_);
}

void PostgresCluster::start() {
  pg_ctl("start",
         "-k " + folder_ + " -c listen_addresses= -c fsync=off -c synchronous_commit=off "
         "-c full_page_writes=off -c max_connections=80 -c autovacuum=off");
  running_ = true;
}

void PostgresCluster::stop() {
  pg_ctl("stop", "immediate");
  running_ = false;
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
  std::string output = check({binary("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d",
                              conninfo(database), "-c", statement},
                             {});
  while (output.ends_with('\n')) output.pop_back();
  return output;
}

}  // namespace mcph::test
