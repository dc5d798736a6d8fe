"""A site that has only a web sign-in: whose page it is, and what a look at it showed.

What a page says may name patients: a look carries none of its words (law 10).
"""

from datetime import datetime
from enum import StrEnum

from kiosk.session.model.value import value


@value
class Whose:
    """Whose page: each person on an account has one of their own, in the account's profile."""

    account_id: str
    person_id: str


APART = "\t"
"""Instead of a person's id: a page in a profile of its own, on which somebody proves to be the
account's; no name has a tab."""


class PageState(StrEnum):
    """What a page wants. The same for every carrier and every site."""

    ASKS_EMAIL = "asks_email"
    ASKS_PASSWORD = "asks_password"
    """Perhaps with the e-mail beside it."""
    ASKS_CODE = "asks_code"
    CHANGE_WANTED = "change_wanted"
    """The password has to be replaced by a new one."""
    PERSON_WANTED = "person_wanted"
    """A human check, terms, somebody else's e-mail: only a person can go on."""
    IN = "in"
    REFUSED = "refused"
    """The site said no to what was filled in; ``again_after`` says for how long, where it does."""
    DOWN = "down"
    """No page, or one that says that the site does not work."""
    ELSEWHERE = "elsewhere"
    """Not at the origin that was configured."""
    UNSENT = "unsent"
    """The next page did not come; the one before it is there, with what somebody has typed."""
    UNKNOWN = "unknown"


class Part(StrEnum):
    """What the kiosk fills in."""

    EMAIL = "email"
    PASSWORD = "password"
    CODE = "code"


@value
class Seen:
    """What one look showed, the same twice. ``load`` counts the documents of that page.

    ``again_after`` is in seconds, 0 where nothing was said. ``both``: e-mail and password are asked
    for in one form. ``status`` is what the server answered the document with, 0 where unknown.
    """

    state: PageState
    load: int
    again_after: int = 0
    both: bool = False
    status: int = 0


class Press(StrEnum):
    """How filling something in ended."""

    PRESSED = "pressed"
    GONE = "gone"
    """The page is another than the one that was looked at: nothing was filled in."""
    UNSAFE = "unsafe"
    """It would have gone elsewhere, or into an address: nothing is left in the field."""
    NOT_TAKEN = "not_taken"
    """The field did not keep it, or the button stayed disabled: a person has to."""


class NextStart(StrEnum):
    """What the site's page shows after a restart of this computer, before anything is typed."""

    SIGNED_IN = "signed_in"
    ASKS_PASSWORD = "asks_password"
    ASKS_CODE = "asks_code"
    UNKNOWN = "unknown"
    """It did not come, or wanted something else."""


@value
class Rehearsed:
    """A restart was rehearsed at that instant: observed, not assumed."""

    next_start: NextStart
    at: datetime


@value
class LeftBehind:
    """What of a page's storage is not carried over a restart.

    ``bound`` counts keys that leave no browser: without them the site will ask for a code.
    ``strange`` counts what else has no way out, ``too_large`` says that all of it is too much.
    """

    bound: int = 0
    strange: int = 0
    too_large: bool = False


NOTHING_LEFT = LeftBehind()


def written(whose: Whose) -> str:
    """As one text, for a slot: ids and names have no line feeds."""
    return f"{whose.account_id}\n{whose.person_id}"


def read_whose(text: str) -> Whose | None:
    """The same, read; None where it is an address, or nothing."""
    account_id, parted, person_id = text.partition("\n")
    return Whose(account_id, person_id) if parted and account_id else None
