# find_package(mcph-sdk): mcph::sdk and mcph_add_plugin().
get_filename_component(MCPH_SDK_PREFIX "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
if(NOT TARGET mcph::sdk)
  add_library(mcph::sdk INTERFACE IMPORTED)
  target_include_directories(mcph::sdk INTERFACE "${MCPH_SDK_PREFIX}/include")
  target_compile_features(mcph::sdk INTERFACE cxx_std_20)
endif()
include("${CMAKE_CURRENT_LIST_DIR}/mcph_add_plugin.cmake")
