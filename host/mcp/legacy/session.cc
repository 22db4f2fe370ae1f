#include "mcp/legacy/session.h"

#include "mcp/limits.h"

namespace mcph::mcp {
namespace {

// Layout: format, version, capabilities (2), issued (8), expires (8), then three texts with two
// bytes of length each; numbers are big-endian. A new layout gets a new format number.
constexpr char kFormat = 2;
constexpr std::string_view kBinding = "session";
constexpr std::size_t kTextBytesMax = 0xffff;

void put(std::string& out, std::uint64_t number, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
    out += static_cast<char>((number >> shift) & 0xff);
  }
}

void put_text(std::string& out, std::string_view text) {
  put(out, text.size(), 2);
  out += text;
}

// Reads what put() wrote; after the first failure everything is zero or empty and ok() is false.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t number(int bytes) {
    std::uint64_t value = 0;
    for (const char c : take(static_cast<std::size_t>(bytes))) {
      value = value << 8 | static_cast<unsigned char>(c);
    }
    return value;
  }
  std::string text() { return std::string(take(static_cast<std::size_t>(number(2)))); }
  bool done() const noexcept { return ok_ && rest_.empty(); }

 private:
  std::string_view take(std::size_t count) {
    if (!ok_ || count > rest_.size()) {
      ok_ = false;
      return {};
    }
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  std::string_view rest_;
  bool ok_ = true;
};

std::optional<Session> parse(std::string_view bytes) {
  Reader reader(bytes);
  if (reader.number(1) != kFormat) return std::nullopt;
  const auto version = reader.number(1);
  if (version < 1 || version > static_cast<std::uint64_t>(kLatestLegacy)) return std::nullopt;
  Session session;
  session.version = static_cast<Version>(version);
  session.capabilities = static_cast<std::uint16_t>(reader.number(2));
  session.issued_at = from_unix(static_cast<std::int64_t>(reader.number(8)));
  session.expires_at = from_unix(static_cast<std::int64_t>(reader.number(8)));
  session.principal = PrincipalId(reader.text());
  session.client = ClientId(reader.text());
  session.grant = GrantId(reader.text());
  if (!reader.done()) return std::nullopt;
  return session;
}

}  // namespace

std::string SessionIds::make(const Session& session) const {
  std::string bytes;
  bytes += kFormat;
  bytes += static_cast<char>(session.version);
  put(bytes, session.capabilities, 2);
  put(bytes, static_cast<std::uint64_t>(to_unix(session.issued_at)), 8);
  put(bytes, static_cast<std::uint64_t>(to_unix(session.expires_at)), 8);
  for (const std::string* text :
       {&session.principal.str(), &session.client.str(), &session.grant.str()}) {
    put_text(bytes, std::string_view(*text).substr(0, kTextBytesMax));
  }
  return sealer_.seal(bytes, kBinding);
}

std::optional<Session> SessionIds::open(std::string_view id) const {
  if (id.size() > limits::kSessionIdBytesMax) return std::nullopt;
  const std::optional<Secret> bytes = sealer_.open(id, kBinding);
  return bytes.has_value() ? parse(bytes->reveal()) : std::nullopt;
}

}  // namespace mcph::mcp
