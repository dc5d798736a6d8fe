"""What lies in the keychain, sealed or held open.

Must never speak to the server.
"""
