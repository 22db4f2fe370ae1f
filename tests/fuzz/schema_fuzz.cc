// A schema and a value, one a line: compiling and checking end, within their limits, and the
// complaint can be shown.
#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "base/encoding.h"
#include "schema/schema.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace mcph;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const std::size_t end = std::min(text.find('\n'), text.size());
  const auto schema = schema::Schema::parse(text.substr(0, end));
  if (!schema.ok()) {
    ASSERT(!schema.error().message.empty());
    return 0;
  }
  const auto value = parse_json(text.substr(std::min(end + 1, text.size())));
  if (!value.ok()) return 0;
  const auto complaint = schema->check(*value);
  ASSERT(!complaint || is_utf8(*complaint));
  ASSERT(schema->check(*value).has_value() == complaint.has_value());
  return 0;
}
