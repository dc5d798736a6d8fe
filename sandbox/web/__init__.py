"""A site that has only a web sign-in, as Xchart is today: for the kiosk's mode without an API.

It is built in the ways in which sign-ins are built, the malicious ones too, and each can be turned
while it runs. It shares nothing with the reference server but what loopback is called.
"""
