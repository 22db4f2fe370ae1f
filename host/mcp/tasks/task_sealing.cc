#include "mcp/tasks/task_sealing.h"

#include "base/encoding.h"
#include "base/json.h"

namespace mcph::mcp {
namespace {

// Each part with its length, so that no two different rows read the same.
std::string make_aad(const StoredTask& stored) {
  std::string aad;
  for (const std::string_view part :
       {std::string_view(stored.id), std::string_view(stored.principal.str()),
        std::string_view(stored.client.str()), to_string(stored.status)}) {
    aad += std::to_string(part.size());
    aad += ':';
    aad += part;
  }
  aad += std::to_string(stored.version);
  return aad;
}

StoredTask make_row(const Task& task) {
  return {.id = task.id,
          .principal = task.principal,
          .client = task.client,
          .status = task.status,
          .created_at = task.created_at,
          .updated_at = task.updated_at,
          .expires_at = task.expires_at,
          .version = task.version};
}

json::array make_list(const std::vector<std::string>& texts) {
  json::array list;
  for (const std::string& text : texts) list.emplace_back(text);
  return list;
}

json::array make_questions(const std::vector<TaskQuestion>& questions) {
  json::array list;
  for (const TaskQuestion& question : questions) {
    list.push_back(json::array{question.key, question.asked_as, question.request, question.answer});
  }
  return list;
}

// JSON inside is kept as text: it must come out as it went in, to the last digit.
std::string make_document(const Task& task) {
  json::object document;
  const auto put = [&](std::string_view name, const std::string& text) {
    if (!text.empty()) document[name] = text;
  };
  put("message", task.message);
  put("result", task.result);
  put("error", task.error);
  put("tool", task.tool);
  put("arguments", task.arguments);
  put("meta", task.meta);
  put("state", to_base64url(task.state));
  document["scopes"] = make_list(task.scopes);
  document["capabilities"] = task.capabilities;
  document["attempt"] = task.attempt;
  document["questions"] = make_questions(task.questions);
  document["used_keys"] = make_list(task.used_keys);
  return to_json(document);
}

std::string get_text(const json::object& document, std::string_view name) {
  return std::string(find_string(document, name).value_or(std::string_view{}));
}

std::vector<std::string> get_list(const json::value& value) {
  std::vector<std::string> texts;
  for (const json::value& text : value.as_array()) texts.emplace_back(view(text.as_string()));
  return texts;
}

// Throws on what make_document() would not have written.
void read_document(const json::object& document, Task& task) {
  task.message = get_text(document, "message");
  task.result = get_text(document, "result");
  task.error = get_text(document, "error");
  task.tool = get_text(document, "tool");
  task.arguments = get_text(document, "arguments");
  task.meta = get_text(document, "meta");
  task.state = from_base64url(get_text(document, "state")).value();
  task.scopes = get_list(document.at("scopes"));
  task.capabilities = document.at("capabilities").to_number<std::uint16_t>();
  task.attempt = document.at("attempt").to_number<std::uint32_t>();
  for (const json::value& question : document.at("questions").as_array()) {
    const std::vector<std::string> parts = get_list(question);
    task.questions.push_back({parts.at(0), parts.at(1), parts.at(2), parts.at(3)});
  }
  task.used_keys = get_list(document.at("used_keys"));
}

}  // namespace

StoredTask TaskSealing::seal(const Task& task) const {
  StoredTask stored = make_row(task);
  stored.sealed = sealer_.seal(make_document(task), make_aad(stored));
  return stored;
}

std::optional<Task> TaskSealing::open(const StoredTask& stored) const {
  const std::optional<Secret> opened = sealer_.open(stored.sealed, make_aad(stored));
  if (!opened.has_value()) return std::nullopt;
  const Result<json::value> document = parse_json(opened->reveal());
  if (!document.ok()) return std::nullopt;
  Task task{.id = stored.id,
            .principal = stored.principal,
            .client = stored.client,
            .status = stored.status,
            .created_at = stored.created_at,
            .updated_at = stored.updated_at,
            .expires_at = stored.expires_at,
            .version = stored.version};
  try {
    read_document(document->as_object(), task);
  } catch (const std::exception&) {  // of another version of this host
    return std::nullopt;
  }
  return task;
}

}  // namespace mcph::mcp
