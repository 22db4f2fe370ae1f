#include "http/transport/connection_table.h"

#include <utility>

namespace mcph::http {
namespace {

constexpr std::uint64_t kSlotMask = (std::uint64_t{1} << kSlotBits) - 1;

ConnectionId make_id(std::uint64_t slot, std::uint64_t uses) {
  return static_cast<ConnectionId>(uses << kSlotBits | slot);
}

}  // namespace

ConnectionTable::ConnectionTable() = default;
ConnectionTable::~ConnectionTable() = default;

Connection* ConnectionTable::add(Channel channel, std::string peer, WorkerContext& worker) {
  if (free_.empty()) {
    if (slots_.size() > kSlotMask) return nullptr;
    free_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
  }
  const std::uint32_t at = free_.back();
  Slot& slot = slots_[at];
  slot.connection = std::make_unique<Connection>(make_id(at, slot.uses + 1), std::move(channel),
                                                 std::move(peer), worker);
  ++slot.uses;
  free_.pop_back();
  return slot.connection.get();
}

Connection* ConnectionTable::find(ConnectionId id) noexcept {
  const auto value = static_cast<std::uint64_t>(id);
  const std::uint64_t at = value & kSlotMask;
  if (at >= slots_.size() || slots_[at].uses != value >> kSlotBits) return nullptr;
  return slots_[at].connection.get();
}

void ConnectionTable::remove(ConnectionId id) {
  if (!find(id)) return;
  const std::uint64_t at = static_cast<std::uint64_t>(id) & kSlotMask;
  slots_[at].connection.reset();
  free_.push_back(static_cast<std::uint32_t>(at));
}

ConnectionTable::Entry ConnectionTable::at(std::size_t slot) noexcept {
  const Slot& found = slots_[slot];
  return {make_id(slot, found.uses), found.connection.get()};
}

}  // namespace mcph::http
