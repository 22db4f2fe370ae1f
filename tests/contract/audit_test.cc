// The audit record on a real database: one chain over all hosts, and what it says of those who
// lay hands on it.
#include <gmock/gmock.h>

#include <set>

#include "audit/retention.h"
#include "audit/verify.h"
#include "audit/writer.h"
#include "base/encoding.h"
#include "crypto/key_ring.h"
#include "observability/audit_types.h"
#include "store_test.h"

namespace mcph::store {
namespace {

using testing::Contains;
using testing::Field;
using testing::HasSubstr;

AuditEvent event_of(std::string_view type, const std::string& client) {
  AuditEvent event;
  event.type = type;
  event.client = ClientId{client};
  event.details = {{"why", "\"quotes\", back\\slashes, {braces} and ünïcode"}};
  return event;
}

class AuditRecord : public StoreTest {
 protected:
  audit::Chain chain() const { return audit::Chain(ring_.open("audit.chain")); }
  std::unique_ptr<audit::Writer> open_writer(Store& store, std::size_t notes_max = 16 * 1024) {
    audit::WriterOptions options;
    options.host = "host-" + std::to_string(++hosts_);
    options.notes_max = notes_max;
    options.retry_min = Milliseconds{10};
    return std::make_unique<audit::Writer>(store.audit(), chain(), clock_, quiet_, options);
  }
  void given_events(int count) {
    const auto writer = open_writer(*store_);
    for (int i = 1; i <= count; ++i) {
      writer->record(event_of(audit_types::kClientCreated, "c" + std::to_string(i)));
    }
  }
  audit::Verdict verdict(const std::optional<audit::Head>& witness = {}) {
    auto outcome = audit::verify(store_->audit(), chain(), witness);
    EXPECT_TRUE(outcome.ok());
    return *std::move(outcome);
  }
  // As somebody who is the database's superuser.
  void tamper(const std::string& statement) {
    sql("SET session_replication_role = replica;" + statement);
  }
  std::vector<std::int64_t> flawed() {
    std::vector<std::int64_t> numbers;
    for (const auto& flaw : verdict().flaws) numbers.push_back(flaw.number);
    return numbers;
  }
  std::vector<audit::Entry> entries() { return *store_->audit().list({}); }

