// mcph/offer.hpp - what a plugin offers, as constants: tools, resources, prompts. Part of
// mcph/plugin.hpp.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>

#include "mcph/call.hpp"

namespace mcph {

// A tool, resource or prompt with its optional parts:
//   tool<&Todo::add>(...).with_title("Add").with_scope("todo:write")
template <class Raw>
struct Offer : Raw {
  constexpr Offer with_title(const char* text) const {
    Offer copy = *this;
    copy.title = text;
    return copy;
  }
  constexpr Offer with_scope(const char* scopes) const {
    Offer copy = *this;
    copy.scope = scopes;
    return copy;
  }
  // Further members of the definition: icons, _meta, annotations of a resource ...
  constexpr Offer with_extra(const char* json_object) const {
    Offer copy = *this;
    copy.extra_json = json_object;
    return copy;
  }
  constexpr Offer with_output_schema(
      const char* schema) const requires std::same_as<Raw, mcph_tool> {
    Offer copy = *this;
    copy.output_schema = schema;
    return copy;
  }
};
using Tool = Offer<mcph_tool>;
using Resource = Offer<mcph_resource>;
using Prompt = Offer<mcph_prompt>;

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

// What a `self` of this wrapper points to.
template <class T>
struct Held {
  const mcph_host* host;
  T plugin;
};

template <auto Method>
mcph_status handle(void* self, const mcph_call* call) noexcept {
  auto* held = static_cast<Held<typename member<decltype(Method)>::type>*>(self);
  return guarded(call, [&] { return (held->plugin.*Method)(Call{call, held->host}); });
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
  t.call = detail::handle<Method>;
  return t;
}

// `uri` may be a template: "notes://{id}" reads one segment, "files:///{+path}" the rest. The
// method finds the URI in call.name() and the variables in call.arguments().
template <auto Method>
constexpr Resource resource(const char* uri, const char* name, const char* description,
                            const char* mime_type, std::uint32_t flags = 0) {
  Resource r{};
  r.size = sizeof(mcph_resource);
  r.flags = flags;
  r.uri = uri;
  r.name = name;
  r.description = description;
  r.mime_type = mime_type;
  r.read = detail::handle<Method>;
  return r;
}

// `arguments_json`: [{"name","description","required"}], or nullptr for none.
template <auto Method>
constexpr Prompt prompt(const char* name, const char* description,
                        const char* arguments_json = nullptr, std::uint32_t flags = 0) {
  Prompt p{};
  p.size = sizeof(mcph_prompt);
  p.flags = flags;
  p.name = name;
  p.description = description;
  p.arguments_json = arguments_json;
  p.get = detail::handle<Method>;
  return p;
}

namespace detail {

// The offers of one kind, in the order they were written, and pointers to them.
template <class Raw, class... Offers>
constexpr auto select(const Offers&... offers) {
  constexpr std::size_t count = (std::size_t{std::derived_from<Offers, Raw>} + ... + 0);
  std::array<Raw, count> out{};
  [[maybe_unused]] std::size_t at = 0;
  [[maybe_unused]] const auto take = [&](const auto& offer) {
    if constexpr (std::convertible_to<decltype(offer), const Raw&>) out[at++] = offer;
  };
  (take(offers), ...);
  return out;
}
template <class Raw, std::size_t N>
constexpr std::array<const Raw*, N> point_at(const std::array<Raw, N>& offers) {
  std::array<const Raw*, N> pointers{};
  for (std::size_t i = 0; i < N; ++i) pointers[i] = &offers[i];
  return pointers;
}

}  // namespace detail
}  // namespace mcph
