#include "app/audit_commands.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <thread>

#include "app/fail.h"
#include "app/module_settings.h"
#include "app/vault.h"
#include "audit/verify.h"
#include "base/encoding.h"
#include "store/store.h"

namespace mcph::app {
namespace {

constexpr std::size_t kPageRows = 1000;
constexpr Milliseconds kFollowEvery{500};

// False when nobody reads any more.
bool print(const audit::Entry& entry) {
  return std::puts(audit::to_json_line(entry).c_str()) >= 0;
}

Result<> print_verdict(audit::AuditStore& store, const audit::Chain& chain,
                       const std::optional<audit::Head>& witness) {
  const audit::Verdict verdict = TRY(audit::verify(store, chain, witness));
  for (const audit::Flaw& flaw : verdict.flaws) {
    std::printf("entry %lld %s\n", static_cast<long long>(flaw.number), flaw.what.c_str());
  }
  const audit::Head& pruned = verdict.standing.pruned;
  if (pruned.number > 0) {
    std::printf("pruned up to %lld, hash %s\n", static_cast<long long>(pruned.number),
                to_hex(pruned.mac).c_str());
  }
  const audit::Head& head = verdict.standing.head;
  std::printf("%s: %lld entries, witness %s\n", verdict.good() ? "OK" : "BROKEN",
              static_cast<long long>(verdict.entries), audit::to_witness(head).c_str());
  if (verdict.good()) return Ok{};
  return Error{Code::kInternal, "the audit record is not what was written", {}};
}

Result<> export_all(audit::AuditStore& store, const CommandLine& line) {
  audit::Filter filter;
  filter.after = line.after;
  filter.type = line.event_type;
  filter.count_max = kPageRows;
  for (;;) {
    const auto page = TRY(store.list(filter));
    for (const audit::Entry& entry : page) {
      if (!print(entry)) return Ok{};
    }
    if (page.size() < kPageRows) return Ok{};
    filter.after = page.back().number;
  }
}

Result<> tail(audit::AuditStore& store, const CommandLine& line) {
  audit::Filter filter;
  filter.type = line.event_type;
  filter.newest_first = true;
  filter.count_max = line.lines;
  auto page = TRY(store.list(filter));
  std::reverse(page.begin(), page.end());
  filter.newest_first = false;
  filter.count_max = kPageRows;
  for (;;) {
    for (const audit::Entry& entry : page) {
      if (!print(entry)) return Ok{};
      filter.after = entry.number;
    }
    std::fflush(stdout);
    if (!line.follow) return Ok{};
    std::this_thread::sleep_for(kFollowEvery);
    page = TRY(store.list(filter));
  }
}

Result<> run(const CommandLine& line, const Config& config, const Clock& clock, Log& log) {
  const auto store = TRY(store::Store::create(make_store_options(config), clock, log));
  if (line.command == Command::kAuditExport) return export_all(store->audit(), line);
  if (line.command == Command::kAuditTail) return tail(store->audit(), line);
  std::optional<audit::Head> witness;
  if (!line.witness.empty()) {
    witness = audit::parse_witness(line.witness);
    if (!witness) return Error{Code::kInvalid, "a witness is <number>:<64 hexadecimal digits>", {}};
  }
  const auto vault = TRY(Vault::open(config, *store, clock, log));
  return print_verdict(store->audit(), vault->chain(), witness);
}

}  // namespace

int run_audit_command(const CommandLine& line, const Config& config, const Clock& clock, Log& log) {
  const auto done = run(line, config, clock, log);
  return done.ok() ? kExitDone : fail(done.error());
}

}  // namespace mcph::app
