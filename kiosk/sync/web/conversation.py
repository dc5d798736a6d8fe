"""Signing in at a site's page: what to fill in next, by what was seen. One of each, then stop.

``next_move`` is pure. Filling in the same thing twice is how a clinic gets its address banned, and
how a password lands where a code belongs: what was filled in once and is asked for again counts as
a no.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

from kiosk.session.model.refusals import Fault
from kiosk.session.model.site import PageState, Part, Press, Seen, Whose
from kiosk.session.ports import SitePages

TOO_MANY = 429
MOST_MOVES = 8
"""More pages than any sign-in has; a site that leads in a circle is not followed."""


class Ending(StrEnum):
    """Where a conversation ended."""

    IN = "in"
    CODE_ASKED = "code_asked"
    REFUSED = "refused"
    HELD_BACK = "held_back"
    """Nothing was filled in: only a person may now."""
    PERSON_WANTED = "person_wanted"
    DOWN = "down"
    ELSEWHERE = "elsewhere"
    UNCLEAR = "unclear"


ENDINGS = {
    PageState.IN: Ending.IN,
    PageState.ASKS_CODE: Ending.CODE_ASKED,
    PageState.REFUSED: Ending.REFUSED,
    PageState.CHANGE_WANTED: Ending.PERSON_WANTED,
    PageState.PERSON_WANTED: Ending.PERSON_WANTED,
    PageState.UNSENT: Ending.PERSON_WANTED,
    PageState.DOWN: Ending.DOWN,
    PageState.ELSEWHERE: Ending.ELSEWHERE,
    PageState.UNKNOWN: Ending.UNCLEAR,
}


def next_move(seen: Seen, filled: frozenset[Part], *, may_fill: bool) -> frozenset[Part] | Ending:
    """What to fill in together, or where it ended."""
    match seen.state:
        case PageState.ASKS_EMAIL:
            wanted = frozenset({Part.EMAIL})
        case PageState.ASKS_PASSWORD if seen.both:
            wanted = frozenset({Part.EMAIL, Part.PASSWORD})
        case PageState.ASKS_PASSWORD:
            wanted = frozenset({Part.PASSWORD})
        case PageState.REFUSED if seen.status == TOO_MANY or seen.again_after:
            # It wants to be left alone, and has not looked at what was sent.
            return Ending.DOWN
        case _:
            return ENDINGS[seen.state]
    if not may_fill:
        return Ending.HELD_BACK
    # A page of both after a page of the e-mail alone is the same e-mail carried on.
    asked_again = Part.PASSWORD in filled or wanted <= filled
    return Ending.REFUSED if asked_again else wanted


def converse(
    pages: SitePages,
    whose: Whose,
    seen: Seen,
    typed: Mapping[Part, str],
    *,
    may_fill: bool,
    before_password: Callable[[], Fault | None],
) -> tuple[Ending, Seen] | Fault:
    """Go on from what was seen until it ends. ``before_password`` counts the try durably first."""
    filled = frozenset[Part]()
    for _ in range(MOST_MOVES):
        move = next_move(seen, filled, may_fill=may_fill)
        if isinstance(move, Ending):
            return move, seen
        if Part.PASSWORD in move and (fault := before_password()) is not None:
            return fault
        match pages.fill(whose, seen, {part: typed[part] for part in move}):
            case Press.PRESSED:
                filled |= move
                before, seen = seen, pages.follow(whose, seen)
                if (before.state, before.load) == (seen.state, seen.load):
                    # Nothing came of the press: a person sees why.
                    return Ending.PERSON_WANTED, seen
            case Press.GONE:
                # It was never filled in; what was counted stays counted.
                filled |= move & {Part.PASSWORD}
                seen = pages.look(whose)
            case Press.UNSAFE:
                return Ending.ELSEWHERE, seen
            case Press.NOT_TAKEN:
                return Ending.PERSON_WANTED, seen
    return Ending.UNCLEAR, seen
