# Every file exports mcph_plugin_v1 and nothing else.
for file in "$@"; do
  exports=$(nm -D --defined-only "$file" | awk '{print $3}' | tr '\n' ' ')
  if [ "$exports" != "mcph_plugin_v1 " ]; then
    echo "$file exports: $exports" >&2
    exit 1
  fi
done
