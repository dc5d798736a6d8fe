#!/bin/sh
# Everything that a run from the source tree needs: system packages, then a virtual environment
# with the locked libraries. Does nothing where all is there. Usage: installer/prepare.sh [VENV]
set -eu
cd "$(dirname "$0")/.."
venv=${1:-.venv}

packages="xvfb dbus gnome-keyring at-spi2-core libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0
 libdbus-1-3 libfontconfig1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1
 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-randr0 libnss3 libnspr4 libasound2
 libxcomposite1 libxdamage1 libxrandr2 libxtst6 libxkbfile1 libxss1 xdotool x11-xserver-utils
 chromium python3-venv"

missing() {
    for program in Xvfb dbus-daemon dbus-run-session gnome-keyring-daemon xdotool xset chromium; do
        command -v "$program" >/dev/null 2>&1 || echo "$program"
    done
    [ -x /usr/libexec/at-spi-bus-launcher ] || [ -x /usr/lib/at-spi2-core/at-spi-bus-launcher ] ||
        echo at-spi-bus-launcher
    for library in libEGL.so.1 libGL.so.1 libxkbcommon-x11.so.0 libxcb-cursor.so.0 \
        libxcb-icccm.so.4 libxcb-keysyms.so.1 libnss3.so libasound.so.2 libXcomposite.so.1 \
        libXdamage.so.1 libXtst.so.6 libxkbfile.so.1 libXss.so.1; do
        ldconfig -p 2>/dev/null | grep -q "$library" || echo "$library"
    done
}

if [ "$(uname -s)" = Linux ] && [ -n "$(missing)" ]; then
    if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
        echo "Installing system packages…"
        apt-get update -qq
        # Debian 13 and Ubuntu 24.04 renamed the sound library.
        sound=libasound2
        apt-cache show libasound2t64 >/dev/null 2>&1 && sound=libasound2t64
        wanted=$(echo "$packages" | sed "s/libasound2/$sound/")
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null
    fi
    lacking=$(missing)
    if [ -n "$lacking" ]; then
        echo "Missing on this computer:" $lacking >&2
        echo "On Debian: sudo apt-get install" $packages >&2
        exit 1
    fi
fi

python=""
for candidate in python3.13 python3.12 python3.11 python3; do
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "Python 3.11 or newer with its venv module is needed (Debian: python3-venv)." >&2
    exit 1
fi

stamp="$venv/locked"
if ! cmp -s requirements.lock "$stamp" 2>/dev/null; then
    echo "Installing the locked libraries into $venv…"
    [ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
    "$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes --no-deps \
        -r requirements.lock
    cp requirements.lock "$stamp"
fi
