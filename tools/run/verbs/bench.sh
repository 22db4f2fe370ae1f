# Speed, latency and CPU of the host next to the ceilings, measured in one run.
install_packages build services
install_npm_packages
build_release
trap - EXIT INT TERM HUP
exec "$NODE" tests/bench/bench.mjs "$@"
