// One check of one value against a compiled schema. Internal to schema/. Lives on the stack.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/limits.h"
#include "schema/node.h"

namespace mcph::schema {

// Where the check is in the value: a list through the stack, made into text only for a complaint.
struct Place {
  const Place* parent = nullptr;
  std::string_view name;  // of a member
  std::size_t index = 0;  // of an item, when there is no name
  bool is_index = false;
};

// Which members or items a schema has looked at: what unevaluated* needs. Null where nobody asks.
using Evaluated = std::vector<bool>;

class Check {
 public:
  bool accepts(const Node& node, const json::value& value, const Place& place,
               Evaluated* evaluated);
  bool gave_up() const noexcept { return steps_ == 0; }
  std::string& complaint() noexcept { return complaint_; }

 private:
  bool check_value(const Node& node, const json::value& value, const Place& place,
                   Evaluated* evaluated);
  bool check_number(const NumberRules& rules, const json::value& value, const Place& place);
  bool check_text(const TextRules& rules, std::string_view text, const Place& place);
  bool check_array(const ArrayRules& rules, const json::array& array, const Place& place,
                   Evaluated* evaluated);
  bool check_contains(const ArrayRules& rules, const json::array& array, const Place& place,
                      Evaluated* evaluated);
  bool check_unique(const json::array& array, const Place& place);
  bool check_object(const ObjectRules& rules, const json::object& object, const Place& place,
                    Evaluated* evaluated);
  bool check_members(const ObjectRules& rules, const json::object& object, const Place& place,
                     Evaluated* evaluated);
  bool check_dependents(const ObjectRules& rules, const json::value& value, const Place& place,
                        Evaluated* evaluated);
  bool check_combination(const CombinationRules& rules, const json::value& value,
                         const Place& place, Evaluated* evaluated);
  bool check_any(const std::vector<NodePtr>& nodes, const json::value& value, const Place& place,
                 Evaluated* evaluated);
  bool check_one(const std::vector<NodePtr>& nodes, const json::value& value, const Place& place,
                 Evaluated* evaluated);
  bool check_unevaluated(const Node& node, const json::value& value, const Place& place,
                         const Evaluated& evaluated);
  // As accepts(), but silent, and `evaluated` grows only when the answer is yes.
  bool tries(const Node& node, const json::value& value, const Place& place, Evaluated* evaluated);
  bool check_size(const SizeBounds& bounds, std::size_t size, std::string_view what,
                  const Place& place);
  // Always false, so that a refusal is one statement.
  bool refuse(const Place& place, std::string_view what, std::string_view name = {});

  std::uint64_t steps_ = kCheckStepsMax;
  std::size_t depth_ = 0;
  std::size_t silent_ = 0;
  std::string complaint_;
};

}  // namespace mcph::schema
