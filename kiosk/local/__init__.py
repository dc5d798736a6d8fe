"""This installation: its profile, settings, log, clock and build.

Must never know the server or Qt.
"""
