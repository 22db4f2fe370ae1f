#include "mcp/legacy/event_streams.h"

#include <vector>

namespace mcph::mcp {

std::shared_ptr<EventStream> EventStreams::Table::take(Number number) {
  const auto found = streams.find(number);
  if (found == streams.end()) return nullptr;
  const Opening& opening = found->second.opening;
  const auto of_session = by_session.find(opening.session->id_hash);
  if (of_session != by_session.end() && of_session->second == number) by_session.erase(of_session);
  const auto of_principal = per_principal.find(opening.caller->principal);
  if (--of_principal->second == 0) per_principal.erase(of_principal);
  std::shared_ptr<EventStream> events = std::move(found->second.events);
  streams.erase(found);
  return events;
}

void EventStreams::Table::end(Number number) {
  std::shared_ptr<EventStream> events;
  {
    const std::lock_guard lock(mutex);
    events = take(number);
  }
  if (events != nullptr) events->close();
}

bool EventStreams::is_full(const PrincipalId& principal) const {
  if (table_->streams.size() >= table_->limits.total_max) return true;
  const auto own = table_->per_principal.find(principal);
  return own != table_->per_principal.end() && own->second >= table_->limits.per_principal_max;
}

bool EventStreams::open(const ExchangePtr& exchange, Opening opening) {
  std::shared_ptr<EventStream> predecessor;
  Number number = 0;
  {
    Table& table = *table_;
    const std::lock_guard lock(table.mutex);
    const auto older = table.by_session.find(opening.session->id_hash);
    if (older != table.by_session.end()) predecessor = table.take(older->second);
    if (!is_full(opening.caller->principal)) {
      number = ++table.last;
      ++table.per_principal[opening.caller->principal];
      Stream stream{exchange->open_stream(Response{}), std::move(opening)};
      const Stream& placed = table.streams.emplace(number, std::move(stream)).first->second;
      table.by_session.emplace(placed.opening.session->id_hash, number);
    }
  }
  if (predecessor != nullptr) predecessor->close();
  if (number == 0) return false;
  exchange->on_client_gone([table = std::weak_ptr<Table>(table_), number] {
    if (const auto alive = table.lock()) alive->end(number);
  });
  return true;
}

void EventStreams::end_session(std::string_view id_hash) {
  std::shared_ptr<EventStream> events;
  {
    const std::lock_guard lock(table_->mutex);
    const auto found = table_->by_session.find(id_hash);
    if (found == table_->by_session.end()) return;
    events = table_->take(found->second);
  }
  events->close();
}

void EventStreams::end_if(const Condition& condition) {
  std::vector<std::shared_ptr<EventStream>> over;
  {
    const std::lock_guard lock(table_->mutex);
    std::vector<Number> ended;
    for (const auto& [number, stream] : table_->streams) {
      if (condition(*stream.opening.caller, stream.opening.token_hash)) ended.push_back(number);
    }
    for (const Number number : ended) over.push_back(table_->take(number));
  }
  for (const auto& events : over) events->close();
}

void EventStreams::recheck() {
  const UnixTime now = clock_.now();
  std::vector<Number> ended;
  std::vector<std::pair<Number, TokenCheck>> to_ask;
  {
    const std::lock_guard lock(table_->mutex);
    for (const auto& [number, stream] : table_->streams) {
      const Opening& opening = stream.opening;
      const bool over = now >= opening.caller->expires_at || opening.session->terminated ||
                        now >= opening.session->session.expires_at;
      if (over) ended.push_back(number);
      if (!over && opening.token_check) to_ask.emplace_back(number, opening.token_check);
    }
  }
  for (const Number number : ended) table_->end(number);
  for (const auto& [number, ask] : to_ask) {
    ask([table = std::weak_ptr<Table>(table_), number = number](bool good) {
      const auto alive = good ? nullptr : table.lock();
      if (alive != nullptr) alive->end(number);
    });
  }
}

std::size_t EventStreams::count() const {
  const std::lock_guard lock(table_->mutex);
  return table_->streams.size();
}

}  // namespace mcph::mcp
