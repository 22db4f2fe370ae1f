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

bool EventStreams::open(const ExchangePtr& exchange, Opening opening) {
  std::shared_ptr<EventStream> predecessor;
  Number number = 0;
  {
    const std::lock_guard lock(table_->mutex);
    Table& table = *table_;
    if (const auto older = table.by_session.find(opening.session->id_hash);
        older != table.by_session.end()) {
      predecessor = table.take(older->second);
    }
    const auto of_principal = table.per_principal.find(opening.caller->principal);
    const bool full =
        table.streams.size() >= table.limits.total_max ||
        (of_principal != table.per_principal.end() &&
         of_principal->second >= table.limits.per_principal_max);
    if (!full) {
      number = ++table.last;
      ++table.per_principal[opening.caller->principal];
      Stream stream{exchange->open_stream(Response{}), std::move(opening)};
      const auto placed = table.streams.emplace(number, std::move(stream)).first;
      table.by_session[placed->second.opening.session->id_hash] = number;
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

void EventStreams::recheck() {
  const UnixTime now = clock_.now();
  std::vector<std::shared_ptr<EventStream>> over;
  std::vector<std::pair<Number, TokenCheck>> to_ask;
  {
    const std::lock_guard lock(table_->mutex);
    std::vector<Number> ended;
    for (const auto& [number, stream] : table_->streams) {
      const Opening& opening = stream.opening;
      const bool dead = now >= opening.caller->expires_at || opening.session->terminated ||
                        now >= opening.session->session.expires_at;
      if (dead) {
        ended.push_back(number);
      } else {
        to_ask.emplace_back(number, opening.token_check);
      }
    }
    for (const Number number : ended) over.push_back(table_->take(number));
  }
  for (const auto& events : over) events->close();
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
