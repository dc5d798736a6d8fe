"""From the source tree to what clinic IT installs: frozen program, package, bill of materials."""
