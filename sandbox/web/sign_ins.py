"""The ways in which the sign-in can be built, by name, and how it remembers a computer."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class SignIn:
    """One way. ``template`` draws its forms, ``scripts`` are its own of ``scripts/``.

    ``is_hostile``: a password that is filled in there may go to somebody else, or be seen.
    """

    name: str
    says: str
    template: str = "form.html"
    scripts: tuple[str, ...] = ()
    has_two_steps: bool = False
    is_hostile: bool = False


GOOD = (
    SignIn("classic", "one form, sent by POST, then a redirect"),
    SignIn("two_steps", "a page for the e-mail, then one for the password", has_two_steps=True),
    SignIn(
        "scripted",
        "drawn by a script that owns what stands in the fields, as React does",
        "drawn.html",
        ("scripted.js",),
    ),
    SignIn("shadow", "the form lies in an open shadow root", "drawn.html", ("shadow.js",)),
    SignIn(
        "disabled_until_typed",
        "the button is disabled until every field heard that it was typed into",
        scripts=("typed.js",),
    ),
    SignIn(
        "same_page_code",
        "the code is asked for on the same page, after a fetch",
        "drawn.html",
        ("same_page.js",),
    ),
    SignIn(
        "six_boxes",
        "the code has six boxes of one digit, which send themselves",
        "boxes.html",
        ("boxes.js",),
    ),
)

ALL = {each.name: each for each in GOOD}


class RememberedBy(StrEnum):
    """Where what makes a computer known lies."""

    HOST_COOKIE = "host_cookie"
    PARTITIONED = "partitioned"
    LOCAL_STORAGE = "local_storage"
    INDEXED_DB = "indexed_db"
    BOUND_KEY = "bound_key"
    """A key in IndexedDB that cannot be taken out; it signs a challenge."""
    NOTHING = "nothing"

    @property
    def is_cookie(self) -> bool:
        """Whether the browser brings it by itself."""
        return self in (self.HOST_COOKIE, self.PARTITIONED)

    @property
    def needs_script(self) -> bool:
        """Whether a script has to bring it with the form."""
        return self in (self.LOCAL_STORAGE, self.INDEXED_DB, self.BOUND_KEY)
