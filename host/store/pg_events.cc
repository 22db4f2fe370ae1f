#include "store/pg_events.h"

namespace mcph::store {
namespace {

constexpr Statement kOpen{"stream_open", R"(
INSERT INTO mcph.event_stream (name, session_hash, followed, expires_at)
VALUES ($1, $2, $3, to_timestamp($4)) ON CONFLICT (name) DO NOTHING)"};

// $2 the events, $3 their bytes, $4 whether they are the last, $5 the most bytes, $6 the expiry,
// $7 now.
constexpr Statement kAppend{"stream_append", R"(
WITH grown AS (
  UPDATE mcph.event_stream
  SET last_number = last_number + cardinality($2::text[]), bytes = bytes + $3, ended = $4,
      expires_at = CASE WHEN $4 THEN to_timestamp($6)
                        ELSE greatest(expires_at, to_timestamp($6)) END
  WHERE name = $1 AND NOT ended AND bytes + $3 <= $5 AND expires_at > to_timestamp($7)
  RETURNING name, last_number, ended, followed),
added AS (
  INSERT INTO mcph.event (stream, number, sealed)
  SELECT g.name, g.last_number - cardinality($2::text[]) + e.place, e.sealed
  FROM grown g, unnest($2::text[]) WITH ORDINALITY AS e (sealed, place)),
told AS (
  SELECT pg_notify('mcph', 'grown:' || name || ':' || last_number || ':' || ended::int)
  FROM grown WHERE followed)
SELECT last_number, (SELECT count(*) FROM told) FROM grown)"};

constexpr Statement kIsOpen{"stream_is_open", R"(
SELECT 1 FROM mcph.event_stream
WHERE name = $1 AND NOT ended AND expires_at > to_timestamp($2))"};

constexpr Statement kFollow{"stream_follow", R"(
WITH taken AS (
  UPDATE mcph.event_stream SET followed = true
  WHERE name = $1 AND session_hash = $2 AND last_number >= $4 AND expires_at > to_timestamp($5)
  RETURNING name, last_number, ended)
SELECT last_number, ended, pg_notify('mcph', 'taken:' || name || ':' || $3) FROM taken)"};

// One statement, one snapshot: what it says of the end is true of these events.
constexpr Statement kRead{"stream_read", R"(
SELECT s.last_number, s.ended, e.number, e.sealed
FROM mcph.event_stream s LEFT JOIN mcph.event e ON e.stream = s.name AND e.number > $2
WHERE s.name = $1 AND s.expires_at > to_timestamp($3) ORDER BY e.number)"};

constexpr Statement kForget{"stream_forget", R"(
WITH gone AS (
  DELETE FROM mcph.event WHERE stream = $1 AND number <= $2 RETURNING octet_length(sealed) AS size)
UPDATE mcph.event_stream
SET bytes = greatest(0, bytes - (SELECT coalesce(sum(size), 0) FROM gone)) WHERE name = $1)"};

constexpr Statement kRemove{"stream_remove", "DELETE FROM mcph.event_stream WHERE name = $1"};

Error no_such_stream() {
  return {Code::kNotFound, "there is no such stream", {}};
}

}  // namespace

const Statements& PgEvents::statements() {
  static const Statements all{kOpen, kAppend, kIsOpen, kFollow, kRead, kForget, kRemove};
  return all;
}

Result<> PgEvents::open(const NewStream& stream) {
  const auto params = Params()
                          .text(stream.name)
                          .bytes(stream.session_hash)
                          .boolean(stream.followed)
                          .time(stream.expires_at);
  TRY(database_.execute(kOpen, params, Repeat::kSafe));
  return Ok{};
}

Result<std::int64_t> PgEvents::append(const Addition& addition) {
  std::size_t bytes = 0;
  for (const std::string& sealed : addition.sealed) bytes += sealed.size();
  const auto params = Params()
                          .text(addition.name)
                          .list(addition.sealed)
                          .integer(static_cast<std::int64_t>(bytes))
                          .boolean(addition.last)
                          .integer(static_cast<std::int64_t>(addition.bytes_max))
                          .time(addition.expires_at)
                          .time(clock_.now());
  const auto last = TRY(database_.find(kAppend, params, Repeat::kUnsafe,
                                       [](const Row& row) { return row.integer(0); }));
  if (last) return *last;
  const auto now = Params().text(addition.name).time(clock_.now());
  if (TRY(database_.execute(kIsOpen, now, Repeat::kSafe)) == 0) return no_such_stream();
  return Error{Code::kLimit, "the stream has become too large", {}};
}

Result<mcp::StreamStatus> PgEvents::follow(const std::string& name, const std::string& session_hash,
                                           std::int64_t number, const std::string& reader) {
  const auto params =
      Params().text(name).bytes(session_hash).text(reader).integer(number).time(clock_.now());
  const auto status = TRY(database_.find(kFollow, params, Repeat::kSafe, [](const Row& row) {
    return mcp::StreamStatus{row.integer(0), row.boolean(1)};
  }));
  if (!status) return no_such_stream();
  return *status;
}

Result<mcp::EventLog::Reading> PgEvents::read(const std::string& name, std::int64_t number) {
  struct Line {
    mcp::StreamStatus status;
    std::optional<mcp::LoggedEvent> event;
  };
  const auto params = Params().text(name).integer(number).time(clock_.now());
  auto lines = TRY(database_.list(kRead, params, [](const Row& row) {
    Line line{{row.integer(0), row.boolean(1)}, std::nullopt};
    if (!row.is_null(2)) line.event = mcp::LoggedEvent{row.integer(2), row.text(3)};
    return line;
  }));
  if (lines.empty()) return no_such_stream();
  Reading reading;
  reading.status = lines.front().status;
  for (Line& line : lines) {
    if (line.event) reading.events.push_back(*std::move(line.event));
  }
  return reading;
}

Result<> PgEvents::forget(const std::string& name, std::int64_t number) {
  TRY(database_.execute(kForget, Params().text(name).integer(number), Repeat::kSafe));
  return Ok{};
}

Result<> PgEvents::remove(const std::string& name) {
  TRY(database_.execute(kRemove, Params().text(name), Repeat::kSafe));
  return Ok{};
}

}  // namespace mcph::store
