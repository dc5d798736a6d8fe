"""The doctor's sentences about what runs out, waits or was changed: disk, version, trust, records.

Must never read anything itself: it is given what was seen. ``doctor`` owns the other sentences.
"""

from datetime import datetime, timedelta

from kiosk.cli.findings import Finding, Verdict
from kiosk.session.model.refusals import Fault
from kiosk.session.model.trust import SOON

MEGABYTE = 1024 * 1024
FULL = MEGABYTE
"""Bytes: below this the next entry may not find room for its record."""
SCARCE = 600 * MEGABYTE
"""Bytes: below this an upgrade does not find room."""
MANY = 200
"""Records: a day's; so many wait only where nothing has been sent for long."""


def judge_room(free: int) -> Finding:
    """Judge the bytes that are free where the records are kept (law 2)."""
    if free < FULL:
        sentence = "The disk is full, so nobody can be signed in: every entry is recorded first."
        return Finding("disk", Verdict.FAIL, sentence, "Free some space. Nothing is lost.")
    if free < SCARCE:
        sentence = f"The disk has {free // MEGABYTE} MB left."
        what_to_do = "Free some space: an upgrade needs more, and a full disk lets nobody in."
        return Finding("disk", Verdict.WARN, sentence, what_to_do)
    return Finding("disk", Verdict.OK, "The disk has room.")


def judge_names(whole: bool | Fault | None) -> list[Finding]:
    """Judge the names that were typed at this computer; of its keychain another finding tells."""
    if not isinstance(whole, bool):
        return []
    if whole:
        return [Finding("names", Verdict.OK, "The names that were typed here are as they were.")]
    return [
        Finding(
            "names",
            Verdict.WARN,
            "The names that were typed here were changed outside the kiosk: nobody has a tile "
            "by them.",
            "Type them again on the login screen: More, Names.",
        )
    ]


def judge_waiting(runs: str, installed: str) -> list[Finding]:
    """Judge the version that runs (empty: none does, or it does not say) beside the installed."""
    if runs in {"", installed}:
        return []
    sentence = f"The kiosk that runs is {runs}; {installed} is installed and waits for a start."
    what_to_do = "End the kiosk while nobody is at work, and start it again."
    return [Finding("update", Verdict.WARN, sentence, what_to_do)]


def judge_trust(told: dict[str, object], now: datetime) -> list[Finding]:
    """Judge until when the running kiosk asks for no code, as its status file says."""
    until = told.get("trust_until", "")
    if until is None and told.get("trusted") is True:
        return [Finding("trust", Verdict.OK, "Xchart asks for a code when it wants to.")]
    if until is None:
        sentence = "This computer is not trusted: the next sign-in needs a provider's code."
        return [Finding("trust", Verdict.WARN, sentence, "Sign in at the kiosk, with a code.")]
    try:
        left = datetime.fromisoformat(str(until)) - now
    except (ValueError, TypeError):
        return []
    if left <= timedelta(0):
        sentence = "Nobody signed in for too long: the next sign-in needs a provider's code."
        return [Finding("trust", Verdict.WARN, sentence, "Sign in at the kiosk, with a code.")]
    days = f"{left.days} days" if left.days != 1 else "1 day"
    sentence = f"A code is asked for again in {days}, if nobody signs in before."
    if left > SOON:
        return [Finding("trust", Verdict.OK, sentence)]
    return [Finding("trust", Verdict.WARN, sentence, "Sign in at the kiosk once.")]


def judge_unsent(unsent: int | None) -> Finding:
    """Judge how many records the server does not have yet; None: nobody can tell."""
    topic = "unsent"
    if unsent is None:
        sentence = "How many records were not sent cannot be seen."
        return Finding(topic, Verdict.WARN, sentence, "`kiosk audit verify` says why.")
    if not unsent:
        return Finding(topic, Verdict.OK, "The server has every record.")
    sentence = "1 record waits to be sent." if unsent == 1 else f"{unsent} records wait to be sent."
    if unsent < MANY:
        return Finding(topic, Verdict.OK, sentence)
    what_to_do = "See that the kiosk runs and reaches the server. Nothing is lost meanwhile."
    return Finding(topic, Verdict.WARN, sentence, what_to_do)


def judge_files(changed: tuple[str, ...] | None) -> list[Finding]:
    """Judge the files that are not the package's own; None: there is no package to compare with."""
    if changed is None:
        return []
    if not changed:
        return [Finding("files", Verdict.OK, "What runs is what was installed.")]
    more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
    sentence = f"Not as it was installed: {', '.join(changed[:3])}{more}."
    return [Finding("files", Verdict.FAIL, sentence, "Install the package again.")]


def judge_outside(findings: list[Finding], *, running: bool) -> list[Finding]:
    """Say what cannot be seen from outside the desktop (ssh, cron), instead of calling it broken.

    Only where a kiosk runs: it shows that there is a desktop. Its own state is in its status.
    """
    if not running:
        return findings
    return [
        Finding(
            each.topic,
            Verdict.WARN,
            f"From outside the desktop this cannot be seen: {each.topic}.",
            "Run `kiosk doctor` in the desktop's own session to see it.",
        )
        if each.topic in {"keychain", "display"} and each.verdict is Verdict.FAIL
        else each
        for each in findings
    ]
