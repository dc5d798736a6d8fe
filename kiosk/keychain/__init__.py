"""The operating system's keychain: the port, and an adapter a system.

Must never fall back to a file.
"""
