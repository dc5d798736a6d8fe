"""The trial of a package: clean Debian systems, the main job in them, and bad luck."""
