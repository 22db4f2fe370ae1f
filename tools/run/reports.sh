# Running test suites. Each leaves JUnit reports in build/reports/SUITE; tools/tally.mjs adds them up.

failed_suites=

# run_suite SUITE TITLE COMMAND... : notes a failure and goes on, so that one run tells everything.
run_suite() {
  suite=$1 title=$2
  shift 2
  suite_log=$BUILD/logs/$suite.log
  rm -rf "$BUILD/reports/$suite"
  mkdir -p "$BUILD/reports/$suite"
  if ! try_step "$title" "$suite_log" "$@"; then
    failed_suites="$failed_suites $suite"
    say "  failed; see $suite_log"
  fi
}

# ctest_tree TREE SUITE [CTEST ARGUMENTS...]
ctest_tree() {
  tree=$1 reports=$BUILD/reports/$2
  shift 2
  GTEST_OUTPUT="xml:$reports/" dies_with_us ctest --test-dir "$tree" --output-on-failure \
    --output-junit "$reports/ctest.junit" -j "$(nproc)" "$@"
}

node_program() { dies_with_us "$NODE" "$@"; }

# node_tests SUITE CONCURRENCY FILES...
node_tests() {
  reports=$BUILD/reports/$1 concurrency=$2
  shift 2
  dies_with_us "$NODE" --test --test-concurrency="$concurrency" \
    --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=junit --test-reporter-destination="$reports/node.junit" "$@"
}
