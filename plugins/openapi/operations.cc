#include "operations.h"

#include <algorithm>
#include <array>
#include <set>

#include "limits.h"

namespace openapi {
namespace {

struct MethodName {
  const char* member;
  const char* method;
};
constexpr std::array<MethodName, 5> kMethods{
    {{"get", "GET"}, {"post", "POST"}, {"put", "PUT"}, {"patch", "PATCH"}, {"delete", "DELETE"}}};

bool contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

std::string make_id(const std::string& member, const std::string& path) {
  std::string id = member;
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    id += plain || c == '-' || c == '.' ? c : '_';
  }
  return id;
}

FoundOperation read_operation(const MethodName& name, const std::string& path, const Json& item,
                              const Json& operation) {
  FoundOperation found;
  found.method = name.method;
  found.path = path;
  found.item = &item;
  found.operation = &operation;
  found.id = find_text(operation, "operationId").value_or("");
  if (found.id.empty()) found.id = make_id(name.member, path);
  found.deprecated = find_flag(operation, "deprecated", false);
  if (const Json* tags = find_array(operation, "tags")) {
    for (const Json& tag : tags->items()) {
      if (tag.is_string()) found.tags.push_back(tag.as_string());
    }
  }
  return found;
}

bool has_one_of(const FoundOperation& operation, const std::vector<std::string>& tags) {
  return std::any_of(operation.tags.begin(), operation.tags.end(),
                     [&tags](const std::string& tag) { return contains(tags, tag); });
}

bool is_named(const FoundOperation& operation, const Settings& settings) {
  return settings.operations.contains(operation.id) ||
         contains(settings.include.operations, operation.id);
}

bool is_chosen(const FoundOperation& operation, const Settings& settings) {
  const Choice &in = settings.include, &out = settings.exclude;
  if (contains(out.operations, operation.id) || has_one_of(operation, out.tags) ||
      contains(out.methods, operation.method)) {
    return false;
  }
  if (is_named(operation, settings)) return true;
  if (operation.deprecated || (in.tags.empty() && in.methods.empty())) return false;
  return (in.tags.empty() || has_one_of(operation, in.tags)) &&
         (in.methods.empty() || contains(in.methods, operation.method));
}

}  // namespace

std::vector<FoundOperation> find_operations(const Document& document) {
  std::vector<FoundOperation> found;
  const Json* paths = find_object(document.root(), "paths");
  if (paths == nullptr) throw Refusal("the document has no paths");
  for (const std::string& path : paths->names()) {
    if (path.starts_with("x-")) continue;
    const Json& item = document.resolve(*paths->find(path));
    for (const MethodName& name : kMethods) {
      const Json* operation = find_object(item, name.member);
      if (operation == nullptr) continue;
      if (found.size() == kDocumentOperationsMax) {
        throw Refusal("the document has more than " + std::to_string(kDocumentOperationsMax) +
                      " operations");
      }
      found.push_back(read_operation(name, path, item, *operation));
    }
  }
  std::set<std::string> ids;
  for (const FoundOperation& operation : found) {
    if (!ids.insert(operation.id).second) {
      throw Refusal("two operations are called " + shorten(operation.id, kToolNameBytesMax));
    }
  }
  return found;
}

std::vector<FoundOperation> choose_operations(std::vector<FoundOperation> all,
                                              const Settings& settings) {
  std::set<std::string> ids;
  for (const FoundOperation& operation : all) ids.insert(operation.id);
  const auto check = [&ids](const std::string& id) {
    if (!ids.contains(id)) throw Refusal("the document has no operation " + id);
  };
  for (const auto& [id, change] : settings.operations) check(id);
  for (const std::string& id : settings.include.operations) check(id);
  for (const std::string& id : settings.exclude.operations) check(id);
  std::erase_if(all, [&settings](const FoundOperation& operation) {
    return !is_chosen(operation, settings);
  });
  if (all.empty()) {
    throw Refusal("no operation is chosen: name them in include or operations");
  }
  if (all.size() > kToolsMax) {
    throw Refusal("more than " + std::to_string(kToolsMax) + " operations are chosen");
  }
  for (FoundOperation& operation : all) operation.named = is_named(operation, settings);
  return all;
}

}  // namespace openapi
