#include "store/stream_news.h"

#include <charconv>

namespace mcph::store {
namespace {

using Kind = StreamNews::Kind;

// The text up to the next colon, which is taken away with it.
std::string_view take_word(std::string_view& text) {
  const std::size_t colon = text.find(':');
  const std::string_view word = text.substr(0, colon);
  text = colon == text.npos ? std::string_view{} : text.substr(colon + 1);
  return word;
}

}  // namespace

std::optional<StreamNews> parse_stream_news(std::string_view payload) {
  const std::string_view kind = take_word(payload);
  StreamNews news;
  news.name = take_word(payload);
  if (news.name.empty()) return std::nullopt;
  if (kind == "answer") {
    news.kind = Kind::kAnswered;
    return news;
  }
  if (kind == "taken") {
    news.kind = Kind::kTaken;
    news.connection = payload;
    return news;
  }
  if (kind != "grown") return std::nullopt;
  const std::string_view last = take_word(payload);
  const auto [end, failure] = std::from_chars(last.data(), last.data() + last.size(), news.last);
  const bool is_number = failure == std::errc() && end == last.data() + last.size();
  if (!is_number || (payload != "0" && payload != "1")) return std::nullopt;
  news.ended = payload == "1";
  return news;
}

}  // namespace mcph::store
