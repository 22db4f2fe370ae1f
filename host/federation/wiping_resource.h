// Memory for JSON values that hold tokens: overwritten before it is given back. Not thread-safe in
// itself; one for each document.
#pragma once

#include <strings.h>

#include <boost/json/memory_resource.hpp>
#include <cstddef>
#include <new>

namespace mcph::federation {

class WipingResource final : public boost::json::memory_resource {
 private:
  // Plain new is aligned for everything in a JSON value. The library's two alignments may differ
  // for the same memory, so they cannot choose the operator.
  void* do_allocate(std::size_t bytes, std::size_t) override { return ::operator new(bytes); }
  void do_deallocate(void* memory, std::size_t bytes, std::size_t) override {
    explicit_bzero(memory, bytes);
    ::operator delete(memory);
  }
  bool do_is_equal(const boost::json::memory_resource& other) const noexcept override {
    return this == &other;
  }
};

}  // namespace mcph::federation
