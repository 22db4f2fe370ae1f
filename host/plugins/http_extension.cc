#include "plugins/http_extension.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <vector>

#include "plugins/borrowed.h"
#include "plugins/http_request.h"
#include "plugins/plugin_call.h"

namespace mcph::plugins {
namespace {

using Answer = Result<net::HttpResponse>;

constexpr std::size_t kRequestBytes = offsetof(mcph_http_request, body_max) + sizeof(uint64_t);

// One request of a plugin, with what a second sending needs.
struct Sending {
  std::shared_ptr<PluginCall> call;
  net::HttpRequest request;
  bool as_user = false;
  std::int64_t token_version = 0;
};

mcph_status to_status(const Error& error, const PluginCall& call) {
  switch (error.code) {
    case Code::kInvalid:
      return MCPH_E_INVALID_ARGUMENT;
    case Code::kForbidden:
      return MCPH_E_FORBIDDEN;
    case Code::kUnauthorized:
      return MCPH_E_UNAUTHORIZED;
    case Code::kTimeout:
      return MCPH_E_DEADLINE;
    case Code::kLimit:
      return MCPH_E_LIMIT;
    case Code::kUnavailable:
      return call.cancelled() ? MCPH_E_CANCELLED : MCPH_E_UNAVAILABLE;
    default:
      return MCPH_E_INTERNAL;
  }
}

void authorize(Sending& sending, const UpstreamTokenPtr& token) {
  sending.request.authorization = Secret("Bearer " + std::string(token->access_token.reveal()));
  sending.token_version = token->version;
}

Result<Sending> prepare(const mcph_http_request* request) {
  PluginCall* call = request != nullptr && request->size >= kRequestBytes
                         ? PluginCall::of(request->call)
                         : nullptr;
  if (call == nullptr) return Error{Code::kInvalid, "no call", {}};
  Sending sending;
  sending.call = call->shared_from_this();
  sending.request =
      TRY(make_http_request(*request, call->instance().allowed_hosts(), call->current_trace()));
  // A little before the call's own end, so that the tool can still say what happened.
  sending.request.deadline = call->deadline() - kHttpMargin;
  sending.request.timeout_ms = call->instance().settings().timeout_ms;
  sending.request.tag = "plugin:" + call->instance().descriptor().name;
  sending.as_user = (request->flags & MCPH_HTTP_AS_USER) != 0;
  if (sending.as_user) {
    const UpstreamTokenPtr token = call->token();
    // Only NEEDS_UPSTREAM tools have one: what may act as the user is written in tools/list.
    if (token == nullptr) return Error{Code::kForbidden, "no upstream token", {}};
    authorize(sending, token);
  }
  return sending;
}

std::shared_ptr<net::RunningRequest> start(const Sending& sending, net::HttpClient::Done done) {
  auto running = sending.call->instance().parts().http.start(sending.request, std::move(done));
  sending.call->follow(running);
  return running;
}

// start() and wait. [executor]
Answer send(const Sending& sending) {
  struct Waiting {
    std::mutex mutex;
    std::condition_variable arrived;
    std::optional<Answer> answer;
  };
  const auto waiting = std::make_shared<Waiting>();
  const auto running = start(sending, [waiting](Answer answer) {
    const std::lock_guard lock(waiting->mutex);
    waiting->answer = std::move(answer);
    waiting->arrived.notify_one();
  });
  std::unique_lock lock(waiting->mutex);
  waiting->arrived.wait(lock, [&] { return waiting->answer.has_value(); });
  return std::move(*waiting->answer);
}

// A 401 to the user's token: refreshed, if nobody did yet, and sent once more. [executor]
Answer send_again_if_refused(Sending& sending, Answer answer) {
  if (!sending.as_user || !answer.ok() || answer->status != 401) return answer;
  PluginCall& call = *sending.call;
  auto newer =
      call.instance().tokens().get_newer(call.input().caller->grant, sending.token_version);
  if (!newer.ok()) {
    // Without a newer token the API's own refusal is the truth; only a dead sign-in says more.
    if (newer.error().code != Code::kUnauthorized) return answer;
    return std::move(newer).error();
  }
  call.set_token(*newer);
  authorize(sending, *newer);
  return send(sending);
}

mcph_status hand_over(const PluginCall& call, const Answer& answer, mcph_http_done done,
                      void* user) {
  if (!answer.ok()) {
    const mcph_status status = to_status(answer.error(), call);
    done(user, status, nullptr);
    return status;
  }
  // Names in lower case, so that plugins may compare them.
  std::vector<std::string> names;
  std::vector<mcph_header> headers;
  names.reserve(answer->headers.size());
  for (std::size_t i = 0; i < answer->headers.size(); ++i) {
    const Headers::Field field = answer->headers.at(i);
    std::string& name = names.emplace_back(field.name);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    headers.push_back({str(name), str(field.value)});
  }
  mcph_http_response response{};
  response.size = sizeof response;
  response.status_code = static_cast<std::uint32_t>(answer->status);
  response.headers = headers.data();
  response.header_count = headers.size();
  response.body = str(answer->body);
  done(user, MCPH_OK, &response);
  return MCPH_OK;
}

mcph_status refuse(const mcph_http_request* request, const Error& error) {
  PluginCall* call = request != nullptr ? PluginCall::of(request->call) : nullptr;
  if (call == nullptr) return MCPH_E_INVALID_ARGUMENT;
  call->instance().parts().log.info("plugin.http_refused",
                                    {{"plugin", call->instance().descriptor().name},
                                     {"handler", call->handler().name},
                                     {"message", error.message}});
  return to_status(error, *call);
}

mcph_status fetch(const mcph_host*, const mcph_http_request* request, mcph_http_done done,
                  void* user) noexcept {
  if (done == nullptr) return MCPH_E_INVALID_ARGUMENT;
  auto sending = prepare(request);
  if (!sending.ok()) {
    const mcph_status status = refuse(request, sending.error());
    done(user, status, nullptr);
    return status;
  }
  const Answer answer = send_again_if_refused(*sending, send(*sending));
  return hand_over(*sending->call, answer, done, user);
}

void end_request(Instance& instance) {
  --instance.http_pending;
  instance.leave();
}

mcph_status start_request(const mcph_host*, const mcph_http_request* request, mcph_http_done done,
                          void* user) noexcept {
  if (done == nullptr) return MCPH_E_INVALID_ARGUMENT;
  auto prepared = prepare(request);
  if (!prepared.ok()) return refuse(request, prepared.error());
  const auto sending = std::make_shared<Sending>(std::move(*prepared));
  Instance& instance = sending->call->instance();
  if (instance.http_pending.fetch_add(1) >= kHttpPendingMax) {
    --instance.http_pending;
    return MCPH_E_LIMIT;
  }
  instance.enter();  // stop() waits until `done` has run
  start(*sending, [sending, done, user](Answer answer) {
    // Off the network thread: the plugin's code may block, and a refresh does.
    const auto held = std::make_shared<Answer>(std::move(answer));
    const auto finish = [sending, held, done, user] {
      const Answer last = send_again_if_refused(*sending, std::move(*held));
      hand_over(*sending->call, last, done, user);
      end_request(sending->call->instance());
    };
    if (sending->call->instance().parts().executor.submit(finish)) return;
    done(user, MCPH_E_LIMIT, nullptr);
    end_request(sending->call->instance());
  });
  return MCPH_OK;
}

}  // namespace

const mcph_http& http_extension() noexcept {
  static constexpr mcph_http kTable{sizeof(mcph_http), 0, fetch, start_request};
  return kTable;
}

}  // namespace mcph::plugins
