#!/bin/sh
# The program on Linux: Debian's own Python over the modules that lie beside it, as `python -I`.
# Nothing is taken from the environment or from the folder that it is started in.
here=$(/usr/bin/readlink -f "$0")
exec "${here%/*}/bin/kiosk" -I -S -c 'import sys; from kiosk.cli import main; sys.exit(main())' "$@"
