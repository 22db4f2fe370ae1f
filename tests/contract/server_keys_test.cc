// The keys of purposes and the data keys of credentials on a real database: rotation over several
// hosts, and wrapping anew while hosts work.
#include "keys/server_keys.h"

#include <gmock/gmock.h>

#include <atomic>
#include <map>

#include "base/encoding.h"
#include "crypto/key_ring.h"
#include "crypto/sealer.h"
#include "fakes/memory_audit_log.h"
#include "federation/sealing.h"
#include "federation/wrapped_credentials.h"
#include "keys/lifecycle.h"
#include "keys/wrapped_server_keys.h"
#include "observability/audit_types.h"
#include "store_test.h"
#include "support/fake_random.h"

namespace mcph::store {
namespace {

using federation::WrappedPlace;
using keys::KeyState;

constexpr char kPurpose[] = "oauth.consent";

std::string ring_line(const std::string& id, char fill) {
  return id + ':' + to_base64url(std::string(32, fill)) + '\n';
}

// A host as far as keys go.
struct KeyHost {
  KeyHost(Store& s, const Clock& clock, const std::string& ring_text, Milliseconds delay)
      : store(s), ring(*crypto::KeyRing::parse(ring_text)) {
    const keys::KeyWrapping wrapping(ring, random);
    server_keys =
        *keys::ServerKeys::create(store.server_keys(), wrapping, keys::make_purposes({}), clock);
    lifecycle = std::make_unique<keys::Lifecycle>(
        keys::Lifecycle::Parts{
            store.server_keys(),
            {&wrapped_server_keys, &wrapped_credentials, &wrapped_exchanged, &wrapped_revocations},
            audit,
            clock},
        wrapping, keys::make_purposes({}), keys::LifecycleSettings{delay, Seconds{0}});
    sealer = std::make_unique<crypto::Sealer>(*server_keys, kPurpose, random);
  }

  Store& store;
  SystemRandom random;
  crypto::KeyRing ring;
  test::MemoryAuditLog audit;
  keys::WrappedServerKeys wrapped_server_keys{store.server_keys(), keys::KeyWrapping(ring, random)};
  federation::WrappedCredentials wrapped_credentials{WrappedPlace::kCredentials,
                                                     store.wrapped_keys(), ring, random};
  federation::WrappedCredentials wrapped_exchanged{WrappedPlace::kExchanged, store.wrapped_keys(),
                                                   ring, random};
  federation::WrappedCredentials wrapped_revocations{WrappedPlace::kRevocations,
                                                     store.wrapped_keys(), ring, random};
  federation::CredentialSealer credentials{ring, random};
  std::unique_ptr<keys::ServerKeys> server_keys;
  std::unique_ptr<keys::Lifecycle> lifecycle;
  std::unique_ptr<crypto::Sealer> sealer;
};

class ServerKeysTest : public StoreTest {
 protected:
  std::unique_ptr<KeyHost> open_host(Store& store, Milliseconds delay = Milliseconds{0}) {
    return std::make_unique<KeyHost>(store, clock_, ring_text_, delay);
  }
  std::map<KeyState, int> states(const std::string& purpose = kPurpose) {
    std::map<KeyState, int> counts;
    const auto keys = *store_->server_keys().list();
    for (const auto& key : keys) counts[key.state] += key.purpose == purpose ? 1 : 0;
    std::erase_if(counts, [](const auto& one) { return one.second == 0; });
    return counts;
  }
  federation::Credential credential(const std::string& token) const {
    federation::Credential one;
    one.access_token = Secret(token);
    one.expires_at = clock_.now() + Seconds{3600};
    return one;
  }
  // A grant whose credential is sealed by that host.
  GrantId given_sealed_grant(KeyHost& host, int number) {
    const std::string tail = std::to_string(number);
    auto grant = make_grant(tail, "client", clock_.now());
    grant.user.credential = host.credentials.seal(grant.id, credential("token-" + tail));
    EXPECT_TRUE(store_->grants().create(grant).ok());
    return grant.id;
  }

