// The fixture of every contract test: a migrated, empty database, and a store on it.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "store/migrations.h"
#include "store/store.h"
#include "support/fake_clock.h"
#include "support/postgres_cluster.h"

namespace mcph::store {

// One for the binary.
test::PostgresCluster& cluster();

class StoreTest : public testing::Test {
 protected:
  StoreTest();
  ~StoreTest() override;

  StoreOptions options() const;  // short waits
  // Another host on the same database.
  std::unique_ptr<Store> open_store() { return open_store(options()); }
  std::unique_ptr<Store> open_store(const StoreOptions& with);
  std::string sql(const std::string& statement) const { return cluster().sql(name_, statement); }

  const std::string name_;  // of the database
  test::FakeClock clock_;
  Log log_{clock_, 2, LogLevel::kError};
  std::unique_ptr<Store> store_;
};

// A SHA-256, as far as the store can see.
std::string hash_of(const std::string& seed);

oauth::Client make_client(const std::string& id, UnixTime now);
oauth::NewGrant make_grant(const std::string& uuid_tail, const std::string& client, UnixTime now);
oauth::NewTokens make_tokens(const oauth::NewGrant& grant, const std::string& seed, UnixTime now);

// Inserts the client and the grant.
oauth::NewGrant given_grant(Store& store, UnixTime now, const std::string& uuid_tail = "1",
                            const std::string& client = "client");

// Runs `work(i)` on `count` threads that start together.
void at_once(int count, const std::function<void(int)>& work);

// Runs a statement in a transaction that stays open, with its locks, until this dies.
class Held {
 public:
  Held(std::string database, std::string statement);
  ~Held();

 private:
  std::string in_activity(const std::string& what) const;

  const std::string database_;
  std::thread thread_;
};

}  // namespace mcph::store

#define ASSERT_DONE(expr)                                                                      \
  do {                                                                                         \
    const auto outcome_ = (expr);                                                              \
    ASSERT_TRUE(outcome_.ok()) << outcome_.error().message << ": " << outcome_.error().detail; \
  } while (false)
#define EXPECT_REFUSED(expr, wanted)                                    \
  do {                                                                  \
    const auto outcome_ = (expr);                                       \
    ASSERT_FALSE(outcome_.ok());                                        \
    EXPECT_EQ(outcome_.error().code, wanted)                            \
        << outcome_.error().message << ": " << outcome_.error().detail; \
  } while (false)
