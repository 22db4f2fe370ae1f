# Adds the folders that exist: a source package may leave parts out.
function(mcph_add_subdirectories)
  foreach(dir ${ARGN})
    if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${dir}/CMakeLists.txt)
      add_subdirectory(${dir})
    endif()
  endforeach()
endfunction()

# mcph_library(oauth SOURCES a.cc b.cc PUBLIC mcph::base PRIVATE mcph::crypto)
# One static library per folder of host/. What is linked is what may be included: this list is the
# dependency rule of ARCHITECTURE.md.
function(mcph_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(mcph_${name} STATIC ${ARG_SOURCES})
  add_library(mcph::${name} ALIAS mcph_${name})
  target_include_directories(mcph_${name} PUBLIC ${PROJECT_SOURCE_DIR}/host)
  target_link_libraries(mcph_${name} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
endfunction()

# mcph_test(unit_oauth LABEL unit SOURCES a_test.cc LINK mcph::oauth)
# One test binary; ctest runs it whole and shows each sentence when it fails. `tests_unit` and the
# like build all of a label.
function(mcph_test name)
  cmake_parse_arguments(ARG "" "LABEL" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${ARG_LINK} GTest::gtest GTest::gmock GTest::gtest_main)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bin)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABEL}" TIMEOUT 300)
  if(NOT TARGET tests_${ARG_LABEL})
    add_custom_target(tests_${ARG_LABEL})
  endif()
  add_dependencies(tests_${ARG_LABEL} ${name})
endfunction()
