# Fuzz targets: tree build/fuzz, built with clang and sanitizers.

FUZZ_TARGETS='jsonrpc headers schema http request_state event_id form cookie basic jwt redirect_uri client_metadata
  authorize forwarded'
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

# Where it is noted which program of a target has run for how many seconds without a finding.
clean_note() { echo "$BUILD/fuzz/clean/$1"; }
clean_program() {
  sha256sum "$BUILD/fuzz/fuzz/fuzz_$1" | cut -d ' ' -f 1 | sed "s/\$/ $2 s/"
}

# fuzz_all SECONDS : two targets at a time. Prints a line for each; fails if one did.
# fuzz_changed SECONDS : the same, but a program that has had its time only replays the corpus.
fuzz_all() { fuzz_each fuzz_and_tell "$1"; }
fuzz_changed() { fuzz_each fuzz_if_changed "$1"; }
fuzz_each() {
  # shellcheck disable=SC2086 # a list of names
  printf '%s\n' $FUZZ_TARGETS | xargs -P 2 -I {} sh "$ROOT/run" --step "$1" {} "$2"
}

fuzz_if_changed() {
  if [ "$(clean_program "$1" "$2")" = "$(cat "$(clean_note "$1")" 2>/dev/null)" ] &&
    "$BUILD/fuzz/fuzz/fuzz_$1" -runs=0 "$BUILD/fuzz/found/$1" "tests/fuzz/corpus/$1" \
      >"$BUILD/logs/fuzz-$1.log" 2>&1; then
    echo "$1: corpus replayed, no failure; the same program has run for $2 s"
    report_fuzz "$1" '/>'
  else
    fuzz_and_tell "$1" "$2"
  fi
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
    mkdir -p "$BUILD/fuzz/clean"
    clean_program "$1" "$2" >"$(clean_note "$1")"
  else
    echo "$1: FAILED; see build/logs/fuzz-$1.log and build/fuzz/failures"
    report_fuzz "$1" '><failure/></testcase>'
    return 1
  fi
}
