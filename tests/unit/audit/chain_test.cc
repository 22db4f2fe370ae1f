#include "audit/chain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/encoding.h"
#include "crypto/key_ring.h"

namespace mcph::audit {
namespace {

crypto::KeyRing ring_of(char fill) {
  return *crypto::KeyRing::parse("k1:" + to_base64url(std::string(32, fill)));
}

Entry entry_of(const std::string& host, const std::string& type) {
  Entry entry;
  entry.host = host;
  entry.type = type;
  return entry;
}

TEST(AuditChain, HoldsWhatWasAppendedAndOnlyThere) {
  const Chain chain(ring_of('k').open("audit.chain"));
  Head head;
  Entry first = entry_of("h", "a"), second = entry_of("h", "b");
  chain.append(first, head);
  const Head before = head;
  chain.append(second, head);
  EXPECT_EQ(head.number, 2);
  EXPECT_TRUE(chain.holds(first, ""));
  EXPECT_TRUE(chain.holds(second, before.mac));
  EXPECT_FALSE(chain.holds(second, ""));
  EXPECT_FALSE(chain.holds(first, before.mac));
}

TEST(AuditChain, TellsFieldsApart) {
  const Chain chain(ring_of('k').open("audit.chain"));
  Head head;
  Entry entry = entry_of("ab", "c");
  chain.append(entry, head);
  entry.host = "a";
  entry.type = "bc";
  EXPECT_FALSE(chain.holds(entry, ""));
}

TEST(AuditChain, CannotBeMadeWithoutItsKey) {
  const Chain ours(ring_of('k').open("audit.chain")), theirs(ring_of('l').open("audit.chain"));
  Head head;
  Entry entry = entry_of("h", "a");
  theirs.append(entry, head);
  EXPECT_FALSE(ours.holds(entry, ""));
}

TEST(AuditWitness, IsReadAsItWasWritten) {
  const Head head{7, std::string(32, '\x9f')};
  EXPECT_EQ(parse_witness(to_witness(head)), head);
  for (const std::string& text :
       {std::string(), std::string("7"), std::string("7:"), std::string("7:ff"),
        "x:" + std::string(64, 'a'), "0:" + std::string(64, 'a'), "-1:" + std::string(64, 'a'),
        "7:" + std::string(64, 'g'), "7:" + std::string(66, 'a')}) {
    EXPECT_FALSE(parse_witness(text).has_value()) << text;
  }
}

TEST(AuditEntry, IsOneLineOfJsonWhateverStandsInIt) {
  AuditEvent event;
  event.type = "client.registered";
  event.origin.user_agent = "secret-looking agent";
  event.details = {{"name", "line\nbreak \"quoted\""}};
  const std::string line = to_json_line(make_entry(event, UnixTime{}, "h"));
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_EQ(line.find("secret-looking"), std::string::npos);
  const auto parsed = parse_json(line);
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->at("details").at("name"), "line break \"quoted\"");
}

}  // namespace
}  // namespace mcph::audit
