// What a plugin says of itself, checked and copied, so that nothing behind the loader touches the
// plugin's own memory again (but for calling it). Immutable.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "mcph/abi.h"
#include "schema/schema.h"

namespace mcph::plugins {

struct ToolDescriptor {
  std::string name, title, description;
  std::uint32_t flags = 0;
  std::string input_text;   // the schemas as one line of JSON
  std::string output_text;  // or empty
  schema::Schema input;
  std::optional<schema::Schema> output;
  std::vector<std::string> scopes;
  mcph_handler handler = nullptr;

  bool has(std::uint32_t flag) const noexcept { return (flags & flag) != 0; }
};

struct Descriptor {
  std::string name, version, description;
  std::optional<schema::Schema> config;
  std::vector<ToolDescriptor> tools;
  const mcph_plugin* plugin = nullptr;  // start, stop, cancel
};

// kInvalid with one line, naming the rule, for a plugin that breaks the contract.
Result<Descriptor> read_descriptor(const mcph_plugin* plugin);

}  // namespace mcph::plugins
