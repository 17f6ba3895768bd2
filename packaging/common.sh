# What the scripts of this folder share; to be sourced from the repository's root.
# shellcheck shell=bash
# shellcheck disable=SC2034

# Name, without the version.
product=multiclaw
app_id=io.multiclaw.Desktop
target=linux-x86_64
triple=x86_64-unknown-linux-gnu

# The package's version, unless the release names one.
version=${MULTICLAW_VERSION:-$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)}

# Every file of a package has this time: of the last commit, unless the caller names one.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
export SOURCE_DATE_EPOCH

# A path of the caller, who may be in another folder: each script sets `here` before it changes it.
path() {
    case $1 in
        /*) printf '%s\n' "$1" ;;
        *) printf '%s\n' "${here:?}/$1" ;;
    esac
}

fail() {
    echo "${0##*/}: $*" >&2
    exit 1
}

# A version is compared and becomes part of file names: nothing but SemVer without build metadata.
check_version() {
    [[ $1 =~ ^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$ ]] ||
        fail "$1 is not a version like 1.2.3"
}

need() {
    local program
    for program; do
        command -v "$program" > /dev/null || fail "$program is missing; packaging/README.md names its package"
    done
}

# Reads --binary FILE and --out DIR, which most scripts take; the binary is the release build's
# unless named.
read_options() {
    binary=${CARGO_TARGET_DIR:-target}/release/multiclaw
    out=${CARGO_TARGET_DIR:-target}/packages
    while (($#)); do
        case $1 in
            --binary) binary=$(path "${2:?--binary needs a file}"); shift 2 ;;
            --out) out=$(path "${2:?--out needs a folder}"); shift 2 ;;
            *) fail "$1 is not understood; the usage is at the head of this script" ;;
        esac
    done
    [ -f "$binary" ] || fail "there is no $binary; build it with: cargo build --locked --release -p multiclaw"
    mkdir -p "$out"
    check_version "$version"
}

# Licences of everything that is linked in, as text. Made once for each Cargo.lock.
notices() {
    local kept made
    kept=${CARGO_TARGET_DIR:-target}/packages/notices-$(cat Cargo.lock packaging/licences | sha256sum | cut -c1-16).txt
    if [ ! -s "$kept" ]; then
        mkdir -p "${kept%/*}"
        # Of its own name: two packages may be made at once.
        made=$(mktemp "$kept.XXXXXX")
        packaging/licences --text > "$made"
        mv "$made" "$kept"
    fi
    cat "$kept"
}

# sign KEY FILE COMMENT: writes FILE.minisig. The password comes from $password_file or is asked for,
# and is never on a command line.
sign() {
    [ -f "$1" ] || fail "there is no key $1; packaging/new-keys makes keys"
    rm -f "$2.minisig"
    if [ -n "${password_file:-}" ]; then
        minisign -S -s "$1" -m "$2" -x "$2.minisig" -t "$3" -c 'MultiClaw Desktop' < "$password_file" > /dev/null
    else
        minisign -S -s "$1" -m "$2" -x "$2.minisig" -t "$3" -c 'MultiClaw Desktop'
    fi
    [ -s "$2.minisig" ] || fail "$2 was not signed"
}

# tool CRATE VERSION: installs a program for builds, once, below the target folder.
tools=${CARGO_TARGET_DIR:-target}/tools
tool() {
    command -v "$1" > /dev/null && return
    if [ ! -x "$tools/bin/$1" ]; then
        echo "Installing $1 $2" >&2
        env -u RUSTFLAGS -u CARGO_TARGET_DIR cargo install --locked --quiet --root "$tools" --version "$2" "$1" >&2
    fi
    PATH=$(realpath "$tools/bin"):$PATH
}
