#include "settings.h"

#include "limits.h"

namespace openapi {

const char kConfigSchema[] = R"({
  "type": "object",
  "properties": {
    "document": {"type": "string", "minLength": 1},
    "base_url": {"type": "string", "pattern": "^https?://[^/?#@ ]+(/[^?# ]*)?$"},
    "tool_prefix": {"type": "string", "pattern": "^[A-Za-z0-9_.-]*$", "maxLength": 64},
    "include": {"$ref": "#/$defs/choice"},
    "exclude": {"$ref": "#/$defs/choice"},
    "operations": {"type": "object", "additionalProperties": {"$ref": "#/$defs/change"}},
    "scopes": {"enum": ["document", "none"]},
    "answer_bytes_max": {"type": "integer", "minimum": 1024, "maximum": 1048576}
  },
  "if": {"minProperties": 1},
  "then": {"required": ["document", "base_url"]},
  "additionalProperties": false,
  "$defs": {
    "names": {"type": "array", "items": {"type": "string"}},
    "choice": {
      "type": "object",
      "properties": {
        "operations": {"$ref": "#/$defs/names"},
        "tags": {"$ref": "#/$defs/names"},
        "methods": {"type": "array", "items": {"enum": ["GET", "POST", "PUT", "PATCH", "DELETE"]}}
      },
      "additionalProperties": false
    },
    "change": {
      "type": "object",
      "properties": {
        "tool": {"type": "string", "pattern": "^[A-Za-z0-9_.-]{1,128}$"},
        "title": {"type": "string", "maxLength": 128},
        "description": {"type": "string", "maxLength": 4096},
        "scope": {"type": "string"},
        "arguments": {"type": "object", "additionalProperties": {"type": "string"},
                      "propertyNames": {"pattern": "^[A-Za-z0-9_.-]{1,64}$"}},
        "read_only": {"type": "boolean"},
        "destructive": {"type": "boolean"},
        "idempotent": {"type": "boolean"},
        "output_schema": {"type": "boolean"},
        "pick": {"type": "string", "pattern": "^(/.*)?$"},
        "fields": {"$ref": "#/$defs/names"}
      },
      "additionalProperties": false
    }
  }
})";

namespace {

std::vector<std::string> read_names(const Json& settings, std::string_view name) {
  std::vector<std::string> names;
  if (const Json* list = find_array(settings, name)) {
    for (const Json& item : list->items()) names.push_back(item.as_string());
  }
  return names;
}

Choice read_choice(const Json& settings, std::string_view name) {
  const Json* choice = find_object(settings, name);
  if (choice == nullptr) return {};
  return {read_names(*choice, "operations"), read_names(*choice, "tags"),
          read_names(*choice, "methods")};
}

std::optional<bool> read_flag(const Json& settings, std::string_view name) {
  const Json* flag = settings.find(name);
  return flag != nullptr ? std::optional(flag->as_bool()) : std::nullopt;
}

Change read_change(const Json& settings) {
  Change change;
  change.tool = find_text(settings, "tool").value_or("");
  change.title = find_text(settings, "title").value_or("");
  change.description = find_text(settings, "description").value_or("");
  change.scope = find_text(settings, "scope");
  if (const Json* arguments = find_object(settings, "arguments")) {
    for (const std::string& name : arguments->names()) {
      change.arguments[name] = arguments->find(name)->as_string();
    }
  }
  change.read_only = read_flag(settings, "read_only");
  change.destructive = read_flag(settings, "destructive");
  change.idempotent = read_flag(settings, "idempotent");
  change.output_schema = find_flag(settings, "output_schema", false);
  change.pick = find_text(settings, "pick").value_or("");
  change.fields = read_names(settings, "fields");
  return change;
}

}  // namespace

Settings read_settings(std::string_view json) {
  const Json parsed = Json::parse(json);
  Settings settings;
  if (parsed.names().empty()) return settings;
  settings.document = parsed.at("document").as_string();
  settings.base_url = parsed.at("base_url").as_string();
  while (settings.base_url.ends_with('/')) settings.base_url.pop_back();
  settings.tool_prefix = find_text(parsed, "tool_prefix").value_or("");
  settings.include = read_choice(parsed, "include");
  settings.exclude = read_choice(parsed, "exclude");
  if (const Json* operations = find_object(parsed, "operations")) {
    for (const std::string& id : operations->names()) {
      settings.operations[id] = read_change(*operations->find(id));
    }
  }
  settings.scopes = find_text(parsed, "scopes").value_or("document") == "document";
  const Json* bytes = parsed.find("answer_bytes_max");
  settings.answer_bytes_max =
      bytes != nullptr ? static_cast<std::size_t>(bytes->as_int()) : kAnswerBytes;
  return settings;
}

}  // namespace openapi
