#include "store_test.h"

#include <atomic>
#include <latch>

namespace mcph::store {
namespace {

constexpr const char* kDatabase = "contract";

std::unique_ptr<test::PostgresCluster> the_cluster;

class ClusterEnvironment final : public testing::Environment {
 public:
  void TearDown() override { the_cluster.reset(); }
};
const testing::Environment* const environment =
    testing::AddGlobalTestEnvironment(new ClusterEnvironment);

void make_database() {
  the_cluster->create_database(kDatabase);
  StoreOptions options;
  options.conninfo = Secret(the_cluster->conninfo(kDatabase));
  const test::FakeClock clock;
  Log log(clock, 2, LogLevel::kError);
  const auto applied = apply_migrations(options, embedded_migrations(), clock, log);
  if (!applied.ok()) throw std::runtime_error(applied.error().message + applied.error().detail);
}

}  // namespace

test::PostgresCluster& cluster() {
  if (the_cluster == nullptr) {
    the_cluster = std::make_unique<test::PostgresCluster>();
    make_database();
  }
  return *the_cluster;
}

// One database for all tests, emptied before each: to make and drop one costs as much as ten tests.
StoreTest::StoreTest() : name_(kDatabase) {
  cluster();
  // As replicas do it: without the trigger that lets the audit record only grow.
  sql("SET session_replication_role = replica;"
      "DO $$ BEGIN EXECUTE (SELECT 'TRUNCATE ' || string_agg('mcph.' || tablename, ',') "
      "FROM pg_tables WHERE schemaname = 'mcph' AND tablename NOT IN ('migration', 'audit_head')); "
      "END $$;"
      "UPDATE mcph.audit_head SET number = 0, mac = '', pruned_number = 0, pruned_mac = ''");
  store_ = open_store();
}

StoreTest::~StoreTest() = default;

StoreOptions StoreTest::options() const {
  StoreOptions options;
  options.conninfo = Secret(cluster().conninfo(name_));
  options.listen_probe_every = Milliseconds{200};
  options.listen_backoff_min = Milliseconds{10};
  options.listen_backoff_max = Milliseconds{100};
  return options;
}

std::unique_ptr<Store> StoreTest::open_store(const StoreOptions& with) {
  auto store = Store::create(with, clock_, log_);
  if (!store.ok()) throw std::runtime_error(store.error().message + ": " + store.error().detail);
  return std::move(*store);
}

std::string hash_of(const std::string& seed) {
  std::string hash = seed;
  hash.resize(32, '\0');  // with NUL bytes, as hashes have
  return hash;
}

oauth::Client make_client(const std::string& id, UnixTime now) {
  oauth::Client client;
  client.id = ClientId(id);
  client.name = "A client";
  client.redirect_uris = {"https://client.example/callback"};
  client.grant_types = {"authorization_code", "refresh_token"};
  client.created_at = now;
  return client;
}

oauth::NewGrant make_grant(const std::string& uuid_tail, const std::string& client, UnixTime now) {
  oauth::NewGrant grant;
  grant.id =
      GrantId("00000000-0000-4000-8000-" + std::string(12 - uuid_tail.size(), '0') + uuid_tail);
  grant.client = ClientId(client);
  grant.redirect_uri = "https://client.example/callback";
  grant.scopes = {"todo:read", "todo:write"};
  grant.resource = "https://host.example/mcp";
  grant.expires_at = now + Seconds{86400};
  grant.user = {"https://idp.example/as",
                "alice",
                "Alice",
                "acr-1",
                {"kek1", "wrapped", std::string("sealed\0bytes", 12), now + Seconds{3600}, true}};
  grant.code = {hash_of("code" + uuid_tail),
                grant.id,
                grant.client,
                grant.redirect_uri,
                "challenge",
                grant.scopes,
                grant.resource,
                now + Seconds{60},
                false};
  return grant;
}

oauth::NewTokens make_tokens(const oauth::NewGrant& grant, const std::string& seed, UnixTime now) {
  return {grant.id,
          grant.client,
          hash_of("access" + seed),
          grant.scopes,
          grant.resource,
          now + Seconds{600},
          hash_of("refresh" + seed),
          now + Seconds{86400},
          {},
          {},
          "response" + seed};
}

oauth::NewGrant given_grant(Store& store, UnixTime now, const std::string& uuid_tail,
                            const std::string& client) {
  const auto known = store.clients().find(ClientId(client));
  if (known.ok() && !known->has_value()) {
    EXPECT_TRUE(store.clients().insert(make_client(client, now)).ok());
  }
  oauth::NewGrant grant = make_grant(uuid_tail, client, now);
  EXPECT_TRUE(store.grants().create(grant).ok());
  return grant;
}

void at_once(int count, const std::function<void(int)>& work) {
  std::latch start(count);
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&, i] {
      start.arrive_and_wait();
      work(i);
    });
  }
  for (auto& thread : threads) thread.join();
}

Held::Held(std::string database, std::string statement) : database_(std::move(database)) {
  thread_ = std::thread([this, statement = std::move(statement)] {
    try {
      cluster().sql(database_, "BEGIN; " + statement + "; SELECT pg_sleep(60)");
    } catch (const std::exception&) {
      // ended by the destructor, or by the test
    }
  });
  while (in_activity("count(*)") == "0") {
  }
}

Held::~Held() {
  in_activity("pg_terminate_backend(pid, 5000)");  // waits until it is gone
  thread_.join();
}

std::string Held::in_activity(const std::string& what) const {
  return cluster().sql("postgres", "SELECT " + what + " FROM pg_stat_activity WHERE datname = '" +
                                       database_ + "' AND wait_event = 'PgSleep'");
}

}  // namespace mcph::store
