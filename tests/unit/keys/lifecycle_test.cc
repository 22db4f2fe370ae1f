#include "keys/lifecycle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "base/encoding.h"
#include "crypto/key_ring.h"
#include "crypto/sealer.h"
#include "fakes/memory_audit_log.h"
#include "fakes/memory_server_key_store.h"
#include "keys/server_keys.h"
#include "keys/wrapped_server_keys.h"
#include "observability/audit_types.h"
#include "support/fake_clock.h"
#include "support/fake_random.h"

namespace mcph::keys {
namespace {

constexpr Seconds kDay{24 * 3600};

std::string ring_line(const std::string& id, char fill) {
  return id + ':' + to_base64url(std::string(32, fill)) + '\n';
}

class KeyLifecycle : public testing::Test {
 protected:
  // Another host on the same store.
  std::unique_ptr<ServerKeys> open_host() {
    auto made = ServerKeys::create(store_, wrapping_, purposes_, clock_);
    EXPECT_TRUE(made.ok());
    return *std::move(made);
  }
  Lifecycle make_lifecycle(Seconds rotate_every = Seconds{0}) {
    return Lifecycle({store_, {&wrapped_}, audit_, clock_}, wrapping_, purposes_,
                     {kActivationDelay, rotate_every});
  }

  test::FakeClock clock_;
  test::FakeRandom random_;
  crypto::KeyRing ring_ = *crypto::KeyRing::parse(ring_line("k1", 'a'));
  const KeyWrapping wrapping_{ring_, random_};
  const std::vector<Purpose> purposes_{{"a", kDay}, {"b", 2 * kDay}, {"c", std::nullopt}};
  test::MemoryServerKeyStore store_;
  test::MemoryAuditLog audit_;
  WrappedServerKeys wrapped_{store_, wrapping_};
  char last_fill_ = 0;  // of the ring key that is active
};

TEST(Purposes, AreNamedOnceAndKeepTheirKeysAsLongAsWhatTheyMade) {
  const Lifetimes lifetimes{Seconds{5000}};
  std::set<std::string_view> names, for_ever;
  for (const Purpose& purpose : make_purposes(lifetimes)) {
    EXPECT_TRUE(names.insert(purpose.name).second) << purpose.name;
    if (!purpose.keep) for_ever.insert(purpose.name);
    if (purpose.name == "mcp.session") {
      EXPECT_GE(*purpose.keep, lifetimes.session);
    }
  }
  EXPECT_EQ(for_ever, (std::set<std::string_view>{"oauth.token-tag", "plugins.kv", kAuditPurpose}));
}

TEST_F(KeyLifecycle, PurposesNeverShareAKey) {
  const auto host = open_host();
  std::set<std::string> keys;
  for (const Purpose& purpose : purposes_) {
    keys.insert(std::string(host->open(purpose.name)->current()->active().key.reveal()));
  }
  EXPECT_EQ(keys.size(), purposes_.size());
}

TEST_F(KeyLifecycle, NothingInARowTellsTheKey) {
  const auto host = open_host();
  const auto key = host->open("a")->current()->active().key;
  const auto rows = *store_.list();
  for (const ServerKey& row : rows) {
    EXPECT_EQ(row.sealed.find(std::string(key.reveal())), std::string::npos);
  }
}

TEST_F(KeyLifecycle, RotatesByItselfWhenAKeyIsOldEnough) {
  const auto host = open_host();
  auto lifecycle = make_lifecycle(10 * kDay);
  clock_.advance(10 * kDay - Seconds{1});
  ASSERT_TRUE(lifecycle.tend().ok());
  EXPECT_EQ(audit_.count(audit_types::kKeyCreated), 0u);
  clock_.advance(Seconds{1});
  ASSERT_TRUE(lifecycle.tend().ok());
  EXPECT_EQ(audit_.count(audit_types::kKeyCreated), purposes_.size());
  ASSERT_TRUE(lifecycle.tend().ok());
  EXPECT_EQ(audit_.count(audit_types::kKeyActivated), purposes_.size());
  ASSERT_TRUE(lifecycle.tend().ok());
  EXPECT_EQ(audit_.count(audit_types::kKeyCreated), purposes_.size());
}

TEST_F(KeyLifecycle, SaysWhoWantedIt) {
  const auto host = open_host();
  auto lifecycle = make_lifecycle();
  ASSERT_TRUE(lifecycle.rotate("a", {AuditActor::kAdministrator, "alice", {}}).ok());
  const auto event = audit_.events().at(0);
  EXPECT_EQ(event.type, audit_types::kKeyCreated);
  EXPECT_EQ(event.actor_name, "alice");
}

TEST_F(KeyLifecycle, KeepsItsKeysWhenTheDatabaseIsAway) {
  const auto host = open_host();
  const crypto::Sealer sealer(*host, "a", random_);
  const std::string sealed = sealer.seal("x", "");
  store_.broken = true;
  EXPECT_FALSE(host->load().ok());
  EXPECT_TRUE(sealer.open(sealed, "").has_value());
}

TEST_F(KeyLifecycle, CountsKeysThatNoRingKeyOpensAndLeavesThem) {
  const auto host = open_host();
  ring_.replace(*crypto::KeyRing::parse(ring_line("k2", 'b')));
  auto lifecycle = make_lifecycle();
  const auto done = lifecycle.rewrap(100, {});
  ASSERT_TRUE(done.ok());
  EXPECT_EQ(done->rewrapped, 0u);
  EXPECT_EQ(done->unreadable, purposes_.size());
  EXPECT_EQ(lifecycle.load_rewrap_status()->to_do(), purposes_.size());
}

// Whatever operators, hosts and time do in whatever order: there is always exactly one active key a
// purpose, no host seals with a key another one does not have (as hosts read the keys at least once
// between the making of a key and its use, and whenever time passes), and what was sealed opens as
// long as the purpose says.
TEST_F(KeyLifecycle, HoldsItsPromisesInAnyOrderOfEvents) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    test::MemoryServerKeyStore store;
    crypto::KeyRing ring = *crypto::KeyRing::parse(ring_line("k1", 'a'));
    const KeyWrapping wrapping(ring, random_);
    WrappedServerKeys wrapped(store, wrapping);
    Lifecycle lifecycle({store, {&wrapped}, audit_, clock_}, wrapping, purposes_,
                        {kActivationDelay, Seconds{0}});
    std::vector<std::unique_ptr<ServerKeys>> hosts;
    for (int i = 0; i < 3; ++i) {
      hosts.push_back(*ServerKeys::create(store, wrapping, purposes_, clock_));
    }
    struct Sealed {
      std::string purpose, text;
      UnixTime at;
      Seconds keep;
    };
    std::vector<Sealed> all;
    std::mt19937 dice(seed);
    for (int step = 0; step < 120; ++step) {
      const Purpose& purpose = purposes_[dice() % purposes_.size()];
      switch (dice() % 6) {
        case 0:
          // Its time comes when every host has read it.
          static_cast<void>(lifecycle.rotate(std::string(purpose.name), {}));
          for (auto& host : hosts) ASSERT_TRUE(host->load().ok());
          break;
        case 1:
          ASSERT_TRUE(lifecycle.tend().ok());
          break;
        case 2:
          ASSERT_TRUE(hosts[dice() % hosts.size()]->load().ok());
          break;
        case 3:
          clock_.advance(Seconds{static_cast<int>(dice() % 50'000)});
          // Much longer than kReloadEvery.
          for (auto& host : hosts) ASSERT_TRUE(host->load().ok());
          break;
        case 4: {
          const std::string next = "r" + std::to_string(step);
          const char fill = static_cast<char>('b' + dice() % 20);
          const std::string old = ring.active_id();
          ring.replace(*crypto::KeyRing::parse(
              ring_line(next, fill) + old + ':' +
              to_base64url(std::string(32, old == "k1" ? 'a' : last_fill_))));
          last_fill_ = fill;
          ASSERT_TRUE(lifecycle.rewrap(1000, {}).ok());
          break;
        }
        default: {
          const auto& host = hosts[dice() % hosts.size()];
          const crypto::Sealer sealer(*host, purpose.name, random_);
          all.push_back({std::string(purpose.name), sealer.seal("x", ""), clock_.now(),
                         purpose.keep.value_or(3650 * kDay)});
        }
      }
      std::map<std::string, int> active;
      const auto rows = *store.list();
      for (const ServerKey& key : rows) {
        active[key.purpose] += key.state == KeyState::kActive ? 1 : 0;
      }
      for (const Purpose& one : purposes_) ASSERT_EQ(active[std::string(one.name)], 1);
    }
    for (auto& host : hosts) ASSERT_TRUE(host->load().ok());
    for (const Sealed& sealed : all) {
      if (sealed.at + sealed.keep <= clock_.now()) continue;
      for (const auto& host : hosts) {
        const crypto::Sealer sealer(*host, sealed.purpose, random_);
        ASSERT_TRUE(sealer.open(sealed.text, "").has_value());
      }
    }
  }
}

}  // namespace
}  // namespace mcph::keys
