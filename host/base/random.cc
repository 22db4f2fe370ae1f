#include "base/random.h"

#include <sys/random.h>

#include <cerrno>

#include "base/assert.h"
#include "base/encoding.h"

namespace mcph {

std::string SystemRandom::bytes(std::size_t count) {
  std::string out(count, '\0');
  std::size_t done = 0;
  while (done < count) {
    const ssize_t n = getrandom(out.data() + done, count - done, 0);
    if (n < 0 && errno == EINTR) continue;
    ASSERT(n > 0);  // without randomness no token may be made
    done += static_cast<std::size_t>(n);
  }
  return out;
}

std::string make_uuid(Random& random) {
  std::string raw = random.bytes(16);
  raw[6] = static_cast<char>((raw[6] & 0x0f) | 0x40);  // RFC 9562 §5.4: version 4
  raw[8] = static_cast<char>((raw[8] & 0x3f) | 0x80);  // §4.1: variant 10
  const std::string hex = to_hex(raw);
  return hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' +
         hex.substr(16, 4) + '-' + hex.substr(20);
}

}  // namespace mcph
