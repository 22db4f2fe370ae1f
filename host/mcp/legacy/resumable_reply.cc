#include "mcp/legacy/resumable_reply.h"

#include <utility>

#include "base/encoding.h"

namespace mcph::mcp {
namespace {

constexpr std::size_t kNameBytes = 12;
constexpr const char* kFirstConnection = "first";

}  // namespace

void ResumableReply::send_result(std::string body) {
  const std::lock_guard lock(mutex_);
  if (std::exchange(ended_, true)) return;
  if (writer_ == nullptr && accepts_.json) {
    return exchange_->respond(make_json_response(200, std::move(body)));
  }
  open_stream();
  writer_->finish(std::move(body));
}

void ResumableReply::send_rejection(const JsonToken& id, const Rejection& rejection) {
  const std::lock_guard lock(mutex_);
  if (std::exchange(ended_, true)) return;
  if (writer_ == nullptr) return exchange_->respond(make_rejection_response(id, rejection));
  writer_->finish(make_error_body(id, rejection));
}

bool ResumableReply::notify(std::string_view message) {
  const std::lock_guard lock(mutex_);
  if (ended_ || !accepts_.events) return false;
  open_stream();
  writer_->write(std::string(message));
  return true;
}

void ResumableReply::release() {
  const std::lock_guard lock(mutex_);
  if (ended_ || !accepts_.events) return;
  open_stream();
  writer_->release();
}

void ResumableReply::end_silently() {
  const std::lock_guard lock(mutex_);
  if (std::exchange(ended_, true)) return;
  if (writer_ != nullptr) return writer_->finish({});
  if (!accepts_.events) return exchange_->respond(make_accepted());
  exchange_->open_stream(Response{})->close();  // without an id: there is nothing to come back for
}

void ResumableReply::on_client_gone(std::function<void()> callback) {
  exchange_->on_client_gone(std::move(callback));
}

void ResumableReply::open_stream() {
  if (writer_ != nullptr) return;
  const std::string name = "c" + to_base64url(streams_.random.bytes(kNameBytes));
  StreamReaders& readers = streams_.readers;
  const auto reader = std::make_shared<StreamReader>(
      streams_.parts, name, StreamReader::Wire::kWithIds, exchange_->open_stream(Response{}), 0,
      [&readers, name](const StreamReader& ended) { readers.remove(name, &ended); });
  readers.add(name, kFirstConnection, reader);
  exchange_->on_client_gone([&readers, name, weak = std::weak_ptr(reader)] {
    if (const auto gone = weak.lock()) readers.remove(name, gone.get());
  });
  writer_ = std::make_shared<StreamWriter>(streams_.parts, readers, name, session_->id_hash);
}

}  // namespace mcph::mcp
