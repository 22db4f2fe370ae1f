#include "mcp/pagination.h"

#include "mcp/limits.h"

namespace mcph::mcp {
namespace {

std::string make_binding(std::string_view list, const PrincipalId& principal) {
  std::string binding(list);
  binding += '\0';
  binding += principal.str();
  return binding;
}

}  // namespace

std::string Cursors::make(std::string_view list, const PrincipalId& principal,
                          std::string_view last) const {
  return sealer_.seal(last, make_binding(list, principal));
}

std::optional<std::string> Cursors::open(std::string_view cursor, std::string_view list,
                                         const PrincipalId& principal) const {
  if (cursor.size() > limits::kCursorBytesMax) return std::nullopt;
  const std::optional<Secret> last = sealer_.open(cursor, make_binding(list, principal));
  if (!last.has_value() || last->empty()) return std::nullopt;
  return std::string(last->reveal());
}

}  // namespace mcph::mcp
