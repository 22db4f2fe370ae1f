#include "app/key_commands.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>

#include "app/fail.h"
#include "app/module_settings.h"
#include "app/vault.h"
#include "base/encoding.h"
#include "store/store.h"

namespace mcph::app {
namespace {

constexpr std::size_t kRewrapStep = 10'000;

// Who sits at the terminal, as far as the system knows.
keys::KeyActor make_operator() {
  keys::KeyActor actor;
  actor.kind = AuditActor::kOperator;
  const passwd* user = getpwuid(geteuid());
  actor.name = user == nullptr ? std::to_string(geteuid()) : user->pw_name;
  return actor;
}

void print_key(const keys::ServerKey& key) {
  const auto when = [](const std::optional<UnixTime>& time) {
    return time ? to_iso8601(*time) : std::string("-");
  };
  std::printf("%-14s %-24s %-9s kek=%s created=%s active=%s retired=%s\n", key.id.c_str(),
              key.purpose.c_str(), std::string(keys::to_string(key.state)).c_str(),
              key.kek_id.c_str(), to_iso8601(key.created_at).c_str(),
              when(key.activated_at ? key.activated_at : key.activates_at).c_str(),
              when(key.retired_at).c_str());
}

Result<> list(Vault& vault) {
  const auto all = TRY(vault.lifecycle().list());
  for (const keys::ServerKey& key : all) print_key(key);
  return Ok{};
}

Result<> rotate(Vault& vault, const std::string& operand) {
  for (const keys::Purpose& purpose : vault.keys().purposes()) {
    if (operand != "all" && operand != purpose.name) continue;
    const auto key = vault.lifecycle().rotate(std::string(purpose.name), make_operator());
    // With "all", a purpose that is being rotated needs nothing more.
    if (!key.ok() && operand == "all" && key.error().code == Code::kConflict) continue;
    if (!key.ok()) return key.error();
    print_key(*key);
    if (operand != "all") return Ok{};
  }
  if (operand == "all") return Ok{};
  return Error{Code::kNotFound, "there is no purpose " + operand, "see `mcp-host keys list`"};
}

Result<> print_status(Vault& vault) {
  const auto status = TRY(vault.lifecycle().load_rewrap_status());
  std::printf("active %s\n", status.active_kek.c_str());
  for (const auto& [sort, by_kek] : status.counts) {
    for (const auto& [kek, count] : by_kek) {
      std::printf("%s %s %zu\n", sort.c_str(), kek.c_str(), count);
    }
  }
  std::printf("left %zu\n", status.to_do());
  return Ok{};
}

Result<> rewrap(Vault& vault) {
  std::size_t unreadable = 0;
  for (;;) {
    const auto some = TRY(vault.lifecycle().rewrap(kRewrapStep, make_operator()));
    std::printf("rewrapped %zu\n", some.rewrapped);
    unreadable = some.unreadable;
    // What cannot be read stays; a whole round without progress is the end.
    if (some.rewrapped == 0) break;
  }
  TRY(print_status(vault));
  if (unreadable == 0) return Ok{};
  return Error{Code::kInternal, std::to_string(unreadable) + " keys cannot be opened", {}};
}

Result<> run(const CommandLine& line, const Config& config, const Clock& clock, Log& log) {
  const auto store = TRY(store::Store::create(make_store_options(config), clock, log));
  const auto vault = TRY(Vault::open(config, *store, clock, log));
  switch (line.command) {
    case Command::kKeysRotate:
      return rotate(*vault, line.operand);
    case Command::kKeysRewrap:
      return line.status_only ? print_status(*vault) : rewrap(*vault);
    case Command::kKeysDestroy:
      return vault->lifecycle().destroy(line.operand, make_operator());
    default:
      return list(*vault);
  }
}

}  // namespace

int run_key_command(const CommandLine& line, const Config& config, const Clock& clock, Log& log) {
  const auto done = run(line, config, clock, log);
  return done.ok() ? kExitDone : fail(done.error());
}

int print_new_kek(const Clock& clock) {
  SystemRandom random;
  // Ids must not repeat, and should tell people which is older.
  std::string day = to_iso8601(clock.now()).substr(0, 10);
  const std::string id = "k" + day + "-" + to_hex(random.bytes(2));
  std::printf("%s\n", std::string(crypto::KeyRing::make_line(id, random).reveal()).c_str());
  return kExitDone;
}

}  // namespace mcph::app
