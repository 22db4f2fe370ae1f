#include "store/pg_announcements.h"

#include <array>
#include <charconv>
#include <utility>

namespace mcph::store {
namespace {

using Kind = mcp::Announcement::Kind;

constexpr std::string_view kPrefix = "announce:";

constexpr std::array<std::pair<std::string_view, Kind>, 4> kKinds{{
    {"tools", Kind::kToolsChanged},
    {"prompts", Kind::kPromptsChanged},
    {"resources", Kind::kResourcesChanged},
    {"updated", Kind::kResourceUpdated},
}};

// The lock ("mcphanno" in ASCII) is held until the commit: whoever has the next number commits, and
// is heard, later.
constexpr Statement kAdd{"announcement_add", R"(
WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(7882267366442458735)),
added AS (
  INSERT INTO mcph.announcement (number, kind, uri, announced_at)
  SELECT nextval('mcph.announcement_number'), $1, $2, to_timestamp($3) FROM turn
  RETURNING number, kind, uri)
SELECT pg_notify('mcph', 'announce:' || number || ':' || kind || ':' || uri) FROM added)"};

constexpr Statement kLast{"announcement_last",
                          "SELECT coalesce(max(number), 0) FROM mcph.announcement"};

constexpr Statement kAfter{"announcement_after", R"(
SELECT number, kind, uri FROM mcph.announcement WHERE number > $1 ORDER BY number LIMIT $2)"};

std::string_view to_string(Kind kind) {
  for (const auto& [text, known] : kKinds) {
    if (known == kind) return text;
  }
  return kKinds.back().first;
}

std::optional<Kind> find_kind(std::string_view text) {
  for (const auto& [known, kind] : kKinds) {
    if (known == text) return kind;
  }
  return std::nullopt;
}

}  // namespace

const Statements& PgAnnouncements::statements() {
  static const Statements all{kAdd, kLast, kAfter};
  return all;
}

Result<> PgAnnouncements::add(const mcp::Announcement& what) {
  const auto params = Params().text(to_string(what.kind)).text(what.uri).time(clock_.now());
  TRY(database_.execute(kAdd, params, Repeat::kSafe));
  return Ok{};
}

Result<std::int64_t> PgAnnouncements::load_last() {
  const auto last = TRY(database_.find(kLast, Params(), Repeat::kSafe,
                                       [](const Row& row) { return row.integer(0); }));
  return last.value_or(0);
}

Result<std::vector<mcp::NumberedAnnouncement>> PgAnnouncements::load_after(std::int64_t number,
                                                                           std::size_t count_max) {
  const auto params = Params().integer(number).integer(static_cast<std::int64_t>(count_max));
  return database_.list(kAfter, params, [](const Row& row) {
    mcp::NumberedAnnouncement one;
    one.number = row.integer(0);
    one.what = {find_kind(row.text(1)).value_or(Kind::kResourceUpdated), row.text(2)};
    return one;
  });
}

std::optional<mcp::NumberedAnnouncement> parse_announcement(std::string_view payload) {
  if (!payload.starts_with(kPrefix)) return std::nullopt;
  payload.remove_prefix(kPrefix.size());
  mcp::NumberedAnnouncement one;
  const auto [end, failure] =
      std::from_chars(payload.data(), payload.data() + payload.size(), one.number);
  if (failure != std::errc() || one.number <= 0) return std::nullopt;
  payload.remove_prefix(static_cast<std::size_t>(end - payload.data()));
  if (!payload.starts_with(':')) return std::nullopt;
  payload.remove_prefix(1);
  const std::size_t colon = payload.find(':');
  if (colon == payload.npos) return std::nullopt;
  const auto kind = find_kind(payload.substr(0, colon));
  if (!kind) return std::nullopt;
  one.what = {*kind, std::string(payload.substr(colon + 1))};
  return one;
}

}  // namespace mcph::store
