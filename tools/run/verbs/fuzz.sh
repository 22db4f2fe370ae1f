# The fuzz targets, from the committed corpus on, under the address and undefined behaviour sanitizers.
seconds=60
[ "${1:-}" != --seconds ] || seconds=$2
install_packages build fuzz
build_fuzz
step "fuzz: $(echo "$FUZZ_TARGETS" | wc -w) targets, two at a time, $seconds s each" \
  "$BUILD/logs/fuzz.log" 'a target found an input that breaks it; its own log shows it' \
  fuzz_all "$seconds"
cat "$BUILD/logs/fuzz.log"
