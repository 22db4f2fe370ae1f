# The official MCP conformance suite against this host, without and with authorization, and against
# its authorization server. Writes docs/conformance.md.
install_packages build services
install_npm_packages
build_release
trap - EXIT INT TERM HUP
exec "$NODE" tests/conformance/main.mjs --write-docs "$@"
