// ASSERT states what must hold unless this program has a bug. It is on in release builds too: a
// host that is wrong about itself must stop, not serve.
#pragma once

#include <cstdio>
#include <cstdlib>

#define ASSERT(condition)                                                                    \
  do {                                                                                       \
    if (!(condition)) {                                                                      \
      std::fprintf(stderr, "%s:%d: assertion failed: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                          \
    }                                                                                        \
  } while (false)
