// mcph/secret.hpp - secrets of the operator, for plugin authors in C++. Thread-safe.
//   mcph::Secrets secrets_{host};  …  secrets_.use("api_key", [&](std::string_view key) { … });
#pragma once

#include <string_view>
#include <utility>

#include "mcph/call.hpp"
#include "mcph/ext/secret.h"

namespace mcph {

class Secrets {
 public:
  explicit Secrets(const mcph_host* host)
      : host_(host),
        api_(static_cast<const mcph_secret*>(host->extension(host, MCPH_EXT_SECRET))) {}

  // Runs `body` with the secret, which becomes zeros when it returns: use it, never keep it. False
  // when the operator has given none of that name. What `body` throws comes out of here.
  template <class Body>
  bool use(std::string_view name, Body&& body) const {
    Lent<Body> lent{body, nullptr};
    if (api_ == nullptr || api_->read(host_, str(name), take<Body>, &lent) != MCPH_OK) return false;
    if (lent.thrown) std::rethrow_exception(lent.thrown);
    return true;
  }

 private:
  template <class Body>
  struct Lent {
    Body& body;
    std::exception_ptr thrown;  // no exception crosses the host
  };
  template <class Body>
  static void take(void* user, mcph_str secret) noexcept {
    auto& lent = *static_cast<Lent<Body>*>(user);
    try {
      lent.body(view(secret));
    } catch (...) {
      lent.thrown = std::current_exception();
    }
  }

  const mcph_host* host_;
  const mcph_secret* api_;
};

}  // namespace mcph
