#include "audit/writer.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "audit/verify.h"
#include "base/encoding.h"
#include "crypto/key_ring.h"
#include "fakes/memory_audit_store.h"
#include "observability/audit_types.h"
#include "support/fake_clock.h"

namespace mcph::audit {
namespace {

class AuditWriter : public testing::Test {
 protected:
  AuditWriter() {
    options_.host = "h";
    options_.record_wait_max = Milliseconds{50};
    options_.retry_min = options_.retry_max = Milliseconds{5};
    options_.last_wait_max = Milliseconds{20};
  }
  std::unique_ptr<Writer> open() {
    return std::make_unique<Writer>(store_, Chain(slot_), clock_, log_, options_);
  }
  std::string logged() {
    std::string text(65536, '\0');
    const auto count = read(pipe_.ends[0], text.data(), text.size());
    text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return text;
  }
  static AuditEvent event_of(std::string_view type) {
    AuditEvent event;
    event.type = type;
    return event;
  }

  // Open before the log has it.
  struct Pipe {
    Pipe() { EXPECT_EQ(pipe2(ends, O_NONBLOCK), 0); }
    ~Pipe() {
      close(ends[0]);
      close(ends[1]);
    }
    int ends[2];
  };
  const Pipe pipe_;
  test::FakeClock clock_;
  const Log log_{clock_, pipe_.ends[1], LogLevel::kInfo};
  test::MemoryAuditStore store_;
  const crypto::KeySlotPtr slot_ =
      crypto::KeyRing::parse("k1:" + to_base64url(std::string(32, 'k')))->open("audit.chain");
  WriterOptions options_;
};

TEST_F(AuditWriter, WritesInTheOrderOfEvents) {
  const auto writer = open();
  writer->note(event_of(audit_types::kToolCalled));
  writer->record(event_of(audit_types::kGrantRevoked));
  ASSERT_EQ(store_.entries.size(), 2u);
  EXPECT_EQ(store_.entries[0].type, "tool.called");
  EXPECT_EQ(store_.entries[1].type, "grant.revoked");
}

TEST_F(AuditWriter, LeavesWhatCannotBeStoredToTheLog) {
  store_.broken = true;
  auto writer = open();
  writer->record(event_of(audit_types::kGrantRevoked));
  EXPECT_THAT(logged(), testing::HasSubstr("audit.waiting"));
  writer.reset();
  EXPECT_THAT(logged(), testing::AllOf(testing::HasSubstr("audit.not_stored"),
                                       testing::HasSubstr("grant.revoked")));
}

TEST_F(AuditWriter, SaysWhenTheRecordWasTakenBack) {
  const auto writer = open();
  for (int i = 0; i < 3; ++i) writer->record(event_of(audit_types::kSignIn));
  const Head old{store_.entries[0].number, store_.entries[0].mac};
  store_.entries.resize(1);
  store_.standing.head = old;
  writer->record(event_of(audit_types::kSignIn));
  EXPECT_THAT(logged(), testing::HasSubstr("audit.rewound"));
}

}  // namespace
}  // namespace mcph::audit
