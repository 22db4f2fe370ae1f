#include "http/transport/output_buffer.h"

#include <string_view>

namespace mcph::http {
namespace {

// A buffer that had to hold more is freed rather than kept for the next reply.
constexpr std::size_t kSpareBytesMax = 256 * 1024;

}  // namespace

std::string& OutputBuffer::tail() {
  if (bytes_.empty() && bytes_.capacity() < spare_.capacity()) bytes_.swap(spare_);
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
  bytes_.clear();
  sent_ = 0;
  if (bytes_.capacity() > kSpareBytesMax) {
    std::string().swap(bytes_);
  } else if (bytes_.capacity() > spare_.capacity()) {
    bytes_.swap(spare_);
  }
}

}  // namespace mcph::http
