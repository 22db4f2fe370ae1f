// Uses every extension a host offers, as its arguments say.
#include <atomic>
#include <cstdio>
#include <memory>

#include "mcph/health.hpp"
#include "mcph/http.hpp"
#include "mcph/kv.hpp"
#include "mcph/metrics.hpp"
#include "mcph/plugin.hpp"
#include "mcph/secret.hpp"
#include "mcph/task.hpp"
#include "mcph/trace.hpp"

class Extended {
 public:
  Extended(const mcph_host* host, std::string_view)
      : host_(host),
        kv_(host),
        secrets_(host),
        tracer_(host),
        work_(host),
        health_(host),
        http_(host),
        kv_api_(static_cast<const mcph_kv*>(host->extension(host, MCPH_EXT_KV))),
        asked_(mcph::Metrics(host).counter("asked_total", "Calls.", {"tool"})),
        waited_(mcph::Metrics(host).histogram("waited_seconds", "Waits.", {0.1, 1})) {
    work_.now([this] { ++ran_; });  // in start(): it has to wait
  }

  void put(mcph::Call call) {
    const mcph::Json in = mcph::Json::parse(call.arguments());
    const auto ttl = in.find("ttl") != nullptr ? in.at("ttl").as_int() : 0;
    const auto ttl_s = static_cast<std::uint64_t>(ttl);
    if (in.find("version") == nullptr) {
      space(call, in).put(in.at("key").as_string(), in.at("value").as_string(), ttl_s);
      return call.text("written");
    }
    const auto version = static_cast<std::uint64_t>(in.at("version").as_int());
    const auto written = space(call, in).put_if(in.at("key").as_string(), version,
                                                in.at("value").as_string(), ttl_s);
    call.text(written ? "written" : "somebody else was faster");
  }
  void get(mcph::Call call) {
    const mcph::Json in = mcph::Json::parse(call.arguments());
    call.text(space(call, in).get(in.at("key").as_string(), "(none)"));
  }
  void remove(mcph::Call call) {
    const mcph::Json in = mcph::Json::parse(call.arguments());
    call.text(space(call, in).remove(in.at("key").as_string()) ? "removed" : "(none)");
  }
  void list(mcph::Call call) {
    const mcph::Json in = mcph::Json::parse(call.arguments());
    std::string keys;
    for (const auto& entry : space(call, in).list(in.at("key").as_string())) {
      keys += entry.key + ' ';
    }
    call.text(keys);
  }
  // PENDING, until the store has answered.
  mcph_status put_later(mcph::Call call) {
    mcph_kv_request request{};
    request.size = sizeof request;
    request.flags = MCPH_KV_OF_USER;
    request.operation = MCPH_KV_PUT;
    request.call = call.raw();
    request.key = mcph::str("later");
    request.value = mcph::str("v");
    const auto done = [](void* user, mcph_status status, const mcph_kv_answer* answer) noexcept {
      const mcph::Call asked(static_cast<const mcph_call*>(user));
      mcph::guarded(asked.raw(), [&] {
        if (status < 0) throw mcph::Failure(status, "not written");
        asked.text(answer->count == 1 ? "written later" : "odd");
      });
      asked.complete();
    };
    const mcph_status status =
        kv_api_->start(host_, &request, done, const_cast<mcph_call*>(call.raw()));
    if (status < 0) throw mcph::Failure(status, "not taken");
    return MCPH_PENDING;
  }

  void secret(mcph::Call call) {
    const mcph::Json in = mcph::Json::parse(call.arguments());
    const bool given = secrets_.use(in.at("name").as_string(),
                                    [&](std::string_view secret) { call.text(secret); });
    if (!given) throw mcph::Failure(MCPH_E_NOT_FOUND, "no such secret");
  }
  void count(mcph::Call call) {
    const mcph::Json in = mcph::Json::parse(call.arguments());
    asked_.record(1, {in.at("name").as_string()});
    waited_.record(0.5);
    call.text("counted");
  }
  void late_metric(mcph::Call call) {
    mcph::Metrics(host_).counter("late_total", "Declared after start().");
    call.text("taken");
  }
  void report(mcph::Call call) {
    const mcph::Json in = mcph::Json::parse(call.arguments());
    const std::string& state = in.at("state").as_string();
    if (state == "ok") health_.ok();
    if (state == "degraded") health_.degraded(in.at("why").as_string());
    if (state == "failing") health_.failing(in.at("why").as_string());
    call.text("reported");
  }
  void spans(mcph::Call call) {
    const mcph::Span outer = tracer_.begin(call, "outer");
    outer.attribute("note", "\"quoted\"");
    {
      const mcph::Span inner = outer.begin("inner");
      http_.send(call, "GET", "https://api.example.com/inner");
    }
    http_.send(call, "GET", "https://api.example.com/outer");
    call.text("done");
  }
  void post(mcph::Call call) {
    const mcph::Json in = mcph::Json::parse(call.arguments());
    const auto token = std::make_shared<Freed>(freed_);
    const auto id =
        work_.after(static_cast<std::uint64_t>(in.at("ms").as_int()), [this, token] { ++ran_; });
    if (in.find("cancel") == nullptr) return call.text("posted");
    call.text(work_.cancel(id) && !work_.cancel(id) ? "cancelled" : "too late");
  }
  void counters(mcph::Call call) {
    call.text("ran " + std::to_string(ran_) + " freed " + std::to_string(freed_));
  }

 private:
  struct Freed {
    explicit Freed(std::atomic<int>& c) : count(c) {}
    ~Freed() { ++count; }
    std::atomic<int>& count;
  };
  mcph::KvSpace space(mcph::Call call, const mcph::Json& in) const {
    return in.find("own") != nullptr ? kv_.of_plugin() : kv_.of_user(call);
  }

  const mcph_host* host_;
  mcph::Kv kv_;
  mcph::Secrets secrets_;
  mcph::Tracer tracer_;
  mcph::Work work_;
  mcph::Health health_;
  mcph::Http http_;
  const mcph_kv* kv_api_;
  mcph::Metric asked_, waited_;
  std::atomic<int> ran_{0}, freed_{0};
};

#define ANY R"({"type":"object"})"
MCPH_PLUGIN(Extended, "extended", "1.0.0", mcph::tool<&Extended::put>("put", "Puts.", ANY),
            mcph::tool<&Extended::get>("get", "Gets.", ANY),
            mcph::tool<&Extended::remove>("remove", "Removes.", ANY),
            mcph::tool<&Extended::list>("list", "Lists.", ANY),
            mcph::tool<&Extended::put_later>("put_later", "Puts later.", ANY),
            mcph::tool<&Extended::secret>("secret", "Tells a secret.", ANY),
            mcph::tool<&Extended::count>("count", "Counts.", ANY),
            mcph::tool<&Extended::late_metric>("late_metric", "Declares late.", ANY),
            mcph::tool<&Extended::report>("report", "Reports.", ANY),
            mcph::tool<&Extended::spans>("spans", "Traces.", ANY),
            mcph::tool<&Extended::post>("post", "Posts.", ANY),
            mcph::tool<&Extended::counters>("counters", "Tells.", ANY));
