# Every C header of the SDK, alone and twice, in every language level it promises (rules ABI-6 and
# ABI-15).
#   headers_test.sh C-COMPILER C++-COMPILER INCLUDE
set -u
cc=$1
cxx=$2
include=$3
here=$(dirname -- "$0")
for compiler in "$cc" "$cxx"; do
  command -v "$compiler" >/dev/null || {
    echo "$compiler is not installed"
    exit 77
  }
done
flags="-pedantic-errors -Wall -Wextra -Wpedantic -Wpadded -Werror -fsyntax-only -I$include"
failed=0
count=0
for header in "$include"/mcph/abi.h "$include"/mcph/ext/*.h "$include"/mcph/draft/*.h; do
  [ -e "$header" ] || continue  # draft/ may be empty
  name=${header#"$include"/}
  for standard in c99 c11 c17; do
    # shellcheck disable=SC2086 # a list of flags
    "$cc" -std=$standard $flags -DHEADER="\"$name\"" -x c "$here/header_test.c" || failed=1
    count=$((count + 1))
  done
  for standard in c++11 c++14 c++17 c++20 c++2b; do
    # shellcheck disable=SC2086
    "$cxx" -std=$standard $flags -DHEADER="\"$name\"" -x c++ "$here/header_test.c" || failed=1
    count=$((count + 1))
  done
done
[ $count -ge 100 ] || {
  echo "only $count compilations: are the headers there?"
  exit 1
}
exit $failed
