// mcph/plugin.hpp - write a plugin in C++20. Header-only: everything here is compiled into the
// plugin, so nothing of C++ crosses the boundary. Exceptions stop in guarded(), and nowhere else.
//
// A plugin is a class with a constructor `(const mcph_host*, std::string_view config_json)`. Its
// tools, resources and prompts are member functions `void name(mcph::Call)`, called by many threads
// at once; one that returns mcph_status instead may return MCPH_PENDING. Optional members:
//   static constexpr const char* kDescription, kConfigSchema;
//   static constexpr const char* kScopes;  // {"todo:read": "See your to-do list"}: ext/scopes.h
//   void complete(mcph::Call);          // completes arguments: see completion.hpp
//   static constexpr std::uint32_t kCompleteFlags;
//   void cancel(mcph::Call) noexcept;   // wake the call up; it may just have ended
#pragma once

#include <string_view>

#include "mcph/ext/complete.h"
#include "mcph/ext/scopes.h"
#include "mcph/offer.hpp"

namespace mcph::detail {

template <class T>
mcph_status start(const mcph_host* host, mcph_str config, void** self) noexcept {
  try {
    *self = new Held<T>{host, T(host, view(config))};
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
  delete static_cast<Held<T>*>(self);
}

template <class T>
constexpr std::uint32_t complete_flags() {
  if constexpr (requires { T::kCompleteFlags; }) return T::kCompleteFlags;
  return 0;
}

template <class T>
const void* extension(const char* id) noexcept {
  if constexpr (requires { &T::complete; }) {
    static constexpr mcph_complete complete{sizeof(mcph_complete), complete_flags<T>(),
                                            handle<&T::complete>};
    if (std::string_view(id) == MCPH_EXT_COMPLETE) return &complete;
  }
  if constexpr (requires { T::kScopes; }) {
    static constexpr mcph_scopes scopes{sizeof(mcph_scopes), 0, T::kScopes};
    if (std::string_view(id) == MCPH_EXT_SCOPES) return &scopes;
  }
  return nullptr;
}

template <class T>
constexpr mcph_plugin describe(const char* name, const char* version) {
  mcph_plugin p{};
  p.size = sizeof p;
  p.abi_minor = MCPH_ABI_MINOR;
  p.name = name;
  p.version = version;
  p.start = start<T>;
  p.stop = stop<T>;
  if constexpr (requires { T::kDescription; }) p.description = T::kDescription;
  if constexpr (requires { T::kConfigSchema; }) p.config_schema = T::kConfigSchema;
  p.extension = extension<T>;
  if constexpr (requires(T & self, Call call) { self.cancel(call); }) {
    p.cancel = [](void* self, const mcph_call* call) noexcept {
      auto* held = static_cast<Held<T>*>(self);
      held->plugin.cancel(Call{call, held->host});
    };
  }
  return p;
}

template <class Tools, class Resources, class Prompts>
constexpr mcph_plugin with_offers(mcph_plugin p, const Tools& tools, const Resources& resources,
                                  const Prompts& prompts) {
  p.tools = tools.data();
  p.tool_count = static_cast<std::uint32_t>(tools.size());
  p.resources = resources.data();
  p.resource_count = static_cast<std::uint32_t>(resources.size());
  p.prompts = prompts.data();
  p.prompt_count = static_cast<std::uint32_t>(prompts.size());
  return p;
}

}  // namespace mcph::detail

// MCPH_PLUGIN(Class, "name", "version", tool, resource, prompt, ...): at the end of one file.
#define MCPH_PLUGIN(Class, Name, Version, ...)                                   \
  namespace mcph_offers {                                                        \
  constexpr auto tools = ::mcph::detail::select<mcph_tool>(__VA_ARGS__);         \
  constexpr auto resources = ::mcph::detail::select<mcph_resource>(__VA_ARGS__); \
  constexpr auto prompts = ::mcph::detail::select<mcph_prompt>(__VA_ARGS__);     \
  constexpr auto tool_list = ::mcph::detail::point_at(tools);                    \
  constexpr auto resource_list = ::mcph::detail::point_at(resources);            \
  constexpr auto prompt_list = ::mcph::detail::point_at(prompts);                \
  }                                                                              \
  extern "C" MCPH_EXPORT const mcph_plugin* mcph_plugin_v1() noexcept {          \
    static constexpr mcph_plugin plugin = ::mcph::detail::with_offers(           \
        ::mcph::detail::describe<Class>(Name, Version), mcph_offers::tool_list,  \
        mcph_offers::resource_list, mcph_offers::prompt_list);                   \
    return &plugin;                                                              \
  }                                                                              \
  static_assert(true, "the macro wants a semicolon")
