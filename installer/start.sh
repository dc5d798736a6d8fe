#!/bin/sh
# The program on Linux: Debian's own Python over the modules that lie beside it, as `python -I`.
# Nothing is taken from the environment or from the folder that it is started in; nor are the
# libraries of another program that starts it, which the linker would take before the kiosk's own.
unset LD_AUDIT LD_LIBRARY_PATH LD_PRELOAD
here=$(/usr/bin/readlink -f "$0") || exit 1
exec "${here%/*}/bin/kiosk" -I -S -c 'import sys; from kiosk.cli.main import main; sys.exit(main())' "$@"
