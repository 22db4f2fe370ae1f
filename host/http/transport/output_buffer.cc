#include "http/transport/output_buffer.h"

#include <string_view>
#include <utility>

namespace mcph::http {
namespace {

// A buffer that had to hold more is freed rather than kept for the next reply.
constexpr std::size_t kSpareBytesMax = 128 * 1024;
// As many as are in use at once while all clients read; see Worker::end_batch.
constexpr std::size_t kSparesMax = 16;
// What a std::string has without any memory of its own.
const std::size_t kNoCapacity = std::string().capacity();

}  // namespace

std::string SpareBuffers::lend() {
  if (buffers_.empty()) return {};
  std::string buffer = std::move(buffers_.back());
  buffers_.pop_back();
  return buffer;
}

void SpareBuffers::take_back(std::string&& buffer) noexcept {
  std::string given = std::move(buffer);
  if (given.capacity() == kNoCapacity || given.capacity() > kSpareBytesMax) return;
  if (buffers_.size() == kSparesMax) return;
  try {
    given.clear();
    buffers_.push_back(std::move(given));
  } catch (...) {
    // There is no memory to keep it with: it is freed.
  }
}

std::string& OutputBuffer::tail() {
  if (bytes_.capacity() == kNoCapacity && bytes_.empty()) bytes_ = spares_.lend();
  return bytes_;
}

IoResult OutputBuffer::write_to(Channel& channel) {
  std::size_t total = 0;
  while (sent_ < bytes_.size()) {
    const IoResult wrote = channel.write(std::string_view(bytes_).substr(sent_));
    if (wrote.status != IoStatus::kDone) return {wrote.status, total};
    sent_ += wrote.bytes;
    total += wrote.bytes;
  }
  clear();
  return {IoStatus::kDone, total};
}

void OutputBuffer::clear() noexcept {
  sent_ = 0;
  spares_.take_back(std::exchange(bytes_, {}));
}

}  // namespace mcph::http
