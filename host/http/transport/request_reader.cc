#include "http/transport/request_reader.h"

#include <utility>

namespace mcph::http {
namespace {

// What the head of an ordinary API request takes; more grows.
constexpr std::size_t kUsualHeadBytes = 512;
constexpr std::size_t kUsualFields = 16;

}  // namespace

RequestReader::RequestReader(const Limits& limits) : limits_(limits), parser_(limits, request_) {}

RequestReader::Progress RequestReader::feed(std::string_view input) {
  std::size_t consumed = 0;
  if (!started_ && !input.empty()) {
    started_ = true;
    request_.headers.reserve(kUsualHeadBytes, kUsualFields);
  }
  // RFC 9112 §2.2: one empty line before the request line is ignored; old clients send it after a
  // body.
  if (!skipped_blank_line_ && !parser_.got_some() && input.starts_with('\r')) {
    if (input.size() < 2) return {Step::kNeedMore, 0};
    if (input[1] == '\n') consumed = 2;
    skipped_blank_line_ = true;
  }
  while (consumed < input.size()) {
    const RequestParser::Parsed parsed = parser_.parse(input.substr(consumed));
    consumed += parsed.consumed;
    if (parsed.refusal) return refuse(*parsed.refusal, consumed);
    if (head_done() && !head_checked_) {
      head_checked_ = true;
      if (const auto refusal = check_head(request_, parser_.facts(), limits_)) {
        return refuse(*refusal, consumed);
      }
    }
    if (parser_.is_done()) return {Step::kComplete, consumed};
    if (parsed.need_more) break;
  }
  return {Step::kNeedMore, consumed};
}

RequestReader::Progress RequestReader::refuse(Refusal refusal, std::size_t consumed) {
  refusal_ = refusal;
  return {Step::kRefused, consumed};
}

Request RequestReader::take() {
  normalise_target(request_);
  return std::move(request_);
}

void RequestReader::reset() {
  request_ = Request{};
  parser_ = RequestParser(limits_, request_);
  refusal_.reset();
  started_ = skipped_blank_line_ = head_checked_ = false;
}

}  // namespace mcph::http