  std::string ring_text_ = ring_line("k1", 'a');
};

TEST_F(ServerKeysTest, HostsThatStartTogetherHaveTheSameKeys) {
  std::vector<std::unique_ptr<Store>> stores;
  std::vector<std::unique_ptr<KeyHost>> hosts(8);
  for (std::size_t i = 0; i < hosts.size(); ++i) stores.push_back(open_store());
  at_once(8, [&](int i) {
    const auto at = static_cast<std::size_t>(i);
    hosts[at] = open_host(*stores[at]);
  });
  EXPECT_EQ(states(), (std::map<KeyState, int>{{KeyState::kActive, 1}}));
  const std::string sealed = hosts[0]->sealer->seal("value", "");
  for (const auto& host : hosts) EXPECT_TRUE(host->sealer->open(sealed, "").has_value());
}

TEST_F(ServerKeysTest, ANewKeyIsKnownEverywhereBeforeAnybodyUsesIt) {
  const auto other_store = open_store();
  const auto a = open_host(*store_, Milliseconds{300});
  const auto b = open_host(*other_store, Milliseconds{300});
  const std::string before = a->sealer->seal("old", "");
  ASSERT_DONE(a->lifecycle->rotate(kPurpose, {}));
  EXPECT_EQ(states(), (std::map<KeyState, int>{{KeyState::kNext, 1}, {KeyState::kActive, 1}}));
  ASSERT_DONE(a->server_keys->load());
  ASSERT_DONE(b->server_keys->load());

  // Not its time yet, whoever asks.
  ASSERT_DONE(a->lifecycle->tend());
  ASSERT_DONE(a->server_keys->load());
  const std::string early = a->sealer->seal("x", "");
  EXPECT_EQ(early.substr(0, early.find('.')), before.substr(0, before.find('.')));

  std::this_thread::sleep_for(Milliseconds{350});
  ASSERT_DONE(a->lifecycle->tend());
  ASSERT_DONE(a->server_keys->load());
  const std::string fresh = a->sealer->seal("new", "");
  EXPECT_NE(fresh.substr(0, fresh.find('.')), before.substr(0, before.find('.')));
  // b has not heard of the change, and opens both.
  EXPECT_TRUE(b->sealer->open(fresh, "").has_value());
  EXPECT_TRUE(b->sealer->open(before, "").has_value());
  EXPECT_TRUE(a->sealer->open(before, "").has_value());
  EXPECT_EQ(states(), (std::map<KeyState, int>{{KeyState::kActive, 1}, {KeyState::kRetired, 1}}));
}

TEST_F(ServerKeysTest, OfManyThatRotateOneMakesTheNextKey) {
  const auto host = open_host(*store_, Milliseconds{60'000});
  std::atomic<int> made{0}, refused{0};
  at_once(8, [&](int) {
    const auto rotated = host->lifecycle->rotate(kPurpose, {});
    made += rotated.ok() ? 1 : 0;
    refused += !rotated.ok() && rotated.error().code == Code::kConflict ? 1 : 0;
  });
  EXPECT_EQ(made, 1);
  EXPECT_EQ(refused, 7);
  EXPECT_EQ(host->audit.count(audit_types::kKeyCreated), 1u);
}

TEST_F(ServerKeysTest, OfManyThatTendOneActivates) {
  const auto host = open_host(*store_);
  ASSERT_DONE(host->lifecycle->rotate(kPurpose, {}));
  at_once(8, [&](int) { EXPECT_TRUE(host->lifecycle->tend().ok()); });
  EXPECT_EQ(states(), (std::map<KeyState, int>{{KeyState::kActive, 1}, {KeyState::kRetired, 1}}));
  EXPECT_EQ(host->audit.count(audit_types::kKeyActivated), 1u);
  EXPECT_EQ(host->audit.count(audit_types::kKeyRetired), 1u);
}

TEST_F(ServerKeysTest, ARetiredKeyIsDestroyedWhenAllItMadeIsOver) {
  const auto host = open_host(*store_);
  const std::string sealed = host->sealer->seal("old", "");
  ASSERT_DONE(host->lifecycle->rotate(kPurpose, {}));
  ASSERT_DONE(host->lifecycle->tend());
  clock_.advance(Seconds{24 * 3600 - 1});
  ASSERT_DONE(host->lifecycle->tend());
  ASSERT_DONE(host->server_keys->load());
  EXPECT_TRUE(host->sealer->open(sealed, "").has_value());
  clock_.advance(Seconds{1});
  ASSERT_DONE(host->lifecycle->tend());
  ASSERT_DONE(host->server_keys->load());
  EXPECT_FALSE(host->sealer->open(sealed, "").has_value());
  EXPECT_EQ(states(), (std::map<KeyState, int>{{KeyState::kActive, 1}, {KeyState::kDestroyed, 1}}));
  EXPECT_EQ(sql("SELECT count(*) FROM mcph.server_key WHERE state = 'destroyed' AND sealed <> ''"),
            "0");
}

TEST_F(ServerKeysTest, TheKeyOfTheAuditRecordIsNeverDestroyedByAge) {
  const auto host = open_host(*store_);
  ASSERT_DONE(host->lifecycle->rotate(std::string(keys::kAuditPurpose), {}));
  ASSERT_DONE(host->lifecycle->tend());
  clock_.advance(Seconds{3650LL * 24 * 3600});
  ASSERT_DONE(host->lifecycle->tend());
  EXPECT_EQ(states(std::string(keys::kAuditPurpose)),
            (std::map<KeyState, int>{{KeyState::kActive, 1}, {KeyState::kRetired, 1}}));
}

TEST_F(ServerKeysTest, OnlyRetiredKeysCanBeDestroyed) {
  const auto host = open_host(*store_);
  const auto active = store_->server_keys().list()->front();
  EXPECT_REFUSED(host->lifecycle->destroy(active.id, {}), Code::kConflict);
  EXPECT_REFUSED(host->lifecycle->destroy("nobody", {}), Code::kNotFound);
  EXPECT_REFUSED(host->lifecycle->rotate("nothing", {}), Code::kNotFound);
}

TEST_F(ServerKeysTest, EveryChangeIsToldToAllHosts) {
  std::mutex mutex;
  std::vector<std::string> heard;
  const auto listener = open_store();
  std::atomic<bool> listening{false};
  Store::Hearing hearing;
  hearing.invalidate = [&](const Invalidation& what) {
    const std::lock_guard lock(mutex);
    if (what.kind == Invalidation::Kind::kKeys) heard.push_back(what.id);
  };
  hearing.forget_all = [&] { listening = true; };
  listener->start(hearing);
  for (int i = 0; i < 500 && !listening; ++i) std::this_thread::sleep_for(Milliseconds{10});
  const auto host = open_host(*store_);
  ASSERT_DONE(host->lifecycle->rotate(kPurpose, {}));
  ASSERT_DONE(host->lifecycle->tend());
  const auto enough = [&] {
    const std::lock_guard lock(mutex);
    return heard.size() >= 2;
  };
  for (int i = 0; i < 500 && !enough(); ++i) std::this_thread::sleep_for(Milliseconds{10});
  EXPECT_TRUE(enough());
}

TEST_F(ServerKeysTest, AHostWithoutAKeyOfTheRingDoesNotStart) {
  const auto host = open_host(*store_);
  const auto other = *crypto::KeyRing::parse(ring_line("k2", 'b'));
  SystemRandom random;
  const auto made = keys::ServerKeys::create(
      store_->server_keys(), keys::KeyWrapping(other, random), keys::make_purposes({}), clock_);
  ASSERT_FALSE(made.ok());
  EXPECT_THAT(made.error().message, testing::HasSubstr("lacks the key k1"));
}

TEST_F(ServerKeysTest, ARowPutInAnothersPlaceDoesNotOpen) {
  const auto host = open_host(*store_);
  sql("UPDATE mcph.server_key a SET sealed = b.sealed FROM mcph.server_key b "
      "WHERE a.purpose = 'oauth.consent' AND b.purpose = 'oauth.signin'");
  EXPECT_REFUSED(host->server_keys->load(), Code::kInternal);
  // What was loaded before stays in use.
  EXPECT_TRUE(host->sealer->open(host->sealer->seal("x", ""), "").has_value());
}

TEST_F(ServerKeysTest, RewrappingMovesEveryKeyUnderTheFirstOneOfTheRing) {
  auto host = open_host(*store_);
  ASSERT_DONE(store_->clients().insert(make_client("client", clock_.now())));
  std::vector<GrantId> grants;
  for (int i = 1; i <= 9; ++i) grants.push_back(given_sealed_grant(*host, i));
  const std::string sealed = host->sealer->seal("value", "");

  host->ring.replace(*crypto::KeyRing::parse(ring_line("k2", 'b') + ring_line("k1", 'a')));
  EXPECT_EQ(host->lifecycle->load_rewrap_status()->to_do(),
            keys::make_purposes({}).size() + grants.size());
  const auto done = host->lifecycle->rewrap(1000, {});
  ASSERT_DONE(done);
  EXPECT_EQ(done->rewrapped, keys::make_purposes({}).size() + grants.size());
  EXPECT_EQ(host->lifecycle->load_rewrap_status()->to_do(), 0u);
  EXPECT_EQ(host->audit.count(audit_types::kKeysRewrapped), 1u);

  // The old key may leave now.
  ring_text_ = ring_line("k2", 'b');
  const auto after = open_host(*store_);
  EXPECT_TRUE(after->sealer->open(sealed, "").has_value());
  for (const GrantId& grant : grants) {
    const auto stored = *store_->upstream().load(grant);
    ASSERT_TRUE(stored.has_value());
    EXPECT_EQ(stored->version, 1);
    EXPECT_TRUE(after->credentials.open(grant, stored->credential).ok());
  }
}

TEST_F(ServerKeysTest, RewrappingReachesExchangedTokensAndThoseToBeRevoked) {
  auto host = open_host(*store_);
  ASSERT_DONE(store_->clients().insert(make_client("client", clock_.now())));
  const GrantId kept = given_sealed_grant(*host, 1);
  const GrantId ended = given_sealed_grant(*host, 2);
  const std::vector<std::string> apis = {"https://a.example read", "https://b.example read"};
  for (const GrantId& grant : {kept, ended}) {
    for (const std::string& api : apis) {
      const federation::ExchangeKey key{grant, api};
      const auto epoch = *store_->exchanges().try_lease(key, 0, Milliseconds{2000});
      ASSERT_TRUE(epoch.has_value());
      const auto sealed =
          host->credentials.seal(federation::bind_to_api(grant, api), credential("exchanged"));
      ASSERT_DONE(store_->exchanges().save(key, *epoch, sealed));
    }
  }
  ASSERT_DONE(store_->grants().revoke(ended, "client"));

  host->ring.replace(*crypto::KeyRing::parse(ring_line("k2", 'b') + ring_line("k1", 'a')));
  // One at a time, so that each place is gone through by its ids.
  for (keys::WrappedKeys* place :
       {&host->wrapped_credentials, &host->wrapped_exchanged, &host->wrapped_revocations}) {
    std::string after;
    do {
      const auto some = place->rewrap(after, 1);
      ASSERT_DONE(some);
      after = some->last;
    } while (!after.empty());
    EXPECT_EQ(place->count_by_kek()->count("k1"), 0u) << place->sort();
  }

  const crypto::KeyRing fresh = *crypto::KeyRing::parse(ring_line("k2", 'b'));
  const federation::CredentialSealer sealer(fresh, host->random);
  for (const std::string& api : apis) {
    const auto stored = *store_->exchanges().load({kept, api});
    ASSERT_TRUE(stored.has_value());
    EXPECT_TRUE(sealer.open(federation::bind_to_api(kept, api), stored->credential).ok());
  }
  const auto due = *store_->revocations().take_due(10, Milliseconds{1000});
  ASSERT_EQ(due.size(), 3u);
  for (const auto& pending : due) {
    const GrantId bound_to =
        pending.api.empty() ? ended : federation::bind_to_api(ended, pending.api);
    EXPECT_TRUE(sealer.open(bound_to, pending.credential).ok()) << pending.api;
  }
}

TEST_F(ServerKeysTest, RewrappingUnderLoadFailsNoRead) {
  constexpr int kGrants = 40;
  std::vector<std::unique_ptr<Store>> stores;
  std::vector<std::unique_ptr<KeyHost>> hosts;
  ring_text_ = ring_line("k1", 'a') + ring_line("k2", 'b');
  for (int i = 0; i < 3; ++i) {
    stores.push_back(open_store());
    hosts.push_back(open_host(*stores.back()));
  }
  ASSERT_DONE(store_->clients().insert(make_client("client", clock_.now())));
  std::vector<GrantId> grants;
  for (int i = 1; i <= kGrants; ++i) grants.push_back(given_sealed_grant(*hosts[0], i));
  std::atomic<bool> stop{false};
  std::atomic<int> reads{0}, failures{0}, saves{0};
  const auto work = [&](int i) {
    KeyHost& host = *hosts[static_cast<std::size_t>(i) % hosts.size()];
    for (std::size_t round = 0; !stop; ++round) {
      const GrantId& grant = grants[(round * 7 + static_cast<std::size_t>(i)) % grants.size()];
      const auto stored = host.store.upstream().load(grant);
      const bool opened = stored.ok() && stored->has_value() &&
                          host.credentials.open(grant, (*stored)->credential).ok();
      failures += opened ? 0 : 1;
      const std::string sealed = host.sealer->seal("x", "");
      failures += host.sealer->open(sealed, "").has_value() ? 0 : 1;
      ++reads;
      if (round % 5 != 0 || !opened) continue;
      // Refreshes go on meanwhile, with a new data key each.
      const auto lease =
          host.store.upstream().try_lease(grant, (*stored)->version, Milliseconds{2000});
      if (!lease.ok() || !lease->has_value()) continue;
      const auto fresh = host.credentials.seal(grant, credential("refreshed"));
      saves += host.store.upstream().save(grant, **lease, fresh).ok() ? 1 : 0;
    }
  };
  const auto turn = [&](const std::string& first, const std::string& second) {
    for (const auto& host : hosts) host->ring.replace(*crypto::KeyRing::parse(first + second));
    for (int i = 0; i < 20 && hosts[0]->lifecycle->load_rewrap_status()->to_do() > 0; ++i) {
      ASSERT_DONE(hosts[0]->lifecycle->rewrap(1000, {}));
    }
    EXPECT_EQ(hosts[0]->lifecycle->load_rewrap_status()->to_do(), 0u);
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) threads.emplace_back(work, i);
  for (int i = 0; i < 3; ++i) {
    turn(ring_line("k2", 'b'), ring_line("k1", 'a'));
    turn(ring_line("k1", 'a'), ring_line("k2", 'b'));
  }
  stop = true;
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
  EXPECT_GT(reads, 100);
  EXPECT_GT(saves, 0);
}

}  // namespace
}  // namespace mcph::store
