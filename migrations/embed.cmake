# cmake -DOUTPUT=migrations_embedded.cc -DFILES=a.sql|b.sql -P embed.cmake
# Writes the migrations into a source file: the binary carries its schema.
string(REPLACE "|" ";" FILES "${FILES}")
set(entries "")
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME)
  if(NOT name MATCHES "^V([0-9]+)__([a-z0-9_]+)\\.sql$")
    message(FATAL_ERROR "${name}: expected V<number>__<what>.sql")
  endif()
  string(REGEX REPLACE "^0+" "" version "${CMAKE_MATCH_1}")
  file(READ "${file}" sql)
  string(APPEND entries "      {${version}, \"${name}\", R\"sql(${sql})sql\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "// Written by migrations/embed.cmake.
#include \"store/migrations.h\"

namespace mcph::store {

const std::vector<Migration>& embedded_migrations() {
  static const std::vector<Migration> migrations{
${entries}  };
  return migrations;
}

}  // namespace mcph::store
")
