#include "conformance.h"

namespace conformance {

void Plugin::static_text(mcph::Call call) {
  call.resource_text("text/plain", "This is the content of the static text resource.");
}

void Plugin::static_binary(mcph::Call call) {
  call.resource_blob("image/png", kPng);
}

void Plugin::watched(mcph::Call call) {
  call.resource_text("text/plain", "Watched resource content");
}

void Plugin::from_template(mcph::Call call) {
  const std::string id = mcph::Json::parse(call.arguments()).at("id").as_string();
  mcph::Json data = mcph::Json::object();
  data.set("id", id).set("templateTest", true).set("data", "Data for ID: " + id);
  call.resource_text("application/json", data.write());
}

}  // namespace conformance
