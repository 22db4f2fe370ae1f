// A value or an Error: never an exception, never both, never ignored.
//
// Functions that can fail in operation return Result<T>. A bug in the caller (asking a failed
// result for its value) aborts at once instead of going on with garbage.
#pragma once

#include <cstdlib>
#include <string>
#include <utility>
#include <variant>

namespace mcph {

enum class Code {
  kInvalid,  // the input is wrong and stays wrong
  kNotFound,
  kConflict,      // somebody else was faster, or the name is taken
  kUnauthorized,  // no or no longer valid credentials
  kForbidden,     // credentials are fine but do not reach this far
  kUnavailable,   // safe to retry later
  kTimeout,
  kLimit,  // a named limit was reached
  kInternal,
};

struct [[nodiscard]] Error {
  Code code = Code::kInternal;
  std::string message;  // the client may read this
  std::string detail;   // only the log may read this; never a secret

  Error&& because(std::string why) && {
    detail += detail.empty() ? std::move(why) : "; " + why;
    return std::move(*this);
  }
};

struct Ok {};  // the value of an operation that has none

template <class T = Ok>
class [[nodiscard]] Result {
 public:
  Result(T value) : v_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit
  Result(Error error) : v_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit

  bool ok() const noexcept { return v_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }

  const T& value() const& {
    check(0);
    return *std::get_if<0>(&v_);
  }
  T& value() & {
    check(0);
    return *std::get_if<0>(&v_);
  }
  T&& value() && {
    check(0);
    return std::move(*std::get_if<0>(&v_));
  }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  const Error& error() const& {
    check(1);
    return *std::get_if<1>(&v_);
  }
  Error&& error() && {
    check(1);
    return std::move(*std::get_if<1>(&v_));
  }

 private:
  void check(std::size_t wanted) const {
    if (v_.index() != wanted) std::abort();
  }
  std::variant<T, Error> v_;
};

}  // namespace mcph

// auto user = TRY(users.find(id));  - on error, return it from the enclosing function.
// Never among the members of a braced initializer: g++ does not destroy those already made when one
// returns.
#define TRY(expr)                                                 \
  __extension__({                                                 \
    auto try_result_ = (expr);                                    \
    if (!try_result_.ok()) return std::move(try_result_).error(); \
    std::move(try_result_).value();                               \
  })
