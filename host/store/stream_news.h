// What hosts tell each other over NOTIFY about the streams and questions of legacy sessions.
// Values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mcph::store {

struct StreamNews {
  enum class Kind {
    kGrown,     // `name` has events up to `last`
    kTaken,     // the client of `name` is now connected by `connection`
    kAnswered,  // there is an answer to the question `name`
  } kind = Kind::kGrown;
  std::string name;
  std::int64_t last = 0;
  bool ended = false;
  std::string connection;

  friend bool operator==(const StreamNews&, const StreamNews&) = default;
};

// `grown:<name>:<last>:<0|1>`, `taken:<name>:<connection>`, `answer:<question>`. Nothing for any
// other payload.
std::optional<StreamNews> parse_stream_news(std::string_view payload);

}  // namespace mcph::store
