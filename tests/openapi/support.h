// Documents and operations in as few words as a test needs.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "openapi/operation.h"

namespace openapi {

inline constexpr const char* kSettings = R"({"document":"x","base_url":"https://api.example/v1"})";

// A document with these paths, and components.
inline Document make_document(const std::string& paths, const std::string& components = "{}",
                              const std::string& version = "3.0.3") {
  return Document::parse(R"({"openapi":")" + version + R"(","info":{"title":"t","version":"1"},)" +
                         R"("paths":)" + paths + R"(,"components":)" + components + "}");
}

// Settings with these members beside document and base_url.
inline Settings make_settings(const std::string& members = "") {
  return read_settings(R"({"document":"x","base_url":"https://api.example/v1/")" +
                       (members.empty() ? "" : "," + members) + "}");
}

// What Refusal says; empty when nothing was thrown.
template <class Work>
std::string refusal_of(Work work) {
  try {
    work();
    return "";
  } catch (const Refusal& refusal) {
    return refusal.what();
  }
}

// The one operation "op" of a document: GET /op with these members, or another path and method.
inline Operation read_one(const std::string& members, const std::string& path = "/op",
                          const std::string& method = "get", const std::string& settings = "",
                          const std::string& components = "{}",
                          const std::string& version = "3.0.3") {
  const Document document =
      make_document("{\"" + path + "\":{\"" + method + R"(":{"operationId":"op")" +
                        (members.empty() ? "" : "," + members) + "}}}",
                    components, version);
  return read_operation(document, find_operations(document).at(0), make_settings(settings));
}

}  // namespace openapi
