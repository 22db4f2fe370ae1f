# The headers as they are against baseline/, by libabigail: structs grow at their end, and nothing
# else changes (rule ABI-2). libabigail's own suppression for growth at the end also lets growth in
# the middle through (2.2), so its report is read here: what is not known to be harmless is a break.
#   abidiff_test.sh CC INCLUDE
# Then the gate itself is tried with changed copies of the headers; it must let one of them through.
set -u
cc=$1
include=$2
here=$(dirname -- "$0")
command -v abidiff >/dev/null || {
  echo 'abidiff is not installed (Debian: abigail-tools)'
  exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

harmless='^$|^Leaf changes summary:|^Changed leaf types summary:'
harmless="$harmless|^Removed/Changed/Added functions summary: 0 Removed, 0 Changed, [0-9]+ Added"
harmless="$harmless|^Removed/Changed/Added variables summary: 0 Removed, 0 Changed, [0-9]+ Added"
harmless="$harmless|^[0-9]+ Added functions?:|^  \[A\] "
harmless="$harmless|^'struct mcph_[a-z_]+' changed:$|^  type size changed from"
harmless="$harmless|^  [0-9]+ data member insertions?:$|^    '.*', at offset [0-9]+ \(in bits\)$"

# is_compatible INCLUDE
is_compatible() {
  "$cc" -shared -fPIC -g -I"$1" "$here/probe.c" -o "$work/probe.so" || exit 1
  abidiff --leaf-changes-only --no-show-locs --harmless "$here/baseline/abi-1.0.abixml" \
    "$work/probe.so" >"$work/report" 2>&1
  [ $(($? & 3)) -eq 0 ] || return 1 # abidiff itself failed
  ! grep -Ev "$harmless" "$work/report"
}

# change NAME FILE SED-SCRIPT: a copy of the headers.
change() {
  cp -r "$include" "$work/$1"
  sed -i "$3" "$work/$1/mcph/$2"
  if cmp -s "$include/mcph/$2" "$work/$1/mcph/$2"; then
    echo "nothing changed for $1"
    exit 1
  fi
}

is_compatible "$include" || exit 1

change appended abi.h 's/^} mcph_tool;/  const char *newer_json;\n} mcph_tool;/'
is_compatible "$work/appended" || {
  echo 'refused: a member at the end'
  exit 1
}

change inserted abi.h 's/^  const char \*output_schema;/  const char *newer_json;\n&/'
change narrowed abi.h 's/^  uint64_t deadline_ns;/  uint32_t deadline_ns;/'
change renamed ext/kv.h 's/(\*run)(/(*perform)(/'
change widened abi.h 's/(\*cancelled)(const struct mcph_call \*call)/(*cancelled)(const struct mcph_call *call, int32_t why)/'
for name in inserted narrowed renamed widened; do
  if is_compatible "$work/$name" >/dev/null; then
    echo "let through: $name"
    exit 1
  fi
done
