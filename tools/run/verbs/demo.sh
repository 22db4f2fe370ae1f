# The whole road on this machine, then a running host to try with other clients.
install_packages build services
install_npm_packages
build_release mcp-host todo-api plugins/all
trap - EXIT INT TERM HUP
exec "$NODE" etc/demo/road/main.mjs "$@"
