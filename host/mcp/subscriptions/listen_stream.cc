#include "mcp/subscriptions/listen_stream.h"

#include <utility>

#include "mcp/meta.h"
#include "mcp/reply.h"
#include "mcp/tasks/task_json.h"

namespace mcph::mcp {
namespace {

std::string make_subscription_meta(const JsonToken& subscription) {
  std::string meta = "\"";
  meta.append(meta_keys::kSubscriptionId).append("\":").append(subscription);
  return meta;
}

std::string make_acknowledgement(const JsonToken& subscription, const ListenFilter& granted) {
  std::string out =
      R"({"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"_meta":{)";
  out += make_subscription_meta(subscription);
  out += R"(},"notifications":)";
  out += granted.to_json();
  out += "}}";
  return out;
}

std::string make_task_notification(const JsonToken& subscription, const Task& task,
                                   Milliseconds poll_interval) {
  std::string out = R"({"jsonrpc":"2.0","method":"notifications/tasks","params":{"_meta":{)";
  out += make_subscription_meta(subscription);
  out += "},";
  append_detailed_task(out, task, poll_interval);
  out += "}}";
  return out;
}

std::string make_farewell(const JsonToken& subscription, std::string_view implementation) {
  std::string out;
  append_result_head(out, subscription);
  out += R"({"resultType":"complete","_meta":{)";
  out += make_subscription_meta(subscription);
  out.append(",\"").append(meta_keys::kServerInfo).append("\":").append(implementation);
  out += "}}}";
  return out;
}

}  // namespace

ListenStream::ListenStream(std::shared_ptr<EventStream> connection, JsonToken subscription,
                           ListenFilter granted, std::string_view implementation)
    : connection_(std::move(connection)),
      subscription_(std::move(subscription)),
      granted_(std::move(granted)),
      farewell_(make_farewell(subscription_, implementation)) {
  connection_->send(make_event(make_acknowledgement(subscription_, granted_)));
}

void ListenStream::hear(const Bulletin& bulletin) {
  if (!granted_.matches(bulletin.what)) return;
  connection_->send(make_event(make_tagged_notification(bulletin.what, subscription_)));
}

void ListenStream::hear_task(const Task& task, Milliseconds poll_interval) {
  const std::lock_guard lock(mutex_);
  std::int64_t& said = said_[task.id];
  if (task.version <= said) return;
  said = task.version;
  connection_->send(make_event(make_task_notification(subscription_, task, poll_interval)));
}

void ListenStream::end() {
  if (ended_.exchange(true)) return;
  connection_->send(make_event(farewell_));
  connection_->close();
}

}  // namespace mcph::mcp
