// mcph/plugin.hpp - write a plugin in C++20. Header-only: everything here is compiled into the
// plugin, so nothing of C++ crosses the boundary. Exceptions stop in guarded(), and nowhere else.
//
// A plugin is a class with a constructor `(const mcph_host*, std::string_view config_json)`. Its
// tools are member functions `void name(mcph::Call)`, called by many threads at once; one that
// returns mcph_status instead may return MCPH_PENDING. Optional members:
//   static constexpr const char* kDescription, kConfigSchema;
//   void cancel(mcph::Call) noexcept;   // wake the call up; it may just have ended
#pragma once

#include <array>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "mcph/abi.h"
#include "mcph/json_text.hpp"

namespace mcph {

inline std::string_view view(mcph_str s) noexcept {
  return s.len != 0 ? std::string_view{s.ptr, s.len} : std::string_view{};
}
inline mcph_str str(std::string_view s) noexcept {
  return {s.data(), s.size()};
}

// Thrown by a tool to answer with an error the model can read.
struct Failure : std::exception {
  Failure(mcph_status why_, std::string text_) : why(why_), text(std::move(text_)) {}
  const char* what() const noexcept override { return text.c_str(); }
  mcph_status why;
  std::string text;
};

// One request from a user. A thin view: copy it freely, never keep it past the call.
class Call {
 public:
  explicit Call(const mcph_call* call) noexcept : call_(call) {}

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
  void log(std::int32_t level, std::string_view message) const noexcept {
    call_->log(call_, level, str(message), {});
  }
  // These throw Failure when the host does not take the answer.
  void text(std::string_view text) const {
    std::string block;
    block.reserve(text.size() + text.size() / 4 + 32);
    block += R"({"type":"text","text":)";
    append_quoted(block, text);
    block += '}';
    content(block);
  }
  // JSON as a text that people can read too: indented.
  void json_text(std::string_view json) const {
    std::string block;
    block.reserve(json.size() * 2 + 64);
    block += R"({"type":"text","text":)";
    append_quoted_pretty(block, json);
    block += '}';
    content(block);
  }
  void content(std::string_view block_json) const { check(call_->content(call_, str(block_json))); }
  void structured(std::string_view json) const { check(call_->structured(call_, str(json))); }
  void complete() const noexcept { call_->complete(call_); }  // of a PENDING call

  const mcph_call* raw() const noexcept { return call_; }

 private:
  static void check(mcph_status status) {
    if (status < 0) throw Failure(status, "The host refused the answer.");
  }
  const mcph_call* call_;
};

// Runs the body of a tool; no exception leaves. For the end of a PENDING call, too.
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

// A tool with its optional parts: tool<&Todo::add>(...).with_title("Add").with_scope("todo:write")
struct Tool : mcph_tool {
  constexpr Tool with_title(const char* text) const {
    Tool copy = *this;
    copy.title = text;
    return copy;
  }
  constexpr Tool with_output_schema(const char* schema) const {
    Tool copy = *this;
    copy.output_schema = schema;
    return copy;
  }
  constexpr Tool with_scope(const char* scopes) const {
    Tool copy = *this;
    copy.scope = scopes;
    return copy;
  }
};

namespace detail {

template <class>
struct member;
template <class T, class R>
struct member<R (T::*)(Call)> {
  using type = T;
};
template <class T, class R>
struct member<R (T::*)(Call) const> {
  using type = T;
};

template <class T>
mcph_status start(const mcph_host* host, mcph_str config, void** self) noexcept {
  try {
    *self = new T(host, view(config));
    return MCPH_OK;
  } catch (const std::exception& error) {
    host->log(host, MCPH_LOG_ERROR, str(error.what()), {});
  } catch (...) {
    host->log(host, MCPH_LOG_ERROR, str("start failed"), {});
  }
  return MCPH_E_INTERNAL;
}

template <class T>
void stop(void* self) noexcept {
  delete static_cast<T*>(self);
}

template <class T, std::size_t N>
constexpr mcph_plugin describe(const char* name, const char* version,
                               const std::array<const mcph_tool*, N>& tools) {
  mcph_plugin p{};
  p.size = sizeof p;
  p.abi_minor = MCPH_ABI_MINOR;
  p.name = name;
  p.version = version;
  p.tools = tools.data();
  p.tool_count = static_cast<std::uint32_t>(N);
  p.start = start<T>;
  p.stop = stop<T>;
  if constexpr (requires { T::kDescription; }) p.description = T::kDescription;
  if constexpr (requires { T::kConfigSchema; }) p.config_schema = T::kConfigSchema;
  if constexpr (requires(T & self, Call call) { self.cancel(call); }) {
    p.cancel = [](void* self, const mcph_call* call) noexcept {
      static_cast<T*>(self)->cancel(Call{call});
    };
  }
  return p;
}

}  // namespace detail

template <auto Method>
constexpr Tool tool(const char* name, const char* description, const char* input_schema,
                    std::uint32_t flags = 0) {
  Tool t{};
  t.size = sizeof(mcph_tool);
  t.flags = flags;
  t.name = name;
  t.description = description;
  t.input_schema = input_schema;
  t.call = [](void* self, const mcph_call* call) noexcept -> mcph_status {
    using T = typename detail::member<decltype(Method)>::type;
    return guarded(call, [&] { return (static_cast<T*>(self)->*Method)(Call{call}); });
  };
  return t;
}

}  // namespace mcph

// MCPH_PLUGIN(Class, "name", "version", tool, tool, ...): at the end of exactly one file.
#define MCPH_PLUGIN(Class, Name, Version, ...)                                       \
  static constexpr auto mcph_tools_ = std::to_array<mcph_tool>({__VA_ARGS__});       \
  static constexpr auto mcph_tool_pointers_ = [] {                                   \
    std::array<const mcph_tool*, mcph_tools_.size()> pointers{};                     \
    for (std::size_t i = 0; i < pointers.size(); ++i) pointers[i] = &mcph_tools_[i]; \
    return pointers;                                                                 \
  }();                                                                               \
  extern "C" MCPH_EXPORT const mcph_plugin* mcph_plugin_v1() noexcept {              \
    static constexpr mcph_plugin plugin =                                            \
        mcph::detail::describe<Class>(Name, Version, mcph_tool_pointers_);           \
    return &plugin;                                                                  \
  }                                                                                  \
  static_assert(true, "the macro wants a semicolon")
