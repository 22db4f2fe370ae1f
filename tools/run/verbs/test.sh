# Every test: Release tree, sanitizer tree, end to end with the real binaries, the official
# conformance suite, the fuzz targets.
install_packages build services browser schema fuzz abi
install_npm_packages
build_release

run_suite release 'test: transport, protocol, plugins and federation (Release)' ctest_tree "$BUILD/release" release
run_suite standin 'test: the PingOne stand-in' node_tests standin 2 etc/demo/pingone/test/*.test.mjs
run_suite e2e 'test: end to end, official clients against the real binaries' node_tests e2e 2 tests/e2e/*.test.mjs
run_suite conformance 'test: the official conformance suite, without and with authorization' \
  node_program tests/conformance/main.mjs --write-docs --junit "$BUILD/reports/conformance/node.junit"

step 'configure: sanitizers' "$BUILD/logs/configure-asan.log" \
  'a library of tools/packages.txt is missing' \
  configure "$BUILD/asan" -DCMAKE_BUILD_TYPE=Debug -DMCPH_PRECOMPILE=ON \
  -DMCPH_SANITIZE=address,undefined
step 'build: unit and contract tests (address and undefined behaviour sanitizers)' \
  "$BUILD/logs/build-asan.log" 'the code does not compile; see the first error in the log' \
  compile "$BUILD/asan" tests_unit tests_contract
run_suite asan 'test: unit and contract tests (sanitizers)' \
  ctest_tree "$BUILD/asan" asan -L 'unit|contract'

build_fuzz
run_suite fuzz 'test: fuzz targets, 60 s each that is new' fuzz_changed 60

say "suites:"
"$NODE" tools/tally.mjs release standin e2e conformance asan fuzz || failed_suites="$failed_suites tally"
[ -z "$failed_suites" ]
