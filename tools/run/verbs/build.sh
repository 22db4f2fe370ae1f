# The Release tree.
install_packages build
build_release
say "done: build/release/bin"
