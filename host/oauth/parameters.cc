#include "oauth/parameters.h"

#include <algorithm>
#include <utility>

namespace mcph::oauth {
namespace {

// Requests in the wild have up to fifteen; comparing all pairs must stay cheap.
constexpr std::size_t kFieldsMax = 64;

}  // namespace

std::optional<Parameters> Parameters::parse(std::string_view form) {
  if (std::count(form.begin(), form.end(), '&') >= std::ptrdiff_t{kFieldsMax}) return std::nullopt;
  auto fields = parse_form(form);
  if (!fields) return std::nullopt;
  for (const auto& [name, value] : *fields) {
    // PostgreSQL text and C strings end at a NUL, so none is let in.
    if (!is_utf8(name) || !is_utf8(value) || value.find('\0') != std::string::npos) {
      return std::nullopt;
    }
  }
  Parameters parameters;
  parameters.fields_ = std::move(*fields);
  return parameters;
}

std::optional<std::string_view> Parameters::find(std::string_view name) const {
  for (const auto& [key, value] : fields_) {
    if (key == name && !value.empty()) return value;
  }
  return std::nullopt;
}

std::vector<std::string> Parameters::find_all(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : fields_) {
    if (key == name && !value.empty()) values.push_back(value);
  }
  return values;
}

bool Parameters::is_repeated(std::string_view name) const {
  return std::count_if(fields_.begin(), fields_.end(),
                       [name](const auto& field) { return field.first == name; }) > 1;
}

bool Parameters::has_repeated() const {
  return std::any_of(fields_.begin(), fields_.end(), [this](const auto& field) {
    return field.first != "resource" && is_repeated(field.first);
  });
}

Parameters Parameters::without(std::initializer_list<std::string_view> names) const {
  Parameters rest;
  for (const auto& field : fields_) {
    const bool dropped = std::find(names.begin(), names.end(), field.first) != names.end();
    if (!dropped) rest.fields_.push_back(field);
  }
  return rest;
}

}  // namespace mcph::oauth
