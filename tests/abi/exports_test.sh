# Every plugin of these folders exports mcph_plugin_v1 and nothing else (rule ABI-1). Nothing in it is
# STB_GNU_UNIQUE: that would keep it mapped for ever, and share its statics with its own next version.
#   exports_test.sh FOLDER...
set -u
count=0
for file in $(find "$@" -maxdepth 1 -name '*.so'); do
  count=$((count + 1))
  case $file in */no_entry.so) continue ;; esac # that is its fault
  exports=$(nm -D --defined-only "$file" | awk '{print $3}' | tr '\n' ' ')
  if [ "$exports" != "mcph_plugin_v1 " ]; then
    echo "$file exports: $exports" >&2
    exit 1
  fi
  if readelf --dyn-syms --wide "$file" | grep -w UNIQUE >&2; then
    echo "$file has unique symbols" >&2
    exit 1
  fi
done
[ $count -ge 10 ] || {
  echo "only $count plugins in $*" >&2
  exit 1
}
