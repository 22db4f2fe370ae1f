#include "mcp/legacy/stream_readers.h"

#include <utility>
#include <vector>

namespace mcph::mcp {

void StreamReaders::add(const std::string& name, const std::string& connection,
                        const StreamReaderPtr& reader) {
  StreamReaderPtr predecessor;
  {
    const std::lock_guard lock(mutex_);
    Entry& entry = readers_[name];
    predecessor = std::exchange(entry.reader, reader);
    entry.connection = connection;
  }
  if (predecessor != nullptr) predecessor->close();
}

void StreamReaders::remove(const std::string& name, const StreamReader* reader) {
  const std::lock_guard lock(mutex_);
  const auto found = readers_.find(name);
  if (found != readers_.end() && found->second.reader.get() == reader) readers_.erase(found);
}

StreamReaderPtr StreamReaders::find(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  const auto found = readers_.find(name);
  return found != readers_.end() ? found->second.reader : nullptr;
}

void StreamReaders::note_grown(const std::string& name, std::int64_t last_number,
                               bool ended) const {
  if (const StreamReaderPtr reader = find(name)) reader->note_grown(last_number, ended);
}

void StreamReaders::note_taken(const std::string& name, const std::string& connection) {
  StreamReaderPtr left;
  {
    const std::lock_guard lock(mutex_);
    const auto found = readers_.find(name);
    if (found == readers_.end() || found->second.connection == connection) return;
    left = std::move(found->second.reader);
    readers_.erase(found);
  }
  left->end();
}

void StreamReaders::catch_up_all() const {
  std::vector<StreamReaderPtr> all;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [name, entry] : readers_) all.push_back(entry.reader);
  }
  for (const StreamReaderPtr& reader : all) reader->catch_up();
}

std::size_t StreamReaders::count() const {
  const std::lock_guard lock(mutex_);
  return readers_.size();
}

}  // namespace mcph::mcp
