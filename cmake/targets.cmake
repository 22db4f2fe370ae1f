# Adds the folders that exist: a source package may leave parts out.
function(mcph_add_subdirectories)
  foreach(dir ${ARGN})
    if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${dir}/CMakeLists.txt)
      add_subdirectory(${dir})
    endif()
  endforeach()
endfunction()

# What nearly every file includes is compiled once: for the host's libraries, and with GoogleTest for
# the tests. Every file still includes what it uses.
set(MCPH_COMMON_HEADERS
    <algorithm> <array> <atomic> <charconv> <chrono> <condition_variable> <cstdint> <cstring>
    <filesystem> <functional> <future> <map> <memory> <mutex> <optional> <random> <ranges> <set>
    <span> <sstream> <string> <string_view> <thread> <unordered_map> <unordered_set> <utility>
    <variant> <vector> <boost/json.hpp>)
if(MCPH_PRECOMPILE)
  add_library(mcph_precompiled OBJECT ${PROJECT_SOURCE_DIR}/cmake/precompiled.cc)
  target_precompile_headers(mcph_precompiled PRIVATE ${MCPH_COMMON_HEADERS})
  add_executable(mcph_precompiled_tests EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/cmake/precompiled.cc)
  set_target_properties(mcph_precompiled_tests PROPERTIES
                        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/CMakeFiles)
  target_link_libraries(mcph_precompiled_tests PRIVATE GTest::gtest GTest::gmock)
  target_compile_options(mcph_precompiled_tests PRIVATE ${MCPH_TEST_OPTIONS})
  target_precompile_headers(mcph_precompiled_tests PRIVATE
    ${MCPH_COMMON_HEADERS} <gmock/gmock.h> <gtest/gtest.h>)
endif()

# mcph_library(oauth SOURCES a.cc b.cc PUBLIC mcph::base PRIVATE mcph::crypto)
# One static library per folder of host/. What is linked is what may be included: this list is the
# dependency rule of ARCHITECTURE.md.
function(mcph_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(mcph_${name} STATIC ${ARG_SOURCES})
  add_library(mcph::${name} ALIAS mcph_${name})
  target_include_directories(mcph_${name} PUBLIC ${PROJECT_SOURCE_DIR}/host)
  target_link_libraries(mcph_${name} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
  if(MCPH_PRECOMPILE)
    target_precompile_headers(mcph_${name} REUSE_FROM mcph_precompiled)
  endif()
endfunction()

# mcph_test(unit_oauth LABEL unit SOURCES a_test.cc LINK mcph::oauth)
# One test binary; ctest runs it whole and shows each sentence when it fails. `tests_unit` and the
# like build all of a label.
function(mcph_test name)
  cmake_parse_arguments(ARG "" "LABEL" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${ARG_LINK} GTest::gtest GTest::gmock GTest::gtest_main)
  target_compile_options(${name} PRIVATE ${MCPH_TEST_OPTIONS})
  if(MCPH_PRECOMPILE)
    target_precompile_headers(${name} REUSE_FROM mcph_precompiled_tests)
  endif()
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bin)
  if(ARG_LABEL IN_LIST MCPH_TESTS_LEFT_OUT)
    set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
    return()
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABEL}" TIMEOUT 300)
  if(NOT TARGET tests_${ARG_LABEL})
    add_custom_target(tests_${ARG_LABEL})
  endif()
  add_dependencies(tests_${ARG_LABEL} ${name})
endfunction()
