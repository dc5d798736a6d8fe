"""What every call about a site's account needs: what the keychain has of it, and a way to sign in.

The one place where the keychain, the count of tries and the site's pages meet.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.local.settings import Settings
from kiosk.session.model.people import Account, Place
from kiosk.session.model.refusals import Code, Fault, Reason, Refusal, Unreachable
from kiosk.session.model.site import APART, PageState, Seen, Whose
from kiosk.session.model.terms import Roster, Terms
from kiosk.session.model.trust import Trust
from kiosk.session.ports import SitePages
from kiosk.sync.files import Joining, LocalFiles
from kiosk.sync.secrets.safe import Credential, Safe, TrustSecret
from kiosk.sync.web.conversation import TOO_MANY, Ending, converse
from kiosk.sync.web.login import Login, login_of, site_of
from kiosk.sync.web.own_logins import OwnLogins
from kiosk.sync.web.roster import KeptRoster
from kiosk.sync.web.submissions import Submissions
from kiosk.sync.web.terms import horizon_after, terms_of

REMEMBERED = "the site"
"""Stands for the trust token: the site keeps its own in the page's profile."""
SERVER_ERRORS = 500


@dataclass(frozen=True, slots=True)
class SiteAccounts:
    """One kiosk's accounts at its site. ``now`` is trusted time."""

    pages: SitePages
    safe: Safe
    remembered: LocalFiles
    submissions: Submissions
    roster: KeptRoster
    settings: Settings
    now: Callable[[], datetime]
    own_logins: OwnLogins
    asking: dict[str, Whose] = field(default_factory=dict)
    """Whose page of each account a code was last asked for on: it is given there."""

    def sign_in(
        self,
        whose: Whose,
        seen: Seen,
        login: Login,
        *,
        is_typed: bool,
        spend: Callable[[], None] = lambda: None,
    ) -> tuple[Ending, Seen] | Fault:
        """Go on from what was seen, filling in each part once. ``is_typed``: by a person, now.

        That is counted too: it may be pressed while the power goes. ``spend`` is told
        before one is sent.
        """
        account_id = whose.account_id
        apart = whose.person_id == APART
        if seen.state is PageState.ASKS_CODE and self.asking.get(account_id) != whose:
            # For a password that was not sent from here: whoever is half-way in is somebody else.
            if not self.pages.sign_out(account_id):
                return Ending.DOWN, seen
            seen = self.pages.open_anew(whose)

        counted = list[None]()

        def before_password() -> Fault | None:
            spend()
            counted.append(None)
            return self.submissions.count(account_id)

        ended = converse(
            self.pages,
            whose,
            seen,
            login.typed(),
            may_fill=is_typed or self.submissions.may_fill(account_id),
            before_password=before_password,
        )
        if isinstance(ended, Fault):
            return ended
        match ended[0]:
            case Ending.IN:
                self.asking.pop(account_id, None)
                self.submissions.clear(account_id)
            case Ending.CODE_ASKED:
                self.asking[account_id] = whose
                self.submissions.clear(account_id)
            case Ending.REFUSED if apart:
                # It says nothing of the password that is kept: anybody may guess at a login.
                self.submissions.take_back(account_id, len(counted))
            case Ending.REFUSED:
                self.submissions.latch(account_id)
            case Ending.DOWN if counted:
                # The site has not judged this one: neither a yes nor a no. Of those before whose
                # outcome nobody saw it tells nothing.
                self.submissions.take_back(account_id, len(counted))
            case _:
                pass
        return ended

    def bound(self, server: str) -> str:
        """That server's site, as the settings have it."""
        return site_of(server, self.settings.site)

    def login(self, credential: Credential) -> Login | None:
        """What may be typed at that site; None where somebody has to type the password first."""
        login = login_of(credential)
        return login if login is not None and login.bound == self.bound(credential.server) else None

    def signed_out(self, whose: Whose) -> Seen | Reason:
        """The site's start as a stranger sees it: what is typed there is really tried.

        Where the site still knows somebody, they are signed out first, and its code is due again.
        """
        seen = self.pages.open_anew(whose)
        if seen.state is not PageState.IN:
            return seen
        if not self.pages.sign_out(whose.account_id):
            return Unreachable.NO_ANSWER
        seen = self.pages.open_anew(whose)
        return Unreachable.NOT_UNDERSTOOD if seen.state is PageState.IN else seen

    def page_for_code(self, account_id: str) -> Whose:
        """Where the site asked for its code, or the account's own page."""
        return self.asking.get(account_id, Whose(account_id, ""))

    def credential(self, account_id: str) -> Credential | Reason:
        """What is kept of that account."""
        return self.safe.credential(account_id) or Refusal(Code.DEVICE_PASSWORD_WRONG)

    def let_in(self, account: Account) -> tuple[Trust, Terms] | Reason:
        """A person's sign-in was taken: trust moves on (law 7), and the terms that are set here."""
        key = self.safe.device_key()
        if key is None or isinstance(key, Fault):
            return key or Fault.KEYCHAIN_CORRUPT
        horizon_at = horizon_after(self.settings.site, self.now())
        secret = TrustSecret(REMEMBERED, horizon_at)
        known = self.safe.trust(account.id)
        if not isinstance(known, TrustSecret) or known.horizon_at != horizon_at:
            fault = self.safe.keep_trust(account.id, secret)
            if fault is not None:
                return fault
        return Trust(account.id, horizon_at), self.terms(account, self.place(), key.thumbprint)

    def terms(self, account: Account, place: Place, device: str) -> Terms:
        """What was set at this computer; without names where the keychain does not answer."""
        kept = self.roster.of(account.id)
        roster = Roster() if isinstance(kept, Fault) else kept
        return terms_of(account, self.settings, roster, place, device, self.now())

    def place(self) -> Place:
        """The room that this computer was given; before that, as the settings have it."""
        joining = self.remembered.joining()
        said = self.settings.place
        if not isinstance(joining, Joining):
            return said
        return Place(said.server, joining.location, joining.operatory)


def reason_of(ending: Ending, seen: Seen) -> Reason:
    """Why nobody is in, in the words of the core."""
    match ending:
        case Ending.CODE_ASKED:
            return Refusal(Code.TRUST_MISSING)
        case Ending.REFUSED | Ending.HELD_BACK:
            return Refusal(Code.PASSWORD_CHANGED)
        case Ending.ELSEWHERE:
            return Unreachable.NOT_UNDERSTOOD
        case Ending.DOWN:
            return down(seen)
        case Ending.IN | Ending.PERSON_WANTED | Ending.UNCLEAR:
            return Unreachable.NOT_UNDERSTOOD


def down(seen: Seen) -> Unreachable:
    """Why there is no page."""
    if seen.state is PageState.DOWN and seen.status >= SERVER_ERRORS:
        return Unreachable.SERVER_FAULT
    busy = seen.status == TOO_MANY or seen.again_after > 0
    return Unreachable.BUSY if busy else Unreachable.NO_ANSWER
