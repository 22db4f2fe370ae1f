#include "store/connection.h"

#include <pqxx/nontransaction>
#include <pqxx/result>

#include "store_test.h"

namespace mcph::store {
namespace {

TEST(MakeConninfo, LetsTheAdministratorHaveTheLastWord) {
  const std::string text = make_conninfo("host=h connect_timeout=9", Seconds{5});
  EXPECT_LT(text.find("connect_timeout=5"), text.find("connect_timeout=9"));
  EXPECT_TRUE(text.ends_with("host=h connect_timeout=9"));
}

TEST(MakeConninfo, ExtendsAUriByItsQuery) {
  EXPECT_TRUE(make_conninfo("postgresql://u@h/d", Seconds{5})
                  .starts_with("postgresql://u@h/d?connect_timeout=5&"));
  const std::string uri = make_conninfo("postgres:///d?host=/run/pg", Seconds{5});
  EXPECT_TRUE(uri.starts_with("postgres:///d?connect_timeout=5&"));
  EXPECT_TRUE(uri.ends_with("&host=/run/pg"));
}

class Connections : public StoreTest {
 protected:
  std::string setting(pqxx::connection& connection, const char* name) {
    pqxx::nontransaction session(connection);
    return session.exec(std::string("SHOW ") + name)[0][0].c_str();
  }
};

TEST_F(Connections, HaveTheServerEnforceOurTimeouts) {
  const auto connection = open_connection(options());
  ASSERT_TRUE(connection.ok());
  EXPECT_EQ(setting(**connection, "statement_timeout"), "5s");
  EXPECT_EQ(setting(**connection, "lock_timeout"), "2s");
  EXPECT_EQ(setting(**connection, "idle_in_transaction_session_timeout"), "10s");
  EXPECT_EQ(setting(**connection, "application_name"), "mcp-host");
}

TEST_F(Connections, AreOpenedByUriToo) {
  StoreOptions by_uri = options();
  const std::string keywords(by_uri.conninfo.reveal());
  const std::string folder = keywords.substr(5, keywords.find(' ') - 5);
  by_uri.conninfo = Secret("postgresql://postgres@/" + name_ + "?host=" + folder);
  EXPECT_TRUE(open_connection(by_uri).ok());
}

TEST_F(Connections, RefuseAStatementThatDoesNotFitTheSchema) {
  const auto connection =
      open_connection(options(), {{"wrong", "SELECT nothing FROM mcph.client"}});
  ASSERT_FALSE(connection.ok());
  EXPECT_EQ(connection.error().code, Code::kInternal);
  EXPECT_NE(connection.error().detail.find("42703 in wrong"), std::string::npos);
}

TEST_F(Connections, NeverRepeatAPasswordInAnError) {
  for (const char* conninfo :
       {"host=/nowhere password=hunter2 dbname=x", "password=hunter 2 hunter2",
        "postgresql://u:p@hunter2@127.0.0.1:1/d", "postgresql://u:hunter2@127.0.0.1:hunter2/d",
        "postgresql://u:hunter2@127.0.0.1:1/d?hunter2", "hunter2"}) {
    StoreOptions wrong = options();
    wrong.conninfo = Secret(std::string(conninfo));
    const auto connection = open_connection(wrong);
    ASSERT_FALSE(connection.ok()) << conninfo;
    EXPECT_EQ(connection.error().code, Code::kUnavailable);
    EXPECT_EQ((connection.error().message + connection.error().detail).find("hunter"),
              std::string::npos)
        << connection.error().detail;
  }
}

TEST_F(Connections, ToADatabaseWithoutSchemaMakeNoStore) {
  cluster().create_database("empty");
  StoreOptions empty = options();
  empty.conninfo = Secret(cluster().conninfo("empty"));
  EXPECT_REFUSED(Store::create(empty, clock_, log_), Code::kInternal);
  cluster().drop_database("empty");
}

}  // namespace
}  // namespace mcph::store
