// The configuration of one API: kConfigSchema says what may stand in it, README.md what it means.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reading.h"

namespace openapi {

extern const char kConfigSchema[];

struct Choice {
  std::vector<std::string> operations, tags, methods;
};

// What the operator says differently from the document.
struct Change {
  std::string tool, title, description;
  std::optional<std::string> scope;              // of the tool, instead of the document's
  std::map<std::string, std::string> arguments;  // new name -> the one it would have
  std::optional<bool> read_only, destructive, idempotent;
  bool output_schema = false;
  std::string pick;                 // a JSON pointer into the answer
  std::vector<std::string> fields;  // members to keep of what was picked, or of each item of it
};

struct Settings {
  std::string document;  // a file
  std::string base_url;  // without a slash at its end
  std::string tool_prefix;
  Choice include, exclude;
  std::map<std::string, Change> operations;  // by id
  bool scopes = true;                        // tools need the scopes of the document
  std::size_t answer_bytes_max = 0;
};

// `json` is valid against kConfigSchema. Without any setting `document` stays empty.
Settings read_settings(std::string_view json);

}  // namespace openapi
