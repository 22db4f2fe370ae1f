// mcph/call.hpp - one request from a user, for plugin authors in C++. Part of mcph/plugin.hpp.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "mcph/abi.h"
#include "mcph/ext/call.h"
#include "mcph/json.hpp"

namespace mcph {

inline std::string_view view(mcph_str s) noexcept {
  return s.len != 0 ? std::string_view{s.ptr, s.len} : std::string_view{};
}
inline mcph_str str(std::string_view s) noexcept {
  return {s.data(), s.size()};
}

// Thrown by a handler to answer with an error the model can read.
struct Failure : std::exception {
  Failure(mcph_status why_, std::string text_) : why(why_), text(std::move(text_)) {}
  const char* what() const noexcept override { return text.c_str(); }
  mcph_status why;
  std::string text;
};

// A thin view: copy it freely, never keep it past the call.
class Call {
 public:
  explicit Call(const mcph_call* call, const mcph_host* host = nullptr) noexcept
      : call_(call), host_(host) {}

  std::string_view name() const noexcept { return view(call_->name); }
  std::string_view arguments() const noexcept { return view(call_->arguments); }  // JSON object
  std::string_view user() const noexcept { return view(call_->user); }            // JSON object
  std::string_view upstream_token() const noexcept { return view(call_->upstream_token); }
  std::string_view meta() const noexcept { return view(call_->meta); }
  std::uint64_t deadline_ns() const noexcept { return call_->deadline_ns; }
  bool cancelled() const noexcept { return call_->cancelled(call_) != 0; }

  void progress(double done, double total, std::string_view text = {}) const noexcept {
    call_->progress(call_, done, total, str(text));
  }
  // To the host's log, and to the client if it asked for that level. `fields_json`: an object.
  void log(std::int32_t level, std::string_view message,
           std::string_view fields_json = {}) const noexcept {
    call_->log(call_, level, str(message), str(fields_json));
  }

  // The answer. These throw Failure when the host does not take it.
  void text(std::string_view text) const { content(R"({"type":"text","text":)", text, "}"); }
  // JSON as a text that people can read too: indented.
  void json_text(std::string_view json) const {
    std::string block;
    block.reserve(json.size() * 2 + 64);
    block += R"({"type":"text","text":)";
    append_quoted_pretty(block, json);
    content(block += '}');
  }
  void content(std::string_view block_json) const { check(call_->content(call_, str(block_json))); }
  void structured(std::string_view json) const { check(call_->structured(call_, str(json))); }
  // Of a prompt. `role` is "user" or "assistant"; `block_json` a ContentBlock.
  void message(std::string_view role, std::string_view block_json) const {
    std::string json = R"({"role":)" + quoted(role) + R"(,"content":)";
    content(json.append(block_json) += '}');
  }
  void message_text(std::string_view role, std::string_view text) const {
    message(role, R"({"type":"text","text":)" + quoted(text) + '}');
  }
  // Of a resource. `base64`: bytes, encoded.
  void resource_text(std::string_view mime_type, std::string_view text) const {
    contents(mime_type, R"(,"text":)", text);
  }
  void resource_blob(std::string_view mime_type, std::string_view base64) const {
    contents(mime_type, R"(,"blob":)", base64);
  }

  // Asks, and ends this attempt: return after it. The handler is called again with input() and
  // state(). questions.hpp writes the requests.
  void need_input(std::string_view requests_json, std::string_view state = {}) const {
    check(call_->need_input(call_, str(requests_json), str(state)));
  }
  std::uint32_t attempt() const noexcept { return call_->attempt; }
  std::string_view input_responses() const noexcept { return view(call_->input_responses); }
  std::string_view state() const noexcept { return view(call_->state); }
  // The answer to the request of that key; null when there is none. It comes from the client.
  Json input(std::string_view key) const {
    if (input_responses().empty()) return {};
    const Json answers = Json::parse(input_responses());
    const Json* answer = answers.find(key);
    return answer != nullptr ? *answer : Json();
  }
  // What the user filled in, if the request of that key was an elicitation and was accepted.
  Json accepted(std::string_view key) const {
    const Json answer = input(key);
    const Json *action = answer.find("action"), *content = answer.find("content");
    const bool yes = action != nullptr && action->is_string() && action->as_string() == "accept";
    return yes && content != nullptr && content->is_object() ? *content : Json();
  }

  // From here on the client polls for the answer. False: it cannot, so be quick. Of a tool that
  // says MCPH_MAY_BE_TASK; blocks.
  bool become_task() const noexcept {
    const mcph_call_extension* api = extension();
    return api != nullptr && api->become_task(call_) == MCPH_OK;
  }
  // The client's connection may be closed until the answer is there.
  void release_stream() const noexcept {
    if (const mcph_call_extension* api = extension()) api->release_stream(call_);
  }

  void complete() const noexcept { call_->complete(call_); }  // of a PENDING call
  const mcph_call* raw() const noexcept { return call_; }

 private:
  static void check(mcph_status status) {
    if (status < 0) throw Failure(status, "The host refused the answer.");
  }
  void content(std::string_view before, std::string_view text, std::string_view after) const {
    std::string json;
    json.reserve(before.size() + text.size() + text.size() / 4 + 16);
    json += before;
    append_quoted(json, text);
    content(json += after);
  }
  void contents(std::string_view mime_type, std::string_view member, std::string_view text) const {
    std::string before = R"({"uri":)" + quoted(name()) + R"(,"mimeType":)" + quoted(mime_type);
    content(before.append(member), text, "}");
  }
  const mcph_call_extension* extension() const noexcept {
    return host_ == nullptr
               ? nullptr
               : static_cast<const mcph_call_extension*>(host_->extension(host_, MCPH_EXT_CALL));
  }

  const mcph_call* call_;
  const mcph_host* host_;
};

// Runs the body of a handler; no exception leaves. For the end of a PENDING call, too.
template <class Body>
mcph_status guarded(const mcph_call* call, Body&& body) noexcept {
  try {
    if constexpr (std::is_void_v<decltype(body())>) {
      body();
      return MCPH_OK;
    } else {
      return body();
    }
  } catch (const Failure& failure) {
    call->fail(call, failure.why, str(failure.text), {});
    return failure.why;
  } catch (const std::exception& error) {
    // what() was written for developers: it goes to the log, not to the model.
    std::string detail;
    try {
      detail = quoted(error.what());
    } catch (...) {
      detail.clear();
    }
    call->fail(call, MCPH_E_INTERNAL, str("The tool failed."), str(detail));
  } catch (...) {
    call->fail(call, MCPH_E_INTERNAL, str("The tool failed."), {});
  }
  return MCPH_E_INTERNAL;
}

}  // namespace mcph
