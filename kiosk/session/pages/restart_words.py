"""What a restart of this computer will bring at a site: as it was tried, and what is lost by it."""

from collections.abc import Iterator
from typing import assert_never

from kiosk.session.model import state as s
from kiosk.session.model.site import LeftBehind, NextStart
from kiosk.session.pages import dates
from kiosk.session.pages.seen import zone_of
from kiosk.session.pages.views import FactLine, Tone


def told(next_start: NextStart, left: LeftBehind) -> tuple[str, Tone]:
    """In a sentence; a key that leaves no browser is missed as soon as the session is over."""
    match next_start:
        case NextStart.SIGNED_IN if left.bound:
            return "No code, until Xchart ends the session; then a code.", Tone.INFO
        case NextStart.SIGNED_IN:
            return "No code.", Tone.GOOD
        case NextStart.ASKS_PASSWORD if left.bound:
            return "A code, each time.", Tone.WARNING
        case NextStart.ASKS_PASSWORD:
            return "The password, which is filled in; perhaps a code.", Tone.INFO
        case NextStart.ASKS_CODE:
            return "A code, each time.", Tone.WARNING
        case NextStart.UNKNOWN:
            return "Perhaps a code: Xchart did not say.", Tone.INFO
        case _:
            assert_never(next_start)


def ready(known: s.Known) -> str:
    """The last page of set-up: whoever has the code is still there."""
    if known.rehearsal_attempt:
        return "One moment: trying what Xchart will want after a restart of this computer."
    if known.rehearsed is None:
        return "When Xchart wants a code again, it is asked for here."
    sentence, _ = told(known.rehearsed.next_start, known.left_behind)
    wants = f"{sentence[0].lower()}{sentence[1:]}"
    return f"After a restart of this computer: {wants} It was just tried."


def restart_lines(known: s.Known) -> Iterator[FactLine]:
    """The same for *This computer*, and what else a restart loses."""
    rehearsed, left = known.rehearsed, known.left_behind
    if rehearsed is not None:
        sentence, tone = told(rehearsed.next_start, left)
        tried = dates.short_date(rehearsed.at, zone_of(known))
        yield FactLine("After a restart", f"{sentence} Tried {tried}.", tone)
    if left.too_large:
        yield FactLine(
            "Not kept", "Xchart's page stores too much to carry it over a restart.", Tone.WARNING
        )
    elif left.strange:
        yield FactLine(
            "Not kept", "A part of what Xchart's page stores is lost by a restart.", Tone.INFO
        )
