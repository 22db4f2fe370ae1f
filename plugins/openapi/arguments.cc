#include "arguments.h"

#include <set>

#include "limits.h"

namespace openapi {
namespace {

// What every client and model takes as the name of a property.
std::string make_name(const std::string& wire) {
  std::string name;
  for (const char c : wire) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '_' || c == '-' || c == '.';
    if (plain) {
      name += c;
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  while (name.size() > 1 && name.back() == '_' && wire.back() != '_') name.pop_back();
  return name.empty() ? "argument" : name.substr(0, kNameBytesMax);
}

class Names {
 public:
  std::string take(const std::string& wire, const std::string& place) {
    std::string name = make_name(wire);
    if (!taken_.insert(name).second) {
      name = (place + "_" + name).substr(0, kNameBytesMax);
      if (!taken_.insert(name).second) {
        throw Refusal("two of its arguments would be called " + name);
      }
    }
    return name;
  }

 private:
  std::set<std::string> taken_;
};

std::vector<std::string*> all_arguments(Operation& operation) {
  std::vector<std::string*> all;
  for (Parameter& parameter : operation.parameters) all.push_back(&parameter.argument);
  for (BodyMember& member : operation.body.members) all.push_back(&member.argument);
  if (!operation.body.argument.empty()) all.push_back(&operation.body.argument);
  return all;
}

void rename(Operation& operation) {
  const std::vector<std::string*> all = all_arguments(operation);
  std::vector<std::pair<std::string*, std::string>> renamed;
  for (const auto& [to, from] : operation.change.arguments) {
    std::string* found = nullptr;
    for (std::string* argument : all) found = *argument == from ? argument : found;
    if (found == nullptr) throw Refusal("it has no argument " + from + " to rename");
    renamed.emplace_back(found, to);
  }
  for (const auto& [argument, to] : renamed) *argument = to;
  std::set<std::string> names;
  for (const std::string* argument : all) {
    if (!names.insert(*argument).second) {
      throw Refusal("two of its arguments would be called " + *argument);
    }
  }
}

}  // namespace

void name_arguments(Operation& operation) {
  Names names;
  for (const Place place : {Place::kPath, Place::kQuery, Place::kHeader}) {
    const char* word = place == Place::kPath ? "path" : place == Place::kQuery ? "query" : "header";
    for (Parameter& parameter : operation.parameters) {
      if (parameter.place == place) parameter.argument = names.take(parameter.name, word);
    }
  }
  Body& body = operation.body;
  for (BodyMember& member : body.members) member.argument = names.take(member.name, "body");
  if (body.kind != BodyKind::kNone && body.members.empty()) {
    body.argument = names.take("body", "request");
  }
  rename(operation);
}

}  // namespace openapi
