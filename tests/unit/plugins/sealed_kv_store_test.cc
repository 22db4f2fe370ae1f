#include "plugins/sealed_kv_store.h"

#include <gtest/gtest.h>

#include "base/encoding.h"
#include "crypto/key_ring.h"
#include "fakes/memory_kv_store.h"

namespace mcph::plugins {
namespace {

class SealedKv : public testing::Test {
 protected:
  static crypto::KeyRing make_ring(const std::string& id) {
    return *crypto::KeyRing::parse(id + ":" + to_base64url(std::string(32, id.back())));
  }
  crypto::Sealer sealer(const crypto::KeyRing& ring) {
    return {ring, SealedKvStore::kPurpose, random};
  }

  SystemRandom random;
  test::MemoryKvStore rows;
  const crypto::KeyRing keys = make_ring("k1");
  SealedKvStore store{rows, sealer(keys)};
  const KvSpace space{"notes", "https://auth.example.com", "ada"};
  const KvQuota quota{10, 1000};
};

TEST_F(SealedKv, ShowsTheStoreNoValue) {
  ASSERT_TRUE(store.put(space, {"k", "the user's own words", {}, {}}, quota).ok());
  const auto row = *rows.find(space, "k");
  EXPECT_EQ(row->value.find("own words"), std::string::npos);
  const auto entry = *store.find(space, "k");
  EXPECT_EQ(entry->value, "the user's own words");
  EXPECT_EQ(entry->version, row->version);
  EXPECT_FALSE((*store.find(space, "other")).has_value());
}

TEST_F(SealedKv, OpensNothingThatWasMovedToAnotherKeyUserOrPlugin) {
  ASSERT_TRUE(store.put(space, {"k", "v", {}, {}}, quota).ok());
  const std::string sealed = (*rows.find(space, "k"))->value;
  for (const KvSpace& elsewhere :
       {KvSpace{"notes", "https://auth.example.com", "grace"},
        KvSpace{"other", "https://auth.example.com", "ada"}, KvSpace{"notes", "", ""}}) {
    ASSERT_TRUE(rows.put(elsewhere, {"k", sealed, {}, {}}, quota).ok());
    EXPECT_EQ(store.find(elsewhere, "k").error().code, Code::kInternal);
  }
  ASSERT_TRUE(rows.put(space, {"k2", sealed, {}, {}}, quota).ok());
  EXPECT_FALSE(store.find(space, "k2").ok());
}

TEST_F(SealedKv, OpensNothingWithoutTheKeyThatSealedIt) {
  ASSERT_TRUE(store.put(space, {"k", "v", {}, {}}, quota).ok());
  const crypto::KeyRing others = make_ring("k2");
  SealedKvStore other(rows, sealer(others));
  EXPECT_FALSE(other.find(space, "k").ok());
}

}  // namespace
}  // namespace mcph::plugins
