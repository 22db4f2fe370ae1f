// A fresh database for one test, in a cluster that the whole test binary shares.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "support/postgres_cluster.h"
#include "todo_api/todo_store.h"

namespace mcph::todo_api {

class Database {
 public:
  Database() : name_("todo_" + std::to_string(++count())) { cluster().create_database(name_); }
  ~Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  std::unique_ptr<TodoStore> make_store() const {
    auto store = TodoStore::create(Secret(cluster().conninfo(name_)));
    EXPECT_TRUE(store.ok()) << store.error().detail;
    return store.ok() ? *std::move(store) : nullptr;
  }
  std::string sql(const std::string& statement) const { return cluster().sql(name_, statement); }
  // As a crash, but with everything on disk: the cluster saves time by writing it late.
  void stop() const {
    sql("CHECKPOINT");
    cluster().stop();
  }
  static void start() { cluster().start(); }

 private:
  static test::PostgresCluster& cluster() {
    static test::PostgresCluster one;
    return one;
  }
  static int& count() {
    static int databases = 0;
    return databases;
  }
  const std::string name_;
};

}  // namespace mcph::todo_api
