# What there is.
cat <<'TEXT'
usage: ./run VERB

  demo [--once] [--keep-data]   build, start everything on loopback and drive the whole road with the
                                official TypeScript client; then stay up (--once: exit)
  test                          every test there is; what CI runs
  conformance [--url URL]       the official MCP conformance suite, both revisions; writes
                                docs/conformance.md (--url: against a server that is there already)
  fuzz [--seconds N]            the fuzz targets under sanitizers, N seconds each (60)
  build                         the Release tree in build/release
  bench                         requests per second, latency and CPU, next to the ceilings
  format [--check]              lay out the C++ sources with clang-format
  tidy                          clang-tidy over the C++ sources
  help                          this text

Missing Debian packages are installed (with sudo unless root); the rest happens in ./build and
./node_modules. Logs are in build/logs.
TEXT
