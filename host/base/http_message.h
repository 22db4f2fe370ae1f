// HTTP messages as plain values: what the protocol folders see of HTTP. No type of the transport
// appears here, so the transport can be replaced.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mcph {

enum class Method { kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions, kOther };
std::string_view to_string(Method method) noexcept;

// Header fields in their order, duplicates kept. Names compare case-insensitively (RFC 9110 §5.1).
// All text lies in one buffer, so a request costs two allocations, not two a field.
class Headers {
 public:
  struct Field {
    std::string_view name;
    std::string_view value;
  };

  // Room for that much, so that a head of the usual size is recorded without growing.
  void reserve(std::size_t text_bytes, std::size_t fields);
  void add(std::string_view name, std::string_view value);
  // Replaces every field of that name.
  void set(std::string_view name, std::string_view value);
  // The first field of that name.
  std::optional<std::string_view> find(std::string_view name) const noexcept;
  std::size_t count(std::string_view name) const noexcept;
  std::size_t size() const noexcept { return spans_.size(); }
  bool empty() const noexcept { return spans_.empty(); }
  // Valid until the next add() or set().
  Field at(std::size_t index) const noexcept;
  void clear() noexcept;

 private:
  struct Span {
    std::uint32_t at, name_bytes, value_bytes;
  };
  bool is_named(const Span& span, std::string_view name) const noexcept;
  std::string text_;
  std::vector<Span> spans_;
};

// A complete request. Framing, sizes and duplicates of single-valued fields were checked before.
struct Request {
  Method method = Method::kOther;
  std::string target;  // as received: path and query, still percent-encoded
  Headers headers;
  std::string body;
  std::string peer;  // address of the client, IPv4-mapped ones as IPv4; no port
  bool tls = false;

  std::string_view path() const noexcept;   // up to '?'
  std::string_view query() const noexcept;  // behind '?', may be empty
  // The media type of Content-Type without parameters, or empty. Compare case-insensitively.
  std::string_view content_type() const noexcept;
};

struct Response {
  int status = 200;
  Headers headers;
  std::string body;
};

// Case-insensitive equality of ASCII text.
bool iequals(std::string_view a, std::string_view b) noexcept;

// An open text/event-stream answer. Thread-safe; cheap to call from anywhere.
class EventStream {
 public:
  virtual ~EventStream() = default;
  // Appends bytes (complete events: "data: …\n\n"). False when the client is gone or too slow;
  // nothing more will reach it then.
  virtual bool send(std::string_view events) = 0;
  // Ends the answer in order. Idempotent; also done by the destructor.
  virtual void close() = 0;
};

// The one answer to one request. Thread-safe: the answer may come from any thread, later. The first
// answer wins. Dropped without an answer, the client gets a bare 500, so nothing can hang.
class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual void respond(Response response) = 0;
  // Answers with a stream; content type and cache headers are added. The transport keeps the
  // stream alive with comments.
  virtual std::shared_ptr<EventStream> open_stream(Response head) = 0;
  // Runs once, on a transport thread, if the client goes before the answer (or the stream) ended.
  // Must not block. At once if it is gone already.
  virtual void on_client_gone(std::function<void()> callback) = 0;
};

using ExchangePtr = std::shared_ptr<Exchange>;

// Called on a transport thread: must not block. Blocking work goes to an Executor.
using RequestHandler = std::function<void(Request request, ExchangePtr exchange)>;

Response make_text_response(int status, std::string_view content_type, std::string body);
Response make_json_response(int status, std::string body);

}  // namespace mcph
