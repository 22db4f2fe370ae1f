// Where the answer to one request goes. It is one JSON body, unless something has to be said before
// the result: then it becomes an event stream (MCP, Streamable HTTP: the server chooses for each
// request). The choice is made as late as possible, because a stream fixes the HTTP status.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/http_message.h"
#include "mcp/jsonrpc.h"

namespace mcph::mcp {

// Thread-safe. Whatever comes after the end is dropped.
class Reply {
 public:
  virtual ~Reply() = default;

  // A JSON-RPC response with HTTP status 200. Ends the reply.
  virtual void send_result(std::string body) = 0;
  virtual void send_rejection(const JsonToken& id, const Rejection& rejection) = 0;
  // A notification about this request, or a question to a legacy client. False when it cannot be
  // delivered; it is then left out.
  virtual bool notify(std::string_view message) = 0;
  // The answer will take a while: a client that can fetch it later may be let go until then.
  virtual void release() {}
  // Ends without a JSON-RPC response: the request was cancelled.
  virtual void end_silently() = 0;
  // See Exchange::on_client_gone.
  virtual void on_client_gone(std::function<void()> callback) = 0;
};

using ReplyPtr = std::shared_ptr<Reply>;

// What the client can read (its Accept header). At least one of both.
struct Accepts {
  bool json = true;
  bool events = true;
};

class HttpReply final : public Reply {
 public:
  HttpReply(ExchangePtr exchange, Accepts accepts);

  void send_result(std::string body) override;
  void send_rejection(const JsonToken& id, const Rejection& rejection) override;
  bool notify(std::string_view message) override;
  void end_silently() override;
  void on_client_gone(std::function<void()> callback) override;

 private:
  void end_stream(std::string_view last);  // mutex_ held
  const ExchangePtr exchange_;
  const Accepts accepts_;
  std::mutex mutex_;
  std::shared_ptr<EventStream> stream_;
  bool ended_ = false;
};

// The HTTP form of a refusal.
Response make_rejection_response(const JsonToken& id, const Rejection& rejection);
Response make_accepted();  // 202, nothing inside

// One message as one event. Line breaks inside are insignificant there (JSON escapes those in
// strings) but would end the event's data line, so they become spaces.
std::string make_event(std::string_view message);

}  // namespace mcph::mcp
