// What a plugin says of itself, checked and copied, so that nothing behind the loader touches the
// plugin's own memory again (but for calling it). Immutable.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "mcp/uri_template.h"
#include "mcph/abi.h"
#include "mcph/ext/offer.h"
#include "schema/schema.h"

namespace mcph::plugins {

// A function of the plugin, and what has to hold before it is called.
struct Handler {
  std::string name;  // of the tool or prompt; the resource's URI; "complete"
  std::uint32_t flags = 0;
  std::vector<std::string> scopes;
  mcph_handler function = nullptr;
  std::size_t slot = 0;  // its number among the handlers of the plugin

  // One of these flags at least.
  bool has(std::uint32_t any) const noexcept { return (flags & any) != 0; }
};

struct ToolDescriptor : Handler {
  std::string title, description;
  std::string input_text;   // the schemas as one line of JSON
  std::string output_text;  // or empty
  std::string extra;        // further members of the definition: "a":1,"b":2 or empty
  schema::Schema input;
  std::optional<schema::Schema> output;
};

struct ResourceDescriptor : Handler {
  std::string label, title, description, mime_type;
  std::string extra;
  std::optional<mcp::UriTemplate> uri_template;  // nothing: the URI of one resource
};

struct PromptArgument {
  std::string name;
  bool required = false;
};
struct PromptDescriptor : Handler {
  std::string title, description;
  std::string arguments_text;  // as one line of JSON, or empty
  std::string extra;
  std::vector<PromptArgument> arguments;

  bool has_argument(std::string_view name) const noexcept;
};

struct Descriptor {
  std::string name;  // its own; the loader puts the file's in its place
  std::string version, description;
  std::optional<schema::Schema> config;
  std::vector<ToolDescriptor> tools;
  std::vector<ResourceDescriptor> resources;  // templates among them
  std::vector<PromptDescriptor> prompts;
  std::optional<Handler> complete;
  std::map<std::string, std::string> scope_words;  // scope -> what users read of it
  std::size_t handler_count = 0;
  const mcph_plugin* plugin = nullptr;  // start, stop, cancel
};

// 1 to 64 of a-z 0-9 _ -
bool is_plugin_name(std::string_view name);

// kInvalid with one line, naming the rule, for a plugin that breaks the contract.
Result<Descriptor> read_descriptor(const mcph_plugin* plugin);

// What it offers with its configuration (ext/offer.h), checked and copied.
struct Offered {
  std::vector<ToolDescriptor> tools;
  std::map<std::string, std::string> scope_words;
};
Result<Offered> read_offer(const Descriptor& described, const mcph_offer& offer);
void add_offer(Descriptor& described, Offered offered);

}  // namespace mcph::plugins
