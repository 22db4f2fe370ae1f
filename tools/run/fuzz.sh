# Fuzz targets: tree build/fuzz, built with clang and sanitizers.

FUZZ_TARGETS='jsonrpc headers schema http request_state event_id'
FUZZ_INPUT_BYTES_MAX=4096

build_fuzz() {
  step 'configure: fuzz targets' "$BUILD/logs/configure-fuzz.log" \
    'a library of tools/packages.txt is missing' \
    configure "$BUILD/fuzz" -DCMAKE_BUILD_TYPE=RelWithDebInfo -DMCPH_FUZZ=ON \
    -DMCPH_SANITIZE=address,undefined -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++
  step 'build: fuzz targets' "$BUILD/logs/build-fuzz.log" \
    'the code does not compile with clang; see the first error in the log' \
    compile "$BUILD/fuzz" fuzz_targets
}

# fuzz_one TARGET SECONDS : new inputs that reach further stay in build/fuzz/found, outside the tree
# that is committed. What makes a target fail is left in build/fuzz/failures.
fuzz_one() {
  found=$BUILD/fuzz/found/$1
  mkdir -p "$found" "$BUILD/fuzz/failures"
  dies_with_us "$BUILD/fuzz/fuzz/fuzz_$1" -max_total_time="$2" -max_len="$FUZZ_INPUT_BYTES_MAX" \
    -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="$BUILD/fuzz/failures/$1-" "$found" "tests/fuzz/corpus/$1" \
    >"$BUILD/logs/fuzz-$1.log" 2>&1
}

# fuzz_all SECONDS : two targets at a time. Prints a line for each; fails if one did.
fuzz_all() {
  # shellcheck disable=SC2016,SC2086 # a list of names; $0 and $1 are of the inner shell
  printf '%s\n' $FUZZ_TARGETS | xargs -P 2 -I {} sh "$ROOT/run" --step fuzz_and_tell {} "$1"
}

report_fuzz() {
  mkdir -p "$BUILD/reports/fuzz"
  echo "<testcase name=\"$1\"$2" >>"$BUILD/reports/fuzz/node.junit"
}

fuzz_and_tell() {
  if fuzz_one "$1" "$2"; then
    ran=$(sed -n 's/^stat::number_of_executed_units: *//p' "$BUILD/logs/fuzz-$1.log")
    echo "$1: ${ran:-no} inputs, no failure"
    report_fuzz "$1" '/>'
  else
    echo "$1: FAILED; see build/logs/fuzz-$1.log and build/fuzz/failures"
    report_fuzz "$1" '><failure/></testcase>'
    return 1
  fi
}
