// Arrays: sizes, items, contains, uniqueItems, and what no other keyword has looked at.
#include <algorithm>
#include <vector>

#include "schema/check.h"
#include "schema/equality.h"

namespace mcph::schema {
namespace {

constexpr std::size_t kQuadraticMax = 16;  // up to here comparing all pairs beats hashing

void mark(Evaluated* evaluated, std::size_t size, std::size_t index) {
  if (evaluated == nullptr) return;
  if (evaluated->size() < size) evaluated->resize(size);
  (*evaluated)[index] = true;
}

}  // namespace

bool Check::check_array(const ArrayRules& rules, const json::array& array, const Place& place,
                        Evaluated* evaluated) {
  if (!check_size(rules.size, array.size(), "items", place)) return false;
  for (std::size_t i = 0; i < array.size(); ++i) {
    const NodePtr node = i < rules.prefix.size() ? rules.prefix[i] : rules.items;
    if (node == nullptr) break;
    const Place item{&place, {}, i, true};
    if (!accepts(*node, array[i], item, nullptr)) return false;
    mark(evaluated, array.size(), i);
  }
  if (rules.contains != nullptr && !check_contains(rules, array, place, evaluated)) return false;
  return !rules.unique || check_unique(array, place);
}

bool Check::check_contains(const ArrayRules& rules, const json::array& array, const Place& place,
                           Evaluated* evaluated) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < array.size(); ++i) {
    const Place item{&place, {}, i, true};
    if (!tries(*rules.contains, array[i], item, nullptr)) continue;
    ++found;
    mark(evaluated, array.size(), i);
  }
  return check_size(rules.contained, found, "items of the kind it must contain", place);
}

bool Check::check_unique(const json::array& array, const Place& place) {
  if (array.size() <= kQuadraticMax) {
    for (std::size_t i = 0; i < array.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        if (equal(array[i], array[k])) return refuse(place, "items repeat");
      }
    }
    return true;
  }
  std::vector<std::pair<std::uint64_t, const json::value*>> hashed;
  hashed.reserve(array.size());
  for (const json::value& item : array) hashed.push_back({hash(item), &item});
  std::sort(hashed.begin(), hashed.end());
  // Among equal hashes every pair is compared; steps bound what a collision can cost.
  for (std::size_t i = 0; i < hashed.size(); ++i) {
    for (std::size_t k = i; k > 0 && hashed[k - 1].first == hashed[i].first; --k) {
      if (steps_ == 0) return false;
      --steps_;
      if (equal(*hashed[k - 1].second, *hashed[i].second)) return refuse(place, "items repeat");
    }
  }
  return true;
}

bool Check::check_unevaluated(const Node& node, const json::value& value, const Place& place,
                              const Evaluated& evaluated) {
  const auto seen = [&](std::size_t i) { return i < evaluated.size() && evaluated[i]; };
  if (value.is_array() && node.array != nullptr && node.array->unevaluated != nullptr) {
    const json::array& array = value.get_array();
    for (std::size_t i = 0; i < array.size(); ++i) {
      const Place item{&place, {}, i, true};
      if (seen(i)) continue;
      if (node.array->unevaluated->refuses_all) return refuse(item, "unexpected item");
      if (!accepts(*node.array->unevaluated, array[i], item, nullptr)) return false;
    }
  }
  if (value.is_object() && node.object != nullptr && node.object->unevaluated != nullptr) {
    std::size_t i = 0;
    for (const auto& member : value.get_object()) {
      const std::string_view name = member.key();
      const Place inner{&place, name, 0, false};
      if (seen(i++)) continue;
      if (node.object->unevaluated->refuses_all) {
        return refuse(place, "unexpected property", name);
      }
      if (!accepts(*node.object->unevaluated, member.value(), inner, nullptr)) return false;
    }
  }
  return true;
}

}  // namespace mcph::schema
