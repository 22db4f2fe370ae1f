#include "mcp/legacy/batch.h"

#include <atomic>

namespace mcph::mcp {

class BatchSlot final : public Reply {
 public:
  explicit BatchSlot(std::shared_ptr<Batch> batch) : batch_(std::move(batch)) {}
  ~BatchSlot() override { end_silently(); }

  void send_result(std::string body) override { fill(std::move(body), nullptr); }
  void send_rejection(const JsonToken& id, const Rejection& rejection) override {
    const bool own_status = rejection.status != 200 && rejection.status != 400;
    fill(make_error_body(id, rejection), own_status ? &rejection : nullptr);
  }
  bool notify(std::string_view) override { return false; }  // an array has no room for it
  void end_silently() override { fill({}, nullptr); }
  void on_client_gone(std::function<void()>) override {}  // never a cancellation in this revision

 private:
  void fill(std::string part, const Rejection* refusal) {
    if (!filled_.exchange(true)) batch_->fill(std::move(part), refusal);
  }
  const std::shared_ptr<Batch> batch_;
  std::atomic<bool> filled_{false};
};

std::shared_ptr<Batch> Batch::open(ReplyPtr reply, ExchangePtr exchange, std::size_t slots) {
  std::shared_ptr<Batch> batch(new Batch(std::move(reply), std::move(exchange), slots));
  if (slots == 0) batch->finish();
  return batch;
}

ReplyPtr Batch::make_slot() {
  return std::make_shared<BatchSlot>(shared_from_this());
}

void Batch::fill(std::string part, const Rejection* refusal) {
  {
    const std::lock_guard lock(mutex_);
    if (!part.empty()) {
      if (!parts_.empty()) parts_ += ',';
      parts_ += part;
    }
    if (refusal != nullptr && !refusal_) refusal_ = *refusal;
    if (--open_slots_ > 0) return;
  }
  finish();
}

// The last slot is filled, so nobody else is here.
void Batch::finish() {
  if (refusal_) return reply_->send_rejection({}, *refusal_);
  if (parts_.empty()) return exchange_->respond(make_accepted());
  reply_->send_result("[" + parts_ + "]");
}

}  // namespace mcph::mcp
