"""The ways in which the sign-in can be built, by name, and how it remembers a computer."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class SignIn:
    """One way. ``template`` draws its forms, ``scripts`` are its own of ``scripts/``.

    ``is_shell``: one document for every address, and a service worker that has it. ``is_hostile``:
    a page that no program should fill in as it stands, or only the right one of its forms.
    ``is_by_hand``: a program cannot, and has to leave it to a person.
    """

    name: str
    says: str
    template: str = "form.html"
    scripts: tuple[str, ...] = ()
    has_two_steps: bool = False
    is_shell: bool = False
    is_hostile: bool = False
    is_by_hand: bool = False


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
    SignIn(
        "shell",
        "an app in the browser: nothing is navigated, and a service worker has it when it is down",
        "shell.html",
        ("shell.js",),
        is_shell=True,
    ),
    SignIn("no_form", "fields and a button without a form", "drawn.html", ("no_form.js",)),
    SignIn(
        "text_until_focus",
        "the password's field is one of text until it has the focus",
        scripts=("text_until_focus.js",),
    ),
    SignIn(
        "closed_shadow",
        "the form lies in a closed shadow root",
        "drawn.html",
        ("shadow.js",),
        is_by_hand=True,
    ),
    SignIn(
        "counts_keys",
        "what stands in a field counts only if as many keys were pressed in it",
        scripts=("counts_keys.js",),
        is_by_hand=True,
    ),
)
"""Those that a person can sign in to."""


def _hostile(name: str, says: str) -> SignIn:
    return SignIn(f"hostile_{name}", says, f"hostile/{name}.html", is_hostile=True)


HOSTILE = (
    _hostile("foreign_frame", "the form of another origin lies in a frame"),
    _hostile("look_alike_redirect", "the start leads to another origin that looks the same"),
    _hostile("foreign_action", "the form is sent to another origin"),
    _hostile("foreign_formaction", "the button sends the form to another origin"),
    _hostile("swapped_at_press", "a script leads the form elsewhere when the button is pressed"),
    _hostile("swapped_at_submit", "a script leads the form elsewhere when it is sent"),
    _hostile("swapped_at_input", "a script leads the form elsewhere when the password is typed"),
    _hostile("hidden_field", "password fields that nobody sees stand before the right one"),
    _hostile("transparent", "the only password field cannot be seen through its opacity"),
    _hostile("no_size", "the only password field has no size"),
    _hostile("overlay", "something lies over the password field"),
    _hostile("overlay_button", "something lies over the button"),
    _hostile("form_after_in", "a sign-in form stands beside the sign-out"),
    _hostile("password_in_address", "the form is sent by GET"),
    _hostile("blob", "the form lies in a blob: document, which the page goes to"),
    _hostile("data", "the form lies in a data: frame"),
    _hostile("srcdoc", "the form lies in a srcdoc frame"),
    _hostile("newsletter", "a newsletter asks for an e-mail before the sign-in does"),
    _hostile("sign_up", "a new login is to be made, with a password typed twice"),
    _hostile("forgot", "a link for a forgotten password is offered, and asks for an e-mail"),
)

ALL = {each.name: each for each in (*GOOD, *HOSTILE)}


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
