// An API as tools, by its OpenAPI document and the operator's choice.
#include "mcph/plugin.hpp"

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "answer.h"
#include "limits.h"
#include "mcph/offers.hpp"
#include "operation.h"
#include "request.h"
#include "sender.h"

namespace openapi {
namespace {

Document read_document(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Refusal("cannot open the document " + file);
  std::string text;
  // A file may grow while it is read, and a device has no end.
  for (char piece[64 * 1024]; text.size() <= kDocumentBytesMax;) {
    in.read(piece, sizeof piece);
    text.append(piece, static_cast<std::size_t>(in.gcount()));
    if (!in) break;
  }
  return Document::parse(text);
}

}  // namespace

class Api {
 public:
  static constexpr const char* kDescription = "The operations of an API, by its OpenAPI document.";
  static constexpr const char* kConfigSchema = openapi::kConfigSchema;

  Api(const mcph_host* host, std::string_view config)
      : settings_(read_settings(config)), sender_(host, settings_.answer_bytes_max) {
    if (settings_.document.empty()) {
      // The file lies in the host's folder, and nobody has use for it under this name.
      host->log(host, MCPH_LOG_INFO, mcph::str("not configured: offers nothing"), {});
      return;
    }
    const Document document = read_document(settings_.document);
    for (const FoundOperation& found : choose_operations(find_operations(document), settings_)) {
      add(host, document, found);
    }
    if (operations_.empty()) throw Refusal("none of the chosen operations can be a tool");
    offer(host);
  }

  void call(mcph::Call call) {
    const Operation& operation = operations_.at(std::string(call.name()));
    const Json arguments = Json::parse(call.arguments());
    const Request request = make_request(operation, settings_.base_url, arguments);
    const Answer answer = make_answer(sender_.send(call, request), operation.change);
    if (answer.json.empty()) return call.text(answer.text);
    call.structured(answer.json);  // the host shows it as text, too
  }

 private:
  // Who names an operation wants it; who names a tag wants what can be had.
  void add(const mcph_host* host, const Document& document, const FoundOperation& found) {
    try {
      Operation operation = read_operation(document, found, settings_);
      const std::string tool = operation.tool;
      if (!operations_.emplace(tool, std::move(operation)).second) {
        throw Refusal("another one is called " + tool);
      }
    } catch (const Refusal& refusal) {
      const std::string why = "operation " + found.id + ": " + refusal.what();
      if (found.named) throw Refusal(why);
      host->log(host, MCPH_LOG_WARN, mcph::str("left out: " + why), {});
    }
  }

  void offer(const mcph_host* host) const {
    std::vector<mcph::Tool> tools;
    Json words = Json::object();
    for (const auto& [name, operation] : operations_) {
      mcph::Tool tool = mcph::tool<&Api::call>(name.c_str(), operation.description.c_str(),
                                               operation.input_schema.c_str(), operation.flags);
      if (!operation.title.empty()) tool.title = operation.title.c_str();
      if (!operation.scope.empty()) tool.scope = operation.scope.c_str();
      if (!operation.output_schema.empty()) tool.output_schema = operation.output_schema.c_str();
      tools.push_back(tool);
      for (const auto& [scope, text] : operation.scope_words) words.set(scope, text);
    }
    mcph::offer_tools(host, tools, words.write().c_str());
  }

  const Settings settings_;
  const Sender sender_;
  std::map<std::string, Operation> operations_;  // by tool
};

}  // namespace openapi

MCPH_PLUGIN(openapi::Api, "openapi", "1.0.0");
