#include "mcp/reply.h"

#include <algorithm>
#include <utility>

namespace mcph::mcp {

HttpReply::HttpReply(ExchangePtr exchange, Accepts accepts)
    : exchange_(std::move(exchange)), accepts_(accepts) {}

void HttpReply::send_result(std::string body) {
  const std::lock_guard lock(mutex_);
  if (std::exchange(ended_, true)) return;
  if (stream_ == nullptr && accepts_.json) {
    return exchange_->respond(make_json_response(200, std::move(body)));
  }
  end_stream(make_event(body));
}

void HttpReply::send_rejection(const JsonToken& id, const Rejection& rejection) {
  const std::lock_guard lock(mutex_);
  if (std::exchange(ended_, true)) return;
  // Once a stream is open its status is 200, and the error can only travel inside.
  if (stream_ == nullptr) return exchange_->respond(make_rejection_response(id, rejection));
  end_stream(make_event(make_error_body(id, rejection)));
}

bool HttpReply::notify(std::string_view message) {
  const std::lock_guard lock(mutex_);
  if (ended_ || !accepts_.events) return false;
  if (stream_ == nullptr) stream_ = exchange_->open_stream(Response{});
  return stream_->send(make_event(message));
}

void HttpReply::end_silently() {
  const std::lock_guard lock(mutex_);
  if (std::exchange(ended_, true)) return;
  if (stream_ == nullptr && !accepts_.events) return exchange_->respond(make_accepted());
  end_stream({});
}

void HttpReply::on_client_gone(std::function<void()> callback) {
  exchange_->on_client_gone(std::move(callback));
}

void HttpReply::end_stream(std::string_view last) {
  if (stream_ == nullptr) stream_ = exchange_->open_stream(Response{});
  if (!last.empty()) stream_->send(last);
  stream_->close();
}

Response make_rejection_response(const JsonToken& id, const Rejection& rejection) {
  Response response = make_json_response(rejection.status, make_error_body(id, rejection));
  if (!rejection.challenge.empty()) response.headers.add("WWW-Authenticate", rejection.challenge);
  if (rejection.retry_after_s > 0) {
    response.headers.add("Retry-After", std::to_string(rejection.retry_after_s));
  }
  return response;
}

Response make_accepted() {
  Response response;
  response.status = 202;
  return response;
}

std::string make_event(std::string_view message) {
  std::string event;
  event.reserve(message.size() + 8);
  event += "data: ";
  event += message;
  std::replace_if(
      event.begin(), event.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  event += "\n\n";
  return event;
}

}  // namespace mcph::mcp
