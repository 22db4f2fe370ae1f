# clang-format over the C++ sources; --check only tells. The C of the plugin boundary and of the
# plugins in C is laid out by hand: its comments stand in columns.
install_packages format
mode=-i
[ "${1:-}" != --check ] || mode='--dry-run -Werror'
# shellcheck disable=SC2086 # two words in the one case
git ls-files -z '*.h' '*.hpp' '*.cc' ':!sdk/include/mcph/abi.h' ':!sdk/include/mcph/ext' \
  ':!tests/plugins/faulty' | xargs -0 clang-format $mode
