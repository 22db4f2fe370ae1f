// Compile a schema and check a value, both written as JSON text.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "schema/schema.h"

namespace mcph::schema {

// "valid", or the complaint.
inline std::string check(std::string_view schema, std::string_view value) {
  auto compiled = Schema::parse(schema);
  if (!compiled.ok()) return "schema refused: " + compiled.error().message;
  auto parsed = parse_json(value);
  if (!parsed.ok()) return "value refused: " + parsed.error().message;
  return compiled->check(*parsed).value_or("valid");
}

inline bool accepts(std::string_view schema, std::string_view value) {
  const std::string answer = check(schema, value);
  EXPECT_FALSE(answer.find("refused:") != answer.npos) << answer;
  return answer == "valid";
}

}  // namespace mcph::schema
