#include "mcp/subscriptions/open_streams.h"

#include <utility>

namespace mcph::mcp {

std::shared_ptr<OpenStream> OpenStreams::Table::take(Number number) {
  const auto found = entries.find(number);
  if (found == entries.end()) return nullptr;
  const Entry& entry = found->second;
  if (const auto keyed = by_key.find(entry.key); keyed != by_key.end() && keyed->second == number) {
    by_key.erase(keyed);
  }
  const auto of_principal = per_principal.find(entry.owner.caller->principal);
  if (--of_principal->second == 0) per_principal.erase(of_principal);
  std::shared_ptr<OpenStream> stream = std::move(found->second.stream);
  entries.erase(found);
  return stream;
}

bool OpenStreams::Table::is_full(const PrincipalId& principal) const {
  if (closed || entries.size() >= limits.total_max) return true;
  const auto own = per_principal.find(principal);
  return own != per_principal.end() && own->second >= limits.per_principal_max;
}

void OpenStreams::Table::end(Number number) {
  std::shared_ptr<OpenStream> stream;
  {
    const std::lock_guard lock(mutex);
    stream = take(number);
  }
  if (stream != nullptr) stream->end();
}

void OpenStreams::Table::client_left(Number number) {
  std::shared_ptr<OpenStream> stream;
  {
    const std::lock_guard lock(mutex);
    stream = take(number);
  }
  if (stream != nullptr) stream->client_left();
}

std::shared_ptr<OpenStream> OpenStreams::open(const ExchangePtr& exchange, StreamOwner owner,
                                              std::string key, const MakeStream& make) {
  std::shared_ptr<OpenStream> predecessor;
  std::shared_ptr<OpenStream> opened;
  Number number = 0;
  {
    Table& table = *table_;
    const std::lock_guard lock(table.mutex);
    const auto older = key.empty() ? table.by_key.end() : table.by_key.find(key);
    if (older != table.by_key.end()) predecessor = table.take(older->second);
    if (!table.is_full(owner.caller->principal)) {
      number = ++table.last;
      opened = make(exchange->open_stream(Response{}));
      ++table.per_principal[owner.caller->principal];
      const Entry& placed =
          table.entries.emplace(number, Entry{opened, std::move(owner), std::move(key)})
              .first->second;
      if (!placed.key.empty()) table.by_key.emplace(placed.key, number);
    }
  }
  if (predecessor != nullptr) predecessor->end();
  if (opened != nullptr) watch_client(exchange, table_, number);
  return opened;
}

void OpenStreams::watch_client(const ExchangePtr& exchange, const std::shared_ptr<Table>& table,
                               Number number) {
  exchange->on_client_gone([weak = std::weak_ptr<Table>(table), number] {
    if (const auto alive = weak.lock()) alive->client_left(number);
  });
}

void OpenStreams::for_each(const std::function<void(OpenStream&)>& visit) const {
  std::vector<std::shared_ptr<OpenStream>> all;
  {
    const std::lock_guard lock(table_->mutex);
    all.reserve(table_->entries.size());
    for (const auto& [number, entry] : table_->entries) all.push_back(entry.stream);
  }
  for (const auto& stream : all) visit(*stream);
}

void OpenStreams::for_session(std::string_view id_hash,
                              const std::function<void(OpenSession&)>& visit) const {
  const std::lock_guard lock(table_->mutex);
  for (const auto& [number, entry] : table_->entries) {
    const OpenSessionPtr& session = entry.owner.session;
    if (session == nullptr) continue;
    if (id_hash.empty() || session->id_hash == id_hash) visit(*session);
  }
}

std::shared_ptr<OpenStream> OpenStreams::find(std::string_view key) const {
  const std::lock_guard lock(table_->mutex);
  const auto found = table_->by_key.find(key);
  return found != table_->by_key.end() ? table_->entries.at(found->second).stream : nullptr;
}

void OpenStreams::end(std::string_view key) {
  std::shared_ptr<OpenStream> stream;
  {
    const std::lock_guard lock(table_->mutex);
    const auto found = table_->by_key.find(key);
    if (found != table_->by_key.end()) stream = table_->take(found->second);
  }
  if (stream != nullptr) stream->end();
}

void OpenStreams::end_session(std::string_view id_hash) {
  end_matching([id_hash](const Entry& entry) {
    return entry.owner.session != nullptr && entry.owner.session->id_hash == id_hash;
  });
}

void OpenStreams::end_if(const Condition& condition) {
  end_matching([&condition](const Entry& entry) {
    return condition(*entry.owner.caller, entry.owner.access.token_hash);
  });
}

void OpenStreams::end_all() {
  {
    const std::lock_guard lock(table_->mutex);
    table_->closed = true;
  }
  end_matching([](const Entry&) { return true; });
}

void OpenStreams::end_matching(const Wanted& wanted) {
  std::vector<std::shared_ptr<OpenStream>> over;
  {
    const std::lock_guard lock(table_->mutex);
    std::vector<Number> ended;
    for (const auto& [number, entry] : table_->entries) {
      if (wanted(entry)) ended.push_back(number);
    }
    for (const Number number : ended) over.push_back(table_->take(number));
  }
  for (const auto& stream : over) stream->end();
}

void OpenStreams::recheck() {
  const UnixTime now = clock_.now();
  std::vector<Number> ended;
  std::vector<std::pair<Number, TokenCheck>> to_ask;
  {
    const std::lock_guard lock(table_->mutex);
    for (const auto& [number, entry] : table_->entries) {
      const OpenSessionPtr& session = entry.owner.session;
      const bool over =
          now >= entry.owner.caller->expires_at ||
          (session != nullptr && (session->terminated || now >= session->session.expires_at));
      if (over) ended.push_back(number);
      const TokenCheck& check = entry.owner.access.token_check;
      if (!over && check) to_ask.emplace_back(number, check);
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

std::size_t OpenStreams::count() const {
  const std::lock_guard lock(table_->mutex);
  return table_->entries.size();
}

}  // namespace mcph::mcp
