# How a release is compiled, so that the same commit gives the same bytes in any folder; to be
# sourced from the repository's root, after common.sh.
# shellcheck shell=bash
# shellcheck disable=SC2034

# Flags come from here only, whatever the caller's environment says.
unset CARGO_ENCODED_RUSTFLAGS CARGO_PROFILE_RELEASE_STRIP CARGO_PROFILE_RELEASE_LTO
cargo_home=$(realpath "${CARGO_HOME:-$HOME/.cargo}")
target_dir=$(realpath -m "${CARGO_TARGET_DIR:-target}")
# Panics and certificates of tests name source files; folders of the builder are not anybody's business.
RUSTFLAGS="--remap-path-prefix=$PWD=/src --remap-path-prefix=$cargo_home=/cargo --remap-path-prefix=$target_dir=/target"
# Compilers of C parts (ring) write such paths too.
CFLAGS="-ffile-prefix-map=$PWD=/src -ffile-prefix-map=$cargo_home=/cargo -ffile-prefix-map=$target_dir=/target"
export RUSTFLAGS CFLAGS CARGO_INCREMENTAL=0 LC_ALL=C TZ=UTC
