#!/bin/sh
# What `make package` and `make test-package` need beside prepare.sh: Debian's own tools, and an
# environment with the locked libraries of the program and of its freezer, nothing else.
# Usage: installer/prepare_package.sh VENV
set -eu
cd "$(dirname "$0")/.."
venv=$1
# Debian's own Python goes into the package: it is kept up with the system it is built on.
python=/usr/bin/python3
packages="binutils debootstrap dpkg-dev git python3-venv xz-utils"

missing() {
    for program in objdump debootstrap dpkg-shlibdeps git xz; do
        command -v "$program" >/dev/null 2>&1 || echo "$program"
    done
    [ -n "$(libpython)" ] || echo "libpython"
}

# The shared library of that Python, which a plain installation lacks.
libpython() {
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || return 0
    ldconfig -p 2>/dev/null | grep "libpython$version.so" || true
}

PATH=$PATH:/usr/sbin:/sbin
if ! command -v dpkg-deb >/dev/null 2>&1; then
    echo "A .deb is built on Debian 12 or newer; this is not one." >&2
    exit 1
fi
if [ -n "$(missing)" ]; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || echo 3)
    packages="$packages libpython$version"
    if [ "$(id -u)" != 0 ]; then
        echo "Missing on this computer: $(missing | paste -sd, | sed 's/,/, /g')." >&2
        echo "Once, as root: apt-get install --no-install-recommends $packages" >&2
        exit 1
    fi
    echo "Installing the tools that build a package…"
    apt-get update -qq || true
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        $packages >/dev/null
fi

stamp="$venv/locked"
if ! cmp -s installer/requirements.lock "$stamp" 2>/dev/null; then
    echo "Installing the locked libraries and the freezer into $venv…"
    "$python" -m venv --clear "$venv"
    "$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes --no-deps \
        -r installer/requirements.lock
    cp installer/requirements.lock "$stamp"
fi
