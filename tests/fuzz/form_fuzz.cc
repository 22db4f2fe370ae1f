// Form bodies and queries: what is read comes back the same when it is written and read again.
#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "base/encoding.h"
#include "oauth/parameters.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace mcph;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (const auto fields = parse_form(text)) {
    ASSERT(parse_form(to_form(*fields)) == *fields);
  }
  const auto parameters = oauth::Parameters::parse(text);
  if (!parameters) return 0;
  ASSERT(is_utf8(parameters->to_text()));
  const auto again = oauth::Parameters::parse(parameters->to_text());
  ASSERT(again);
  for (const char* name : {"client_id", "redirect_uri", "state", "resource", "scope", ""}) {
    const auto value = parameters->find(name);
    ASSERT(again->find(name) == value);
    ASSERT(!value || !value->empty());
    // An empty one counts as one more, though it is not found.
    ASSERT(parameters->find_all(name).size() < 2 || parameters->is_repeated(name));
    ASSERT(!parameters->without({name}).find(name));
  }
  return 0;
}
