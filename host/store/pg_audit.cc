#include "store/pg_audit.h"

#include <limits>
#include <pqxx/prepared_statement>
#include <pqxx/result>
#include <pqxx/transaction>

#include "base/encoding.h"
#include "store/failure.h"

namespace mcph::store {
namespace {

using audit::Entry;
using audit::Head;

// Whoever has the head's row writes; the others wait for its commit. Taken as the only lock of the
// transaction, so nobody can wait in a circle.
constexpr Statement kTakeHead{"audit_take_head",
                              "SELECT number, mac FROM mcph.audit_head FOR UPDATE"};

constexpr Statement kAppend{"audit_append", R"(
WITH moved AS (UPDATE mcph.audit_head SET number = $1, mac = $2)
INSERT INTO mcph.audit_event (number, at, host, type, outcome, actor, actor_name, principal, client,
                              grant_id, peer, agent_hash, request_id, details, key_id, mac)
SELECT number, to_timestamp(at), host, type, outcome, actor, actor_name, principal, client, grant_id,
       peer, agent_hash, request_id, details, key_id, decode(mac, 'hex')
FROM unnest($3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
            $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[],
            $16::text[], $17::text[], $18::text[])
  AS e(number, at, host, type, outcome, actor, actor_name, principal, client, grant_id, peer,
       agent_hash, request_id, details, key_id, mac))"};

constexpr Statement kStanding{"audit_standing", R"(
SELECT number, mac, pruned_number, pruned_mac FROM mcph.audit_head)"};

#define MCPH_AUDIT_COLUMNS                                                                        \
  "SELECT number, extract(epoch FROM at)::bigint, host, type, outcome, actor, actor_name, "       \
  "principal, client, grant_id, peer, agent_hash, request_id, details, key_id, mac "              \
  "FROM mcph.audit_event "                                                                        \
  "WHERE number > $1 AND number < $2 AND ($3 = '' OR type = $3) AND ($4 = '' OR principal = $4) " \
  "AND ($5 = '' OR client = $5) AND ($6 = '' OR grant_id = $6) "                                  \
  "AND ($7::bigint IS NULL OR at >= to_timestamp($7::bigint)) "                                   \
  "AND ($8::bigint IS NULL OR at < to_timestamp($8::bigint)) "
constexpr Statement kForward{"audit_forward", MCPH_AUDIT_COLUMNS "ORDER BY number LIMIT $9"};
constexpr Statement kBackward{"audit_backward", MCPH_AUDIT_COLUMNS "ORDER BY number DESC LIMIT $9"};

// In the order of the chain, which clocks of hosts may disagree with by a little: so the last one
// before which all are older.
constexpr Statement kLastBefore{"audit_last_before", R"(
SELECT number, mac FROM mcph.audit_event
WHERE number < coalesce((SELECT min(number) FROM mcph.audit_event WHERE at >= to_timestamp($1)),
                        9223372036854775807)
ORDER BY number DESC LIMIT 1)"};

constexpr Statement kPrune{"audit_prune", "SELECT mcph.prune_audit($1, $2, $3)"};

Params make_append_params(const std::vector<Entry>& entries) {
  std::vector<std::string> numbers, times, macs;
  for (const Entry& entry : entries) {
    numbers.push_back(std::to_string(entry.number));
    times.push_back(std::to_string(to_unix(entry.at)));
    macs.push_back(to_hex(entry.mac));
  }
  Params params;
  params.integer(entries.back().number).bytes(entries.back().mac).list(numbers).list(times);
  for (const auto member :
       {&Entry::host, &Entry::type, &Entry::outcome, &Entry::actor, &Entry::actor_name,
        &Entry::principal, &Entry::client, &Entry::grant, &Entry::peer, &Entry::agent_hash,
        &Entry::request_id, &Entry::details, &Entry::key_id}) {
    std::vector<std::string> column;
    column.reserve(entries.size());
    for (const Entry& entry : entries) column.push_back(entry.*member);
    params.list(column);
  }
  params.list(macs);
  return params;
}

pqxx::result run(pqxx::work& transaction, const Statement& statement, const Params& params) {
  const auto pointers = params.pointers();
  return transaction.exec_prepared(
      statement.name, pqxx::prepare::make_dynamic_params(pointers.begin(), pointers.end()));
}

Entry read_entry(const Row& row) {
  Entry entry;
  entry.number = row.integer(0);
  entry.at = row.time(1);
  int column = 2;
  for (const auto member :
       {&Entry::host, &Entry::type, &Entry::outcome, &Entry::actor, &Entry::actor_name,
        &Entry::principal, &Entry::client, &Entry::grant, &Entry::peer, &Entry::agent_hash,
        &Entry::request_id, &Entry::details, &Entry::key_id}) {
    entry.*member = row.text(column++);
  }
  entry.mac = row.bytes(column);
  return entry;
}

}  // namespace

const Statements& PgAudit::statements() {
  static const Statements all{kTakeHead, kAppend,     kStanding, kForward,
                              kBackward, kLastBefore, kPrune};
  return all;
}

Result<> PgAudit::append(const Make& make) {
  Pool::Loan connection = TRY(pool_.lend());
  try {
    pqxx::work transaction(*connection);
    const pqxx::result taken = run(transaction, kTakeHead, Params());
    if (taken.size() != 1) return Error{Code::kInternal, "the audit record has no head", {}};
    const pqxx::row row = taken[0];
    const std::vector<Entry> entries = make(Head{Row(row).integer(0), Row(row).bytes(1)});
    if (entries.empty()) return Ok{};
    const Params params = make_append_params(entries);
    if (params.has_nul()) return Error{Code::kInvalid, "a text contains a NUL byte", kAppend.name};
    run(transaction, kAppend, params);
    transaction.commit();
    return Ok{};
  } catch (const std::exception&) {
    Failure failure = classify_current_exception(kAppend.name);
    if (failure.broken) connection.discard();
    return std::move(failure.error);
  }
}

Result<audit::Standing> PgAudit::load_standing() {
  const auto standing = TRY(database_.find(kStanding, Params(), Repeat::kSafe, [](const Row& row) {
    return audit::Standing{{row.integer(0), row.bytes(1)}, {row.integer(2), row.bytes(3)}};
  }));
  if (!standing) return Error{Code::kInternal, "the audit record has no head", {}};
  return *standing;
}

Result<std::vector<Entry>> PgAudit::list(const audit::Filter& filter) {
  constexpr auto kNoLimit = std::numeric_limits<std::int64_t>::max();
  const auto params = Params()
                          .integer(filter.after)
                          .integer(filter.before > 0 ? filter.before : kNoLimit)
                          .text(filter.type)
                          .text(filter.principal)
                          .text(filter.client)
                          .text(filter.grant)
                          .time(filter.since)
                          .time(filter.until)
                          .integer(static_cast<std::int64_t>(filter.count_max));
  return database_.list(filter.newest_first ? kBackward : kForward, params, read_entry);
}

Result<std::optional<Head>> PgAudit::find_last_before(UnixTime time) {
  return database_.find(kLastBefore, Params().time(time), Repeat::kSafe, [](const Row& row) {
    return Head{row.integer(0), row.bytes(1)};
  });
}

Result<std::size_t> PgAudit::prune(const Head& up_to, std::size_t count_max) {
  const auto params =
      Params().integer(up_to.number).bytes(up_to.mac).integer(static_cast<std::int64_t>(count_max));
  const auto removed = TRY(database_.find(kPrune, params, Repeat::kSafe, [](const Row& row) {
    return static_cast<std::size_t>(row.integer(0));
  }));
  return removed.value_or(0);
}

}  // namespace mcph::store
