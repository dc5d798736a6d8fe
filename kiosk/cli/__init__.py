"""What IT types: words, exit codes, sentences; a file a verb.

Must never hold what a running kiosk needs.
"""
