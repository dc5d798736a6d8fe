"""Each form as values: what it asks, and in which words. A template or a script draws it.

The redesigned site asks the same under other names: no word is kept.
"""

from dataclasses import dataclass, replace

from sandbox.web.sign_ins import RememberedBy
from sandbox.web.site import PICTURE, Site, Stage, Visit

PATHS = {
    Stage.EMAIL: "/sign-in/email",
    Stage.PASSWORD: "/sign-in",
    Stage.HUMAN: "/human-check",
    Stage.SEND: "/sign-in/send",
    Stage.CODE: "/sign-in/code",
    Stage.WAIT: "/sign-in/wait",
    Stage.CHANGE: "/sign-in/change",
    Stage.TERMS: "/terms",
    Stage.IN: "/today",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``kind`` is an input's type; ``digits`` is typed as digits."""

    name: str
    label: str
    kind: str = "text"
    autocomplete: str = ""
    value: str = ""
    is_fixed: bool = False
    digits: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """A page of the sign-in. ``challenge`` is to be signed where a key is what is remembered."""

    stage: Stage
    action: str
    title: str
    says: str
    fields: tuple[Field, ...] = ()
    button: str = "Continue"
    trouble: str = ""
    picture: str = ""
    challenge: str = ""


EMAIL = Field("email", "E-mail", "email", "username")
PASSWORD = Field("password", "Password", "password", "current-password")
NEW = Field("new_password", "New password", "password", "new-password")
AGAIN = Field("again", "New password again", "password", "new-password")
CODE = Field("code", "Six-digit code", "text", "one-time-code", digits=6)
REMEMBER = Field("remember", "Remember this device for 30 days", "checkbox")
LETTERS = Field("letters", "Letters of the picture", "text", "off")
AGREE = Field("agree", "I accept the terms", "checkbox")

REDESIGNED = {
    "email": Field("member_login", "Who is it?", "text", "off"),
    "password": Field("passphrase", "Your secret words", "password", "off"),
    "new_password": Field("passphrase_1", "Secret words from now on", "password", "off"),
    "again": Field("passphrase_2", "Once more", "password", "off"),
    "code": Field("sms_number", "Number from the text message", "tel", "off", digits=6),
    "remember": Field("stay", "Do not ask for a number here next time", "checkbox"),
    "letters": Field("shown", "What is shown?", "text", "off"),
    "agree": Field("fine", "Fine with me", "checkbox"),
}
GO = "Go"


def form_of(site: Site, visit: Visit | None, trouble: str = "", *, other: bool = False) -> Form:
    """What is asked of this browser; ``other`` where it is not who is shown."""
    form = _form(site, visit, other=other)
    if site.turns.redesigned:
        form = replace(
            form,
            title="Hello",
            says="",
            fields=tuple(_redesigned(each) for each in form.fields),
            button=GO,
        )
    challenge = site.challenge() if site.remembered_by.needs_script else ""
    return replace(form, trouble=trouble, challenge=challenge)


def given(values: dict[str, str], name: str) -> str:
    """What was typed into a field, in whichever design it was asked."""
    return values.get(name) or values.get(REDESIGNED[name].name, "")


def _redesigned(field: Field) -> Field:
    return replace(REDESIGNED[field.name], value=field.value, is_fixed=field.is_fixed)


def _form(site: Site, visit: Visit | None, *, other: bool) -> Form:
    stage = site.stage(visit)
    shown = "" if other else site.turns.shown_email
    email = replace(EMAIL, value=shown, is_fixed=True) if shown else EMAIL
    action = PATHS[stage]
    account = site.accounts.get(visit.email) if visit is not None else None
    ending = account.phone_ending if account is not None else ""
    match stage:
        case Stage.EMAIL:
            return Form(stage, action, "Sign in", "Lakeside Oral Surgery", (email,))
        case Stage.PASSWORD if visit is not None and site.sign_in.has_two_steps:
            return Form(stage, action, "Sign in", visit.email, (PASSWORD,), "Sign in")
        case Stage.PASSWORD | Stage.IN:
            says = "Lakeside Oral Surgery"
            return Form(stage, action, "Sign in", says, (email, PASSWORD), "Sign in")
        case Stage.HUMAN:
            says = "Human check: type the letters that you see."
            return Form(stage, action, "Are you human?", says, (LETTERS,), picture=PICTURE)
        case Stage.SEND:
            says = f"We can text a code to the phone ending {ending}."
            return Form(stage, action, "Confirm it is you", says, button="Send the code")
        case Stage.CODE:
            fields = (CODE,) if site.remembered_by is RememberedBy.NOTHING else (CODE, REMEMBER)
            says = f"We sent a code to the phone ending {ending}."
            return Form(stage, action, "Enter the code", says, fields)
        case Stage.WAIT:
            return Form(stage, action, "One moment", "We are checking your sign-in.", button="")
        case Stage.CHANGE:
            says = "Your password must be changed."
            return Form(stage, action, "Choose a new password", says, (NEW, AGAIN), "Change it")
        case Stage.TERMS:
            says = "Our terms of use have changed. Read and accept them to go on."
            return Form(stage, action, "Terms of use", says, (AGREE,))
