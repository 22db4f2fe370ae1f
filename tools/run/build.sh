# Build trees: build/release and build/asan.

# The compiler cache recognises the same file in another clone of this repository.
CCACHE_BASEDIR=$ROOT CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros
export CCACHE_BASEDIR CCACHE_NOHASHDIR CCACHE_SLOPPINESS

configure() {
  tree=$1
  shift
  cmake -S "$ROOT" -B "$tree" -G Ninja \
    -DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache "$@"
}

compile() {
  tree=$1
  shift
  NINJA_STATUS='[%f/%t] ' dies_with_us nice ninja -C "$tree" "$@"
}

# build_release [TARGETS...] : everything, or only what a verb runs. Unit and contract tests are the
# most of all that could be compiled: they run in the other tree, under the sanitizers, alone.
build_release() {
  step 'configure: Release' "$BUILD/logs/configure-release.log" \
    'a library of tools/packages.txt is missing' \
    configure "$BUILD/release" -DCMAKE_BUILD_TYPE=Release -DMCPH_PRECOMPILE=ON \
    '-DMCPH_TESTS_LEFT_OUT=unit;contract'
  step "build: Release${1:+: $*}" "$BUILD/logs/build-release.log" \
    'the code does not compile; the first error in the log is the one that counts' \
    compile "$BUILD/release" "$@"
}

clang_tidy() {
  git ls-files -z 'host/*.cc' 'plugins/*.cc' 'etc/*.cc' |
    xargs -0 -P "$(nproc)" -n 4 clang-tidy --quiet -p "$BUILD/release"
}
