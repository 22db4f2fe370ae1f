// The part of the admin API about keys and the audit record.
#include <charconv>
#include <utility>

#include "admin/documents.h"
#include "http/admin_request.h"
#include "http/admin_routes.h"
#include "http/problem.h"

namespace mcph::http {
namespace {

constexpr std::size_t kExportRowsMax = 10'000;

Response make_answer(int status, const json::object& body) {
  return make_json_response(status, to_json(body));
}

keys::KeyActor make_actor(const AdminCall& call) {
  return {AuditActor::kAdministrator, call.administrator, call.origin};
}

std::optional<std::int64_t> parse_number(const std::string& text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || at != end || number < 0) return std::nullopt;
  return number;
}

// Seconds since the epoch.
bool read_time(const Query& query, std::string_view name, std::optional<UnixTime>& time) {
  const std::string text = query.get(name);
  if (text.empty()) return true;
  const auto number = parse_number(text);
  if (number) time = from_unix(*number);
  return number.has_value();
}

OrRefusal<audit::Filter> read_filter(const Query& query) {
  audit::Filter filter;
  filter.type = query.get("type");
  filter.client = query.get("client");
  filter.principal = query.get("principal");
  filter.grant = query.get("grant");
  if (!read_time(query, "since", filter.since) || !read_time(query, "until", filter.until)) {
    return make_problem(422, "since and until are seconds since 1970");
  }
  return filter;
}

}  // namespace

Result<Response> AdminRoutes::list_keys(const AdminCall&) {
  json::array items;
  const auto all = TRY(parts_.keys.list());
  for (const auto& key : all) items.push_back(admin::make_document(key));
  return make_answer(200, {{"keys", std::move(items)}});
}

Result<Response> AdminRoutes::rotate_key(const AdminCall& call) {
  const auto key = TRY(parts_.keys.rotate(call.ids[0], make_actor(call)));
  return make_answer(201, admin::make_document(key));
}

Result<Response> AdminRoutes::destroy_key(const AdminCall& call) {
  TRY(parts_.keys.destroy(call.ids[0], make_actor(call)));
  return Response{204, {}, {}};
}

Result<Response> AdminRoutes::rewrap_keys(const AdminCall& call) {
  const auto done = TRY(parts_.keys.rewrap(make_actor(call)));
  const auto status = TRY(parts_.keys.load_rewrap_status());
  return make_answer(
      200,
      {{"rewrapped", done.rewrapped}, {"unreadable", done.unreadable}, {"left", status.to_do()}});
}

Result<Response> AdminRoutes::get_rewrap_status(const AdminCall&) {
  const auto status = TRY(parts_.keys.load_rewrap_status());
  return make_answer(200, admin::make_document(status));
}

Result<Response> AdminRoutes::list_audit(const AdminCall& call) {
  auto read = read_query(
      call.request, {"limit", "cursor", "type", "client", "principal", "grant", "since", "until"});
  if (auto* refusal = std::get_if<Response>(&read)) return std::move(*refusal);
  const auto& query = std::get<Query>(read);
  auto paging = read_paging(query);
  if (auto* refusal = std::get_if<Response>(&paging)) return std::move(*refusal);
  auto made = read_filter(query);
  if (auto* refusal = std::get_if<Response>(&made)) return std::move(*refusal);
  auto& filter = std::get<audit::Filter>(made);
  const auto& [limit, after] = std::get<Paging>(paging);
  const auto before = after.empty() ? std::optional<std::int64_t>(0) : parse_number(after);
  if (!before) return make_problem(400, "the cursor is not one of this list");
  filter.before = *before;
  filter.count_max = limit;
  const auto page = TRY(parts_.record.list(filter));
  json::array items;
  for (const auto& entry : page.items) items.push_back(admin::make_document(entry));
  json::object body{{"events", std::move(items)}};
  if (!page.next.empty()) body["next_cursor"] = make_cursor(page.next);
  return make_answer(200, body);
}

Result<Response> AdminRoutes::export_audit(const AdminCall& call) {
  auto read =
      read_query(call.request, {"after", "type", "client", "principal", "grant", "since", "until"});
  if (auto* refusal = std::get_if<Response>(&read)) return std::move(*refusal);
  const auto& query = std::get<Query>(read);
  auto made = read_filter(query);
  if (auto* refusal = std::get_if<Response>(&made)) return std::move(*refusal);
  auto& filter = std::get<audit::Filter>(made);
  const auto after = parse_number(query.get("after").empty() ? "0" : query.get("after"));
  if (!after) return make_problem(422, "after is the number of an event");
  filter.after = *after;
  filter.count_max = kExportRowsMax;
  std::string lines = TRY(parts_.record.export_lines(filter));
  return make_text_response(200, "application/x-ndjson", std::move(lines));
}

Result<Response> AdminRoutes::verify_audit(const AdminCall& call) {
  auto read = read_query(call.request, {"witness"});
  if (auto* refusal = std::get_if<Response>(&read)) return std::move(*refusal);
  const std::string text = std::get<Query>(read).get("witness");
  const auto witness = audit::parse_witness(text);
  if (!text.empty() && !witness) {
    return make_problem(422, "a witness is <number>:<64 hexadecimal digits>");
  }
  const auto verdict = TRY(parts_.record.verify(witness));
  return make_answer(200, admin::make_document(verdict));
}

}  // namespace mcph::http
