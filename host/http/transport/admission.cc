#include "http/transport/admission.h"

#include <utility>

namespace mcph::http {

Admission::Admission(std::size_t connections_max, std::vector<std::shared_ptr<Mailbox>> mailboxes)
    : connections_max_(connections_max), seats_(mailboxes.size()) {
  for (std::size_t i = 0; i < mailboxes.size(); ++i) seats_[i].mailbox = std::move(mailboxes[i]);
}

std::size_t Admission::enter() {
  std::size_t best = 0;
  for (std::size_t i = 1; i < seats_.size(); ++i) {
    if (seats_[i].connections.load() < seats_[best].connections.load()) best = i;
  }
  ++seats_[best].connections;
  ++open_;
  return best;
}

void Admission::leave(std::size_t seat) {
  --seats_[seat].connections;
  if (--open_ == 0) {
    const std::lock_guard lock(mutex_);
    empty_.notify_all();
  }
  if (waiting_.load() == 0) return;
  for (Seat& other : seats_) {
    if (!other.waiting.exchange(false)) continue;
    --waiting_;
    other.mailbox->post(ResumeAccepting{});
  }
}

void Admission::wait_for_room(std::size_t seat) {
  if (!seats_[seat].waiting.exchange(true)) ++waiting_;
}

bool Admission::wait_until_empty(Milliseconds timeout) {
  std::unique_lock lock(mutex_);
  return empty_.wait_for(lock, timeout, [this] { return open_.load() == 0; });
}

}  // namespace mcph::http
