#!/bin/sh
# Everything that a run from the source tree needs: system packages, then a virtual environment
# with the locked libraries. Does nothing where all is there. Usage: installer/prepare.sh [VENV]
set -eu
cd "$(dirname "$0")/.."
venv=${1:-.venv}
# An ordinary user's PATH on Debian lacks the folder of ldconfig.
PATH=$PATH:/usr/sbin:/sbin

packages="xvfb dbus gnome-keyring at-spi2-core libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0
 libdbus-1-3 libfontconfig1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1
 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-randr0 libnss3 libnspr4 libasound2
 libxcomposite1 libxdamage1 libxrandr2 libxtst6 libxkbfile1 libxss1 xdotool x11-xserver-utils openbox
 chromium tzdata python3-venv"

python_of() {
    for candidate in python3.13 python3.12 python3.11 python3; do
        if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c \
            'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
}

missing() {
    for program in Xvfb dbus-daemon dbus-run-session gnome-keyring-daemon xdotool xset openbox\
        chromium; do
        command -v "$program" >/dev/null 2>&1 || echo "$program"
    done
    [ -x /usr/libexec/at-spi-bus-launcher ] || [ -x /usr/lib/at-spi2-core/at-spi-bus-launcher ] ||
        echo at-spi-bus-launcher
    known=$(ldconfig -p 2>/dev/null || true)
    for library in libEGL.so.1 libGL.so.1 libxkbcommon.so.0 libxkbcommon-x11.so.0 libdbus-1.so.3 \
        libfontconfig.so.1 libxcb-cursor.so.0 libxcb-icccm.so.4 libxcb-image.so.0 \
        libxcb-keysyms.so.1 libxcb-render-util.so.0 libxcb-shape.so.0 libxcb-xinerama.so.0 \
        libxcb-randr.so.0 libnss3.so libnspr4.so libasound.so.2 libXcomposite.so.1 \
        libXdamage.so.1 libXrandr.so.2 libXtst.so.6 libxkbfile.so.1 libXss.so.1; do
        case $known in *"$library "*) ;; *) echo "$library" ;; esac
    done
    [ -e /usr/share/zoneinfo/America/Chicago ] || echo "the time zones"
    [ -n "$(python_of)" ] || echo "Python 3.11 or newer with its venv module"
}

listed() {
    echo "$1" | paste -sd , | sed 's/,/, /g'
}

if [ "$(uname -s)" = Linux ] && [ -n "$(missing)" ]; then
    if ! command -v apt-get >/dev/null 2>&1; then
        reason="There is no apt-get, so nothing was installed."
        remedy="Debian's names of the packages, for this system's own installer:"
    else
        if [ "$(id -u)" = 0 ]; then
            reason="apt-get could not install everything; what it said is above."
            echo "Installing system packages…"
            apt-get update -qq || true
        else
            reason="Only root may install packages, so nothing was installed."
        fi
        remedy="Once, as root: apt-get update; apt-get install --no-install-recommends"
        # Debian 13 and Ubuntu 24.04 renamed the sound library.
        if apt-cache show libasound2t64 >/dev/null 2>&1; then
            packages=$(echo "$packages" | sed "s/libasound2/libasound2t64/")
        fi
        if [ "$(id -u)" = 0 ]; then
            # shellcheck disable=SC2086
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
                $packages >/dev/null || true
        fi
    fi
    lacking=$(missing)
    if [ -n "$lacking" ]; then
        {
            echo "Missing on this computer: $(listed "$lacking")."
            echo "$reason"
            # shellcheck disable=SC2086
            echo "$remedy" $packages
        } >&2
        exit 1
    fi
fi

python=$(python_of)
if [ -z "$python" ]; then
    echo "Missing on this computer: Python 3.11 or newer with its venv module." >&2
    exit 1
fi

stamp="$venv/locked"
if ! [ -x "$venv/bin/python" ] || ! cmp -s requirements.lock "$stamp" 2>/dev/null; then
    echo "Installing the locked libraries into $venv…"
    # A set-up that was cut off leaves an environment without pip.
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 || "$python" -m venv "$venv"
    "$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes --no-deps \
        -r requirements.lock
    cp requirements.lock "$stamp"
fi
