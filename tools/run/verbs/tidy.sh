# clang-tidy over every C++ source of the product, with the flags it is built with.
install_packages build tidy
build_release
step 'tidy: clang-tidy' "$BUILD/logs/tidy.log" 'a check of .clang-tidy; the log quotes the line' clang_tidy
say 'tidy'
