// Objects: names, members, and what one member demands of the others.
#include "schema/check.h"

namespace mcph::schema {

bool Check::check_object(const ObjectRules& rules, const json::object& object, const Place& place,
                         Evaluated* evaluated) {
  if (!check_size(rules.size, object.size(), "properties", place)) return false;
  for (const std::string& name : rules.required) {
    if (object.if_contains(name) == nullptr) return refuse(place, "missing property", name);
  }
  return check_members(rules, object, place, evaluated);
}

bool Check::check_members(const ObjectRules& rules, const json::object& object, const Place& place,
                          Evaluated* evaluated) {
  if (evaluated != nullptr && evaluated->size() < object.size()) evaluated->resize(object.size());
  std::size_t index = 0;
  for (const auto& member : object) {
    const std::string_view name = member.key();
    const Place inner{&place, name, 0, false};
    bool known = false;
    for (const Property& property : rules.properties) {
      if (property.name != name) continue;
      known = true;
      if (!accepts(*property.node, member.value(), inner, nullptr)) return false;
      break;
    }
    for (const PatternProperty& property : rules.patterns) {
      if (!property.pattern.found_in(name, steps_)) continue;
      known = true;
      if (!accepts(*property.node, member.value(), inner, nullptr)) return false;
    }
    if (!known && rules.additional != nullptr) {
      known = true;
      if (rules.additional->refuses_all) return refuse(place, "unexpected property", name);
      if (!accepts(*rules.additional, member.value(), inner, nullptr)) return false;
    }
    if (rules.names != nullptr) {
      const json::value text(name);
      if (!tries(*rules.names, text, place, nullptr)) {
        return refuse(place, "a property may not be named", name);
      }
    }
    if (known && evaluated != nullptr) (*evaluated)[index] = true;
    ++index;
  }
  return true;
}

bool Check::check_dependents(const ObjectRules& rules, const json::value& value, const Place& place,
                             Evaluated* evaluated) {
  const json::object& object = value.get_object();
  for (const DependentNames& dependent : rules.dependent_required) {
    if (object.if_contains(dependent.name) == nullptr) continue;
    for (const std::string& name : dependent.required) {
      if (object.if_contains(name) == nullptr) return refuse(place, "missing property", name);
    }
  }
  for (const Property& dependent : rules.dependent_schemas) {
    if (object.if_contains(dependent.name) == nullptr) continue;
    if (!accepts(*dependent.node, value, place, evaluated)) return false;
  }
  return true;
}

}  // namespace mcph::schema
