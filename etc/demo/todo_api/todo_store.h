// To-do lists in PostgreSQL, one a subject. Every change is one statement that also returns the
// list as it then is, so concurrent edits lose nothing. Thread-safe, blocking. The only file here
// that knows libpqxx.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "base/secret.h"

namespace mcph::todo_api {

// More is no list a person works on; the answers stay small.
inline constexpr int kTodosMax = 1000;

// A list is a JSON array of {"id","text","completed"}: open ones first, then in order of creation.
class TodoStore {
 public:
  // Connects, and makes the schema `todo` if it is not there.
  static Result<std::unique_ptr<TodoStore>> create(const Secret& database_url);
  ~TodoStore();

  Result<std::string> load(const std::string& subject);
  // kLimit when the list is full.
  Result<std::string> add(const std::string& subject, const std::string& text);
  // kNotFound when the list has no such item. `id` is any text.
  Result<std::string> set_completed(const std::string& subject, const std::string& id,
                                    bool completed);
  Result<std::string> remove(const std::string& subject, const std::string& id);

 private:
  class Connections;
  explicit TodoStore(std::unique_ptr<Connections> connections);
  std::unique_ptr<Connections> connections_;
};

}  // namespace mcph::todo_api
