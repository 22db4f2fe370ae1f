#include "app/commands.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <optional>

#include "admin/bearer_token.h"
#include "app/audit_commands.h"
#include "app/config_schema.h"
#include "app/doctor/doctor.h"
#include "app/fail.h"
#include "app/host.h"
#include "app/key_commands.h"
#include "app/module_settings.h"
#include "app/vault.h"
#include "app/version.h"
#include "base/encoding.h"
#include "base/random.h"
#include "net/curl_client.h"
#include "observability/audit_types.h"
#include "store/migrations.h"
#include "store/store.h"

namespace mcph::app {

namespace {

std::optional<Config> load(const std::string& file, const Environment& environment) {
  auto loaded = load_config(file, environment);
  for (const std::string& problem : loaded.problems) {
    std::fprintf(stderr, "%s\n", problem.c_str());
  }
  return std::move(loaded.config);
}

// What SIGHUP asks for. A configuration that became wrong meanwhile changes nothing.
Result<> reload(Host& host, const std::string& file, const Environment& environment) {
  const auto config = load(file, environment);
  if (!config) return Error{Code::kInvalid, "the configuration has mistakes", {}};
  return host.reload(*config);
}

int serve(const Config& config, const std::string& file, const Environment& environment,
          const Clock& clock, Log& log, const Signals& signals) {
  auto created = Host::create(config, clock, log);
  if (!created.ok()) {
    log.failure(LogLevel::kError, "host.not_started", created.error());
    return fail(created.error());
  }
  auto host = *std::move(created);
  if (const auto started = host->start(); !started.ok()) return fail(started.error());
  if (config.auth == AuthMode::kOff) {
    log.warn("host.open", {{"meaning",
                            "[auth] mode is off: whoever can reach this port on this "
                            "machine may use every tool, without signing in"}});
  }
  log.info("host.serving", {{"version", kVersion},
                            {"public_url", config.public_url},
                            {"address", config.listen.address},
                            {"port", config.listen.port},
                            {"admin_port", config.admin.port}});
  while (signals.wait() == SIGHUP) {
    const auto reloaded = reload(*host, file, environment);
    if (reloaded.ok()) log.info("host.reloaded");
    if (!reloaded.ok()) log.failure(LogLevel::kError, "host.not_reloaded", reloaded.error());
  }
  log.info("host.stopping");
  if (!host->stop()) {
    log.warn("host.stopped", {{"plugins_returned", false}});
    std::_Exit(kExitDone);  // a plugin's thread still uses what destructors would take away
  }
  host.reset();
  log.info("host.stopped");
  return kExitDone;
}

int migrate(const Config& config, const Clock& clock, Log& log) {
  const auto applied =
      store::apply_migrations(make_store_options(config), store::embedded_migrations(), clock, log);
  if (!applied.ok()) return fail(applied.error());
  std::printf("migrations applied: %d\n", *applied);
  return kExitDone;
}

Result<Secret> make_admin_token(const CommandLine& line, const Config& config, const Clock& clock,
                                Log& log) {
  SystemRandom random;
  const auto store = TRY(store::Store::create(make_store_options(config), clock, log));
  std::string name = line.token_name;
  if (name.empty()) name = "token-" + to_iso8601(clock.now()) + "-" + to_hex(random.bytes(3));
  const auto vault = TRY(Vault::open(config, *store, clock, log));
  auto token =
      TRY(admin::issue_token(store->admin_credentials(), name, line.token_lifetime, clock, random));
  AuditEvent event;
  event.type = audit_types::kAdminTokenCreated;
  event.actor = AuditActor::kOperator;
  event.details = {{"name", name}};
  vault->audit().record(std::move(event));
  return token;
}

int print_admin_token(const CommandLine& line, const Config& config, const Clock& clock, Log& log) {
  const auto token = make_admin_token(line, config, clock, log);
  if (!token.ok()) return fail(token.error());
  // The token alone, so that scripts can take it; it is not shown again.
  std::printf("%s\n", std::string(token->reveal()).c_str());
  return kExitDone;
}

bool is_key_command(Command command) {
  return command == Command::kKeysList || command == Command::kKeysRotate ||
         command == Command::kKeysRewrap || command == Command::kKeysDestroy;
}
bool is_audit_command(Command command) {
  return command == Command::kAuditVerify || command == Command::kAuditExport ||
         command == Command::kAuditTail;
}

// Only what is wrong goes to the log: the findings are the output.
int run_doctor(const CommandLine& line, const Config& config, const Clock& clock) {
  Log log(clock, STDERR_FILENO, LogLevel::kError);
  SystemRandom random;
  net::CurlOptions to_provider;
  to_provider.ca_file = config.pingone.ca_file;
  net::CurlClient host_http(net::CurlOptions{}, log);
  net::CurlClient provider_http(to_provider, log);
  DoctorParts parts{config, host_http, provider_http, clock, random, log, {}};
  if (line.signs_in) {
    parts.show = [](const std::string& url) {
      std::fprintf(stderr,
                   "Please sign in within five minutes, in a browser on this machine:\n%s\n",
                   url.c_str());
    };
  }
  const Findings findings = examine(parts);
  std::fputs((line.as_json ? print_json(findings) : print_text(findings)).c_str(), stdout);
  return exit_status(findings);
}

}  // namespace

int run_command(const CommandLine& line, const Environment& environment, const Signals& signals) {
  if (line.command == Command::kHelp) return std::fputs(kUsage, stdout), kExitDone;
  if (line.command == Command::kVersion) return std::printf("mcp-host %s\n", kVersion), kExitDone;
  if (line.command == Command::kConfigExample) {
    return std::fputs(make_example_config().c_str(), stdout), kExitDone;
  }
  const SystemClock clock;
  if (line.command == Command::kKeysNewKek) return print_new_kek(clock);
  const auto config = load(line.config_file, environment);
  if (!config) return kExitBadConfig;
  if (line.command == Command::kConfigCheck) return std::puts("OK"), kExitDone;

  prepare_process(config->core_dumps);
  if (line.command == Command::kDoctor) return run_doctor(line, *config, clock);
  Log log(clock, STDERR_FILENO, config->log_level);
  if (line.command == Command::kMigrate) return migrate(*config, clock, log);
  if (line.command == Command::kAdminToken) return print_admin_token(line, *config, clock, log);
  if (is_key_command(line.command)) return run_key_command(line, *config, clock, log);
  if (is_audit_command(line.command)) return run_audit_command(line, *config, clock, log);
  return serve(*config, line.config_file, environment, clock, log, signals);
}

}  // namespace mcph::app
