# Language level, warnings and sanitizers, the same for every target.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

set(MCPH_SANITIZE "" CACHE STRING "Sanitizers for every target: address,undefined or thread")

add_compile_options(
  -Wall -Wextra -Wpedantic -Wshadow -Wno-missing-field-initializers -Werror
  "$<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor;-Wold-style-cast>")

# g++ 12 takes `"x" + std::string(...)` for an overlapping copy once it is inlined (GCC bug 105651).
add_compile_options("$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>")

option(MCPH_FUZZ "Instrument for libFuzzer and build the fuzz targets (clang)" OFF)
if(MCPH_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

if(MCPH_SANITIZE)
  add_compile_options(-fsanitize=${MCPH_SANITIZE} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer -g1)
  add_link_options(-fsanitize=${MCPH_SANITIZE})
endif()

# Tests are compiled to be run once, not fast; what they call keeps its own options. The undefined
# behaviour sanitizer looks at the host, not at GoogleTest's macros, which would double the build.
set(MCPH_TEST_OPTIONS "")
if(NOT CMAKE_BUILD_TYPE STREQUAL Debug)
  list(APPEND MCPH_TEST_OPTIONS -O0)
endif()
if(MCPH_SANITIZE MATCHES undefined)
  list(APPEND MCPH_TEST_OPTIONS -fno-sanitize=undefined)
endif()
set(MCPH_TESTS_LEFT_OUT "" CACHE STRING "Labels of tests that are neither built nor run in this tree")

# For builds from nothing; ./run turns it on. g++ only. ccache needs the option, and
# CCACHE_SLOPPINESS as tools/run/build.sh sets it. g++ forgets that precompiled headers are the
# system's, and would tell of false findings in <string>.
option(MCPH_PRECOMPILE "Precompile the headers nearly every file includes" OFF)
if(MCPH_PRECOMPILE)
  add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess;-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread>")
endif()
