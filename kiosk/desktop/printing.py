"""Handing a document to the computer's own printing: CUPS, on Linux and macOS.

Must never show a dialog, choose a printer by itself, or write a file. What the computer's spool
keeps is the computer's (it-guide.md).
"""

import shutil
import subprocess

PROGRAM = "lp"
WITHIN_SECONDS = 10.0
TITLE = "Xchart"
"""What the queue shows: never the page's own title, which may name a patient."""


def can_print() -> bool:
    """Whether this computer has a way to print."""
    return shutil.which(PROGRAM) is not None


def print_document(printer: str, document: bytes) -> bool:
    """Queue a PDF on that printer; whether it was taken."""
    program = shutil.which(PROGRAM)
    if program is None or not document:
        return False
    command = [program, "-d", printer, "-t", TITLE, "-s", "--", "-"]
    try:
        done = subprocess.run(  # noqa: S603 - the program of the system, no shell
            command, input=document, capture_output=True, timeout=WITHIN_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