  const crypto::KeyRing ring_ = *crypto::KeyRing::parse("k1:" + to_base64url(std::string(32, 'k')));
  const Log quiet_{clock_, 2, LogLevel::kError};
  int hosts_ = 0;
};

TEST_F(AuditRecord, KeepsWhatItWasGiven) {
  {
    const auto writer = open_writer(*store_);
    AuditEvent event = event_of(audit_types::kGrantRevoked, "c");
    event.outcome = AuditOutcome::kRefused;
    event.actor = AuditActor::kAdministrator;
    event.actor_name = "alice";
    event.principal = PrincipalId{"p"};
    event.grant = GrantId{"g"};
    event.origin = {"192.0.2.1", "Browser/1.0", "req-1"};
    writer->record(std::move(event));
  }
  const auto all = entries();
  ASSERT_EQ(all.size(), 1u);
  const auto& entry = all[0];
  EXPECT_EQ(entry.number, 1);
  EXPECT_EQ(entry.at, clock_.now());
  EXPECT_EQ(entry.host, "host-1");
  EXPECT_EQ(entry.type, "grant.revoked");
  EXPECT_EQ(entry.outcome, "refused");
  EXPECT_EQ(entry.actor, "administrator");
  EXPECT_EQ(entry.actor_name, "alice");
  EXPECT_EQ(entry.principal, "p");
  EXPECT_EQ(entry.client, "c");
  EXPECT_EQ(entry.grant, "g");
  EXPECT_EQ(entry.peer, "192.0.2.1");
  EXPECT_EQ(entry.request_id, "req-1");
  EXPECT_EQ(entry.agent_hash.size(), 32u);
  EXPECT_THAT(entry.details, HasSubstr("ünïcode"));
  EXPECT_TRUE(verdict().good());
  EXPECT_EQ(sql("SELECT count(*) FROM mcph.audit_event WHERE audit_event::text LIKE '%Browser%'"),
            "0");
}

TEST_F(AuditRecord, IsOneChainOverHostsThatAppendAtOnce) {
  constexpr int kThreads = 16, kEach = 50;
  {
    std::vector<std::unique_ptr<Store>> stores;
    std::vector<std::unique_ptr<audit::Writer>> writers;
    for (int i = 0; i < 4; ++i) {
      stores.push_back(open_store());
      writers.push_back(open_writer(*stores.back()));
    }
    at_once(kThreads, [&](int i) {
      auto& writer = *writers[static_cast<std::size_t>(i) % writers.size()];
      for (int n = 0; n < kEach; ++n) {
        const auto event = event_of(audit_types::kTokenRefreshed, std::to_string(i));
        if (n % 2 == 0) {
          writer.record(event);
        } else {
          writer.note(event);
        }
      }
    });
    writers.clear();
  }
  const auto result = verdict();
  EXPECT_TRUE(result.good()) << result.flaws.front().what;
  EXPECT_EQ(result.entries, kThreads * kEach);
  EXPECT_EQ(result.standing.head.number, kThreads * kEach);
  EXPECT_EQ(sql("SELECT count(DISTINCT host) FROM mcph.audit_event"), "4");
}

TEST_F(AuditRecord, CanBeVerifiedWhileHostsAppend) {
  const auto writer = open_writer(*store_);
  std::atomic<bool> stop{false};
  std::thread appending([&] {
    while (!stop) writer->record(event_of(audit_types::kSignIn, "c"));
  });
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(verdict().good());
  stop = true;
  appending.join();
}

TEST_F(AuditRecord, HasADecisionInTheDatabaseWhenRecordReturns) {
  const auto writer = open_writer(*store_);
  writer->record(event_of(audit_types::kConsentApproved, "c"));
  EXPECT_EQ(entries().size(), 1u);
}

TEST_F(AuditRecord, KeepsDecisionsUntilTheDatabaseIsBack) {
  const auto writer = open_writer(*store_);
  sql("ALTER TABLE mcph.audit_event RENAME TO away");
  std::thread deciding([&] { writer->record(event_of(audit_types::kConsentDenied, "c")); });
  std::this_thread::sleep_for(Milliseconds{100});
  sql("ALTER TABLE mcph.away RENAME TO audit_event");
  deciding.join();
  EXPECT_TRUE(writer->flush(Milliseconds{5000}));
  EXPECT_EQ(entries().size(), 1u);
  EXPECT_TRUE(verdict().good());
}

TEST_F(AuditRecord, SaysHowManyNotesItLost) {
  {
    const auto writer = open_writer(*store_, 3);
    const Held held(name_, "SELECT * FROM mcph.audit_head FOR UPDATE");
    for (int i = 0; i < 10; ++i) writer->note(event_of(audit_types::kToolCalled, "c"));
  }
  std::int64_t kept = 0, lost = 0;
  for (const auto& entry : entries()) {
    if (entry.type == audit_types::kToolCalled) ++kept;
    if (entry.type != audit_types::kAuditLost) continue;
    const auto details = parse_json(entry.details);
    lost += std::stoll(std::string(*find_string(details->get_object(), "events")));
  }
  EXPECT_GT(lost, 0);
  EXPECT_EQ(kept + lost, 10);
  EXPECT_TRUE(verdict().good());
}

TEST_F(AuditRecord, OnlyGrows) {
  given_events(3);
  for (const char* statement : {"UPDATE mcph.audit_event SET client = 'x'",
                                "DELETE FROM mcph.audit_event", "TRUNCATE mcph.audit_event"}) {
    EXPECT_ANY_THROW(sql(statement)) << statement;
  }
  EXPECT_EQ(entries().size(), 3u);
  // And the owner, who is no superuser elsewhere, has not even the right to try.
  EXPECT_EQ(sql("SELECT count(*) FROM pg_class c, aclexplode(c.relacl) a "
                "WHERE c.oid = 'mcph.audit_event'::regclass "
                "AND a.privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE')"),
            "0");
}

TEST_F(AuditRecord, ShowsAChangedRowInEveryColumn) {
  for (const char* column : {"host", "type", "outcome", "actor", "actor_name", "principal",
                             "client", "grant_id", "peer", "agent_hash", "request_id", "details"}) {
    SCOPED_TRACE(column);
    tamper("TRUNCATE mcph.audit_event; UPDATE mcph.audit_head SET number = 0, mac = ''");
    given_events(5);
    ASSERT_TRUE(verdict().good());
    tamper("UPDATE mcph.audit_event SET " + std::string(column) + " = 'forged' WHERE number = 3");
    EXPECT_EQ(flawed(), (std::vector<std::int64_t>{3}));
  }
}

TEST_F(AuditRecord, ShowsAChangedTimeKeyAndMac) {
  given_events(5);
  tamper("UPDATE mcph.audit_event SET at = at + interval '1 second' WHERE number = 2");
  EXPECT_EQ(flawed(), (std::vector<std::int64_t>{2}));
  tamper("UPDATE mcph.audit_event SET at = at - interval '1 second' WHERE number = 2");
  EXPECT_TRUE(verdict().good());
  tamper("UPDATE mcph.audit_event SET key_id = 'k9' WHERE number = 4");
  EXPECT_EQ(flawed(), (std::vector<std::int64_t>{4}));
  tamper("UPDATE mcph.audit_event SET key_id = 'k1' WHERE number = 4");
  tamper("UPDATE mcph.audit_event SET mac = sha256(mac) WHERE number = 3");
  EXPECT_EQ(flawed(), (std::vector<std::int64_t>{3, 4}));
}

TEST_F(AuditRecord, ShowsARemovedRow) {
  given_events(6);
  tamper("DELETE FROM mcph.audit_event WHERE number = 4");
  EXPECT_EQ(flawed(), (std::vector<std::int64_t>{4}));
}

TEST_F(AuditRecord, ShowsARemovedRowThoughTheOthersMovedUp) {
  given_events(6);
  tamper(
      "DELETE FROM mcph.audit_event WHERE number = 4;"
      "UPDATE mcph.audit_event SET number = number - 1 WHERE number > 4;"
      "UPDATE mcph.audit_head SET number = 5");
  EXPECT_THAT(flawed(), Contains(4));
}

TEST_F(AuditRecord, ShowsThatTheBeginningIsMissing) {
  given_events(6);
  tamper("DELETE FROM mcph.audit_event WHERE number <= 2");
  EXPECT_EQ(flawed(), (std::vector<std::int64_t>{1}));
}

TEST_F(AuditRecord, ShowsThatTheEndIsMissing) {
  given_events(6);
  tamper("DELETE FROM mcph.audit_event WHERE number > 4");
  EXPECT_EQ(flawed(), (std::vector<std::int64_t>{5}));
}

TEST_F(AuditRecord, ShowsRowsThatChangedPlaces) {
  given_events(6);
  tamper(
      "UPDATE mcph.audit_event SET number = 100 WHERE number = 2;"
      "UPDATE mcph.audit_event SET number = 2 WHERE number = 3;"
      "UPDATE mcph.audit_event SET number = 3 WHERE number = 100");
  EXPECT_THAT(flawed(), testing::IsSupersetOf({2, 3}));
}

TEST_F(AuditRecord, ShowsAnInsertedRow) {
  given_events(4);
  tamper(
      "INSERT INTO mcph.audit_event SELECT 5, at, host, type, outcome, actor, actor_name, "
      "principal, client, grant_id, peer, agent_hash, request_id, details, key_id, mac "
      "FROM mcph.audit_event WHERE number = 4");
  EXPECT_THAT(flawed(), Contains(5));
  tamper(
      "UPDATE mcph.audit_head h SET number = 5, mac = (SELECT mac FROM mcph.audit_event "
      "WHERE number = 5)");
  EXPECT_EQ(flawed(), (std::vector<std::int64_t>{5}));
}

TEST_F(AuditRecord, ShowsToAWitnessThatItWasTakenBackToAnOlderState) {
  given_events(4);
  const auto old = verdict().standing.head;
  given_events(2);
  const auto witness = verdict().standing.head;
  EXPECT_TRUE(verdict(witness).good());
  EXPECT_TRUE(verdict(old).good());
  tamper(
      "DELETE FROM mcph.audit_event WHERE number > 4;"
      "UPDATE mcph.audit_head SET number = 4, mac = (SELECT mac FROM mcph.audit_event "
      "WHERE number = 4)");
  // By itself it is a good record, which is why there are witnesses.
  EXPECT_TRUE(verdict().good());
  const auto told = verdict(witness);
  ASSERT_EQ(told.flaws.size(), 1u);
  EXPECT_EQ(told.flaws[0].number, 6);
  // Nor does it help to write other events in their place.
  given_events(3);
  EXPECT_TRUE(verdict().good());
  EXPECT_FALSE(verdict(witness).good());
}

TEST_F(AuditRecord, LosesOldEventsHonestly) {
  given_events(10);
  clock_.advance(Seconds{3600});
  given_events(5);
  const auto writer = open_writer(*store_);
  const auto removed = audit::prune(store_->audit(), *writer, clock_.now() - Seconds{60});
  ASSERT_DONE(removed);
  EXPECT_EQ(*removed, 10u);
  const auto result = verdict();
  EXPECT_TRUE(result.good()) << result.flaws.front().what;
  EXPECT_EQ(result.standing.pruned.number, 10);
  EXPECT_EQ(result.entries, 6);  // with the one that says so
  EXPECT_EQ(*audit::prune(store_->audit(), *writer, clock_.now() - Seconds{60}), 0u);
  // What is left is as guarded as before.
  EXPECT_ANY_THROW(sql("DELETE FROM mcph.audit_event"));
  tamper("DELETE FROM mcph.audit_event WHERE number = 11");
  EXPECT_EQ(flawed(), (std::vector<std::int64_t>{11}));
}

TEST_F(AuditRecord, ShowsEventsThatWereLostDishonestly) {
  given_events(10);
  tamper(
      "UPDATE mcph.audit_head SET pruned_number = 4, pruned_mac = "
      "(SELECT mac FROM mcph.audit_event WHERE number = 4)");
  sql("DELETE FROM mcph.audit_event WHERE number <= 4");
  const auto result = verdict();
  ASSERT_EQ(result.flaws.size(), 1u);
  EXPECT_THAT(result.flaws[0].what, HasSubstr("no entry says so"));
}

TEST_F(AuditRecord, FindsEventsByWhatTheyAreAbout) {
  given_events(30);
  audit::Filter filter;
  filter.client = "c7";
  EXPECT_EQ(store_->audit().list(filter)->size(), 1u);
  filter = {};
  filter.newest_first = true;
  filter.before = 21;
  filter.count_max = 2;
  const auto page = *store_->audit().list(filter);
  ASSERT_EQ(page.size(), 2u);
  EXPECT_EQ(page[0].number, 20);
  EXPECT_EQ(page[1].number, 19);
  filter = {};
  filter.since = clock_.now() + Seconds{1};
  EXPECT_TRUE(store_->audit().list(filter)->empty());
  filter = {};
  filter.until = clock_.now() + Seconds{1};
  filter.type = audit_types::kClientCreated;
  EXPECT_EQ(store_->audit().list(filter)->size(), 30u);
}

TEST_F(AuditRecord, TakesTextsOfAnyKind) {
  {
    const auto writer = open_writer(*store_);
    AuditEvent event = event_of(audit_types::kClientRegistered, std::string(5000, 'x'));
    event.actor_name = std::string("nul\0byte", 8);
    event.origin.peer = "\xff\xfe";
    event.details = {{"name", std::string(300, '\xc3') + "\xa4"}, {"rtl", "\u202egpj"}};
    for (int i = 0; i < 40; ++i) event.details.push_back({"n" + std::to_string(i), "v"});
    writer->record(std::move(event));
  }
  const auto all = entries();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].client.size(), kAuditClientBytesMax);
  EXPECT_EQ(all[0].actor_name, "nul byte");
  EXPECT_EQ(all[0].peer, "(not UTF-8)");
  EXPECT_TRUE(verdict().good());
}

}  // namespace
}  // namespace mcph::store
