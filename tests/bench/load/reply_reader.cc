#include "reply_reader.h"

#include <strings.h>

#include <cstdlib>

namespace {

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && ::strncasecmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

ReplyReader::Step ReplyReader::feed(std::string_view bytes) {
  input_.append(bytes);
  if (!head_done_) {
    if (const Step step = read_head(); step != Step::kComplete) return step;
  }
  if (chunked_) return read_chunks();
  if (input_.size() - at_ < length_) return Step::kNeedMore;
  body_ = std::string_view(input_).substr(at_, length_);
  at_ += length_;
  return Step::kComplete;
}

ReplyReader::Step ReplyReader::read_head() {
  const std::size_t end = input_.find("\r\n\r\n");
  if (end == std::string::npos) return Step::kNeedMore;
  std::string_view head(input_.data(), end + 2);
  if (!head.starts_with("HTTP/1.1 ")) return Step::kBroken;
  status_ = std::atoi(head.data() + 9);
  head.remove_prefix(head.find("\r\n") + 2);
  while (!head.empty()) {
    const std::string_view line = head.substr(0, head.find("\r\n"));
    head.remove_prefix(line.size() + 2);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return Step::kBroken;
    const std::string_view name = line.substr(0, colon);
    std::string_view value = line.substr(colon + 1);
    while (value.starts_with(' ')) value.remove_prefix(1);
    if (same(name, "content-length")) length_ = std::strtoul(value.data(), nullptr, 10);
    if (same(name, "transfer-encoding")) chunked_ = same(value, "chunked");
    if (same(name, "connection")) keep_alive_ = !same(value, "close");
  }
  at_ = end + 4;
  head_done_ = true;
  return Step::kComplete;
}

ReplyReader::Step ReplyReader::read_chunks() {
  for (;;) {
    const std::size_t line_end = input_.find("\r\n", at_);
    if (line_end == std::string::npos) return Step::kNeedMore;
    const std::size_t size = std::strtoul(input_.c_str() + at_, nullptr, 16);
    const std::size_t next = line_end + 2 + size + 2;
    if (input_.size() < next) return Step::kNeedMore;
    chunks_.append(input_, line_end + 2, size);
    at_ = next;
    if (size > 0) continue;
    body_ = chunks_;
    return Step::kComplete;
  }
}

void ReplyReader::reset() {
  input_.erase(0, at_);
  chunks_.clear();
  body_ = {};
  at_ = length_ = 0;
  status_ = 0;
  head_done_ = chunked_ = false;
  keep_alive_ = true;
}
