#include "store/migrations.h"

#include "store_test.h"

namespace mcph::store {
namespace {

class Migrations : public testing::Test {
 protected:
  Migrations() {
    static int count = 0;
    name_ = "migrations_" + std::to_string(++count);
    cluster().create_database(name_);
  }
  ~Migrations() override { cluster().drop_database(name_); }

  Result<int> apply(const std::vector<Migration>& migrations) {
    StoreOptions options;
    options.conninfo = Secret(cluster().conninfo(name_));
    return apply_migrations(options, migrations, clock_, log_);
  }
  std::string sql(const std::string& statement) { return cluster().sql(name_, statement); }

  std::string name_;
  const test::FakeClock clock_;
  Log log_{clock_, 2, LogLevel::kError};
  const Migration first_{1, "V001__a.sql", "CREATE TABLE a (x int); INSERT INTO a VALUES (1);"};
  const Migration second_{2, "V002__b.sql", "INSERT INTO a VALUES (2);"};
};

TEST_F(Migrations, AreAppliedOnceInOrder) {
  EXPECT_EQ(*apply({first_}), 1);
  EXPECT_EQ(*apply({first_, second_}), 1);
  EXPECT_EQ(*apply({first_, second_}), 0);
  EXPECT_EQ(sql("SELECT string_agg(x::text, ',' ORDER BY x) FROM a"), "1,2");
  EXPECT_EQ(sql("SELECT string_agg(name, ',' ORDER BY version) FROM mcph.migration"),
            "V001__a.sql,V002__b.sql");
}

TEST_F(Migrations, RunByManyAtOnceAreAppliedByOne) {
  std::atomic<int> applied{0}, failed{0};
  at_once(8, [&](int) {
    const auto outcome = apply({first_, second_});
    if (outcome.ok()) applied += *outcome;
    if (!outcome.ok()) ++failed;
  });
  EXPECT_EQ(applied, 2);
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(sql("SELECT count(*) FROM a"), "2");
}

TEST_F(Migrations, ChangedAfterTheyWereAppliedAreRefused) {
  ASSERT_TRUE(apply({first_}).ok());
  Migration changed = first_;
  changed.sql += " -- harmless";
  EXPECT_REFUSED(apply({changed, second_}), Code::kConflict);
  EXPECT_EQ(sql("SELECT count(*) FROM a"), "1");
}

TEST_F(Migrations, OlderThanOneAppliedAreRefused) {
  ASSERT_TRUE(apply({{2, "V002__first.sql", "CREATE TABLE a (x int)"}}).ok());
  EXPECT_REFUSED(apply({first_, {2, "V002__first.sql", "CREATE TABLE a (x int)"}}),
                 Code::kConflict);
}

TEST_F(Migrations, ThatFailLeaveNothingBehindAndStopTheRest) {
  const Migration broken{2, "V002__broken.sql", "INSERT INTO a VALUES (7); SELECT nonsense;"};
  const Migration third{3, "V003__c.sql", "INSERT INTO a VALUES (3);"};
  const auto outcome = apply({first_, broken, third});
  ASSERT_FALSE(outcome.ok());
  EXPECT_NE(outcome.error().message.find("V002__broken.sql"), std::string::npos);
  EXPECT_NE(outcome.error().detail.find("42703"), std::string::npos);
  EXPECT_EQ(sql("SELECT string_agg(x::text, ',') FROM a"), "1");
  EXPECT_EQ(sql("SELECT max(version) FROM mcph.migration"), "1");
}

TEST_F(Migrations, OfANewerProgramAreLeftAlone) {
  ASSERT_TRUE(apply({first_, second_}).ok());
  EXPECT_EQ(*apply({first_}), 0);
}

TEST_F(Migrations, InTheBinaryStartAtOneAndHaveNoGaps) {
  ASSERT_FALSE(embedded_migrations().empty());
  int version = 0;
  for (const Migration& migration : embedded_migrations()) {
    EXPECT_EQ(migration.version, ++version);
    EXPECT_FALSE(migration.sql.empty());
  }
}

// A fraction of a second that one side keeps and the other drops makes comparisons miss. Leases are
// compared by the database alone.
TEST_F(Migrations, InTheBinaryKeepEveryExpiryInWholeSeconds) {
  ASSERT_TRUE(apply(embedded_migrations()).ok());
  EXPECT_EQ(sql("SELECT string_agg(table_name || '.' || column_name, ',') "
                "FROM information_schema.columns WHERE table_schema = 'mcph' "
                "AND data_type LIKE 'timestamp%' AND datetime_precision <> 0 "
                "AND column_name NOT IN ('lease_until', 'activates_at')"),
            "");
}

TEST_F(Migrations, InTheBinaryIndexEveryForeignKey) {
  ASSERT_TRUE(apply(embedded_migrations()).ok());
  EXPECT_EQ(sql("SELECT string_agg(conname, ',') FROM pg_constraint c WHERE contype = 'f' "
                "AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.conrelid "
                "AND i.indkey[0] = c.conkey[1])"),
            "");
}

}  // namespace
}  // namespace mcph::store
