"""Who looks at a page: the browser, its session, and whether the request is its own.

Cookies are HttpOnly and SameSite=Lax; a POST must also come from our own origin.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from fastapi.templating import Jinja2Templates
from sqlalchemy.orm import Session

from sandbox.access import browsers
from sandbox.access.grants import organization
from sandbox.admin.members import demand_role
from sandbox.contract.refusals import Refusal
from sandbox.identity.accounts import has_role, usable
from sandbox.server.addresses import own_origin
from sandbox.server.server_state import ServerState
from sandbox.server.tokens import fingerprint
from sandbox.tables.rows import Account, Device, KioskSession, WebSession

SESSION_COOKIE = "xchart_session"
BROWSER_COOKIE = "xchart_browser"
_A_YEAR = 365 * 24 * 3600

TEMPLATES = Jinja2Templates(Path(__file__).parent.parent / "templates")


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in visitor; ``kiosk`` and ``device`` when the page was opened from a kiosk."""

    account: Account
    web: WebSession
    kiosk: KioskSession | None
    device: Device | None

    @property
    def assisting(self) -> str:
        """The person named on a shared account, or nothing."""
        if self.kiosk is None or self.kiosk.person_name == self.account.label:
            return ""
        return self.kiosk.person_name

    @property
    def admin(self) -> bool:
        """Whether the Case Manager's Members page is theirs."""
        return has_role(self.account, "admin")


def state_of(request: Request) -> ServerState:
    """The server this request came to."""
    state = request.app.state.server
    if not isinstance(state, ServerState):
        raise TypeError("the application has no server state")
    return state


def visitor(request: Request, db: Session) -> Visitor | None:
    """The live web session of this browser: it dies with its kiosk session and its account."""
    web = db.get(WebSession, fingerprint(request.cookies.get(SESSION_COOKIE, "")))
    now = state_of(request).clock.now()
    if web is None or web.ended_at is not None or now >= web.ends_at:
        return None
    account = db.get_one(Account, web.account_id)
    kiosk = device = None
    if web.kiosk_session_id is not None:
        kiosk = db.get_one(KioskSession, web.kiosk_session_id)
        device = db.get(Device, kiosk.jkt)
    return Visitor(account, web, kiosk, device) if usable(account) else None


def demand_visitor(request: Request, db: Session) -> Visitor:
    """The visitor, or a refusal that asks to sign in."""
    found = visitor(request, db)
    if found is None:
        raise Refusal("session_ended")
    return found


@contextmanager
def admins_act(request: Request) -> Iterator[tuple[Session, Account]]:
    """One unit of work that an admin asked for by a form of our own."""
    demand_own_origin(request)
    with state_of(request).unit() as db:
        account = demand_visitor(request, db).account
        demand_role(account, "admin")
        yield db, account


def at_a_kiosk(request: Request, db: Session) -> bool:
    """Whether the page is a kiosk's: whoever sits down there is not who opened it."""
    who = visitor(request, db)
    return who is not None and who.kiosk is not None


def demand_own_origin(request: Request) -> None:
    """Refuse a form that another site sent."""
    if request.headers.get("origin") != own_origin(request):
        raise Refusal("proof_invalid", "the form came from another site")


def browser_secret(request: Request) -> str:
    """What this browser is known by; a new one where there is none yet."""
    return browsers.secret_in(request.cookies.get(BROWSER_COOKIE, ""))


def set_browser(response: Response, secret: str) -> None:
    """Remember which browser this is."""
    response.set_cookie(BROWSER_COOKIE, secret, _A_YEAR, httponly=True, samesite="lax")


def set_session(response: Response, secret: str) -> None:
    """Sign this browser in until it closes."""
    response.set_cookie(SESSION_COOKIE, secret, httponly=True, samesite="lax")


def page(
    request: Request, db: Session, template: str, status: int = 200, **words: object
) -> Response:
    """A page with its header: organization, and who is signed in."""
    who = words.pop("who", None) or visitor(request, db)
    context = {**words, "organization": organization(db), "who": who}
    return TEMPLATES.TemplateResponse(request, template, context, status)


def telling(
    request: Request, title: str, text: str, status: int = 200, link: str = "/signin"
) -> Response:
    """A page that only tells something."""
    words = {"title": title, "text": text, "link": link, "organization": "", "who": None}
    return TEMPLATES.TemplateResponse(request, "telling.html", words, status)


def see(address: str) -> RedirectResponse:
    """Go on by GET (RFC 9110, section 15.4.4)."""
    return RedirectResponse(address, 303)
