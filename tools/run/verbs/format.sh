# clang-format over every C++ source in the repository; --check only tells.
install_packages format
mode=-i
[ "${1:-}" != --check ] || mode='--dry-run -Werror'
# shellcheck disable=SC2086 # two words in the one case
git ls-files -z '*.h' '*.hpp' '*.c' '*.cc' | xargs -0 clang-format $mode
