#include "http/transport/mailbox.h"

#include <sys/eventfd.h>

#include <cstdint>
#include <utility>

namespace mcph::http {

Mailbox::Mailbox() : event_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

bool Mailbox::post(Mail&& mail) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return false;
    first = mail_.empty();
    mail_.push_back(std::move(mail));
  }
  // Later ones ride on the first one's ring.
  if (first) ::eventfd_write(event_.get(), 1);
  return true;
}

void Mailbox::take(std::vector<Mail>& into) {
  // The bell first, the mail second. The other way round, mail that came in between would lie there
  // with its ring already used up.
  eventfd_t rings = 0;
  ::eventfd_read(event_.get(), &rings);
  const std::lock_guard lock(mutex_);
  mail_.swap(into);
}

std::vector<Mail> Mailbox::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  return std::exchange(mail_, {});
}

}  // namespace mcph::http
