# mcph_add_plugin(todo_api SOURCES plugin.cc [OUTPUT_DIRECTORY dir] [LINK target ...])
# Builds <name>.so with exactly one exported symbol (rule ABI-1) and nothing left unresolved, so that
# every error of linking appears here and not on the day the host loads it.
function(mcph_add_plugin name)
  set(map ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin.map)
  cmake_parse_arguments(ARG "" "OUTPUT_DIRECTORY;TARGET" "SOURCES;LINK" ${ARGN})
  if(NOT ARG_OUTPUT_DIRECTORY)
    set(ARG_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/plugins)
  endif()
  if(NOT ARG_TARGET)
    set(ARG_TARGET plugin_${name})
  endif()
  add_library(${ARG_TARGET} MODULE ${ARG_SOURCES})
  target_link_libraries(${ARG_TARGET} PRIVATE mcph::sdk ${ARG_LINK})
  # STB_GNU_UNIQUE symbols would keep the file mapped forever and share statics between versions.
  target_compile_options(${ARG_TARGET} PRIVATE
    "$<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>")
  target_link_options(${ARG_TARGET} PRIVATE
    -Wl,--version-script=${map} -Wl,-z,now,-z,relro)
  # Clang leaves the runtime of its sanitizers to the executable.
  if(NOT (MCPH_SANITIZE AND CMAKE_CXX_COMPILER_ID MATCHES Clang))
    target_link_options(${ARG_TARGET} PRIVATE -Wl,--no-undefined)
  endif()
  set_target_properties(${ARG_TARGET} PROPERTIES
    OUTPUT_NAME ${name} PREFIX "" SUFFIX ".so"
    LIBRARY_OUTPUT_DIRECTORY ${ARG_OUTPUT_DIRECTORY}
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    LINK_DEPENDS ${map})
endfunction()
