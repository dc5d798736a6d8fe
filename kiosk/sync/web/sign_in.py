"""Getting in at a site: a page that is signed in already, or filled in once, and shown.

A session of the kiosk is none of the site's: it begins and ends here, and the page goes on.
"""

import secrets
from datetime import UTC, datetime, timedelta

from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Code, Fault, Reason, Refusal, Unreachable
from kiosk.session.model.site import PageState, Seen, Whose, written
from kiosk.session.model.terms import Terms
from kiosk.session.model.trust import Trust, holds
from kiosk.session.ports import Started
from kiosk.sync.secrets.safe import Credential, TrustSecret
from kiosk.sync.web.accounts import SiteAccounts, down, reason_of
from kiosk.sync.web.conversation import Ending
from kiosk.sync.web.login import Login, credential_of, login_of
from kiosk.sync.wire.proof import DeviceKey

LONGEST_REST = timedelta(minutes=5)
"""Somebody stands there: a site that says more is asked again all the same."""
NEVER = datetime.min.replace(tzinfo=UTC)
SHOWN = frozenset({Ending.IN, Ending.PERSON_WANTED, Ending.UNCLEAR})
"""The page is shown: signed in, or as far as only a person can go on."""


A_PERSONS = frozenset({PageState.PERSON_WANTED, PageState.CHANGE_WANTED})


class SiteSignIn:
    """The way in, and the sessions that began in this process."""

    def __init__(self, accounts: SiteAccounts) -> None:
        self._accounts = accounts
        self._pages = accounts.pages
        self._sessions: dict[str, Whose] = {}
        # Whoever pressed, and whose press has not sent a password yet.
        self._permits: set[Whose] = set()
        # Until when an account's site wants to be left alone (RFC 9110 section 10.2.3).
        self._rests_until: dict[str, datetime] = {}

    def start_session(
        self, account_id: str, person_id: str, strength: Strength, *, by_itself: bool = False
    ) -> Started | Reason:
        """Their page, signed in if nobody but the kiosk is needed for it.

        Only who is in moves trust on (law 7); whoever has to go on by hand goes by what there is.
        """
        credential = self._accounts.credential(account_id)
        if not isinstance(credential, Credential):
            return credential
        whose = Whose(account_id, person_id)
        ending = self._open(credential, whose, by_itself=by_itself)
        if not isinstance(ending, Ending):
            return ending
        is_in = ending is Ending.IN
        told = self._accounts.let_in(credential.account) if is_in else self._trusted(credential)
        if not isinstance(told, tuple):
            return told
        session_id = f"here-{secrets.token_hex(8)}"
        self._sessions[session_id] = whose
        trust, terms = told
        return Started(session_id, trust, terms, written(whose))

    def renew_password(self, account_id: str, password: str) -> Reason | None:
        """Somebody typed the password: tried once, and kept if the site takes it."""
        credential = self._accounts.credential(account_id)
        if not isinstance(credential, Credential):
            return credential
        known = login_of(credential)
        if known is None:
            return Refusal(Code.DEVICE_PASSWORD_WRONG)
        login = Login(known.email, password, self._accounts.bound(credential.server))
        whose = Whose(account_id, "")
        self._pages.expect(account_id, login.email)
        seen = self._accounts.signed_out(whose)
        if not isinstance(seen, Seen):
            return seen
        ended = self._accounts.sign_in(whose, seen, login, is_typed=True)
        if isinstance(ended, Fault):
            return ended
        ending, seen = ended
        if ending is Ending.REFUSED:
            return Refusal(Code.CREDENTIALS_WRONG)
        if ending not in (Ending.IN, Ending.CODE_ASKED):
            return reason_of(ending, seen)
        self._accounts.submissions.clear(account_id)
        account = credential.account
        return self._accounts.safe.keep_credential(credential_of(account, credential.server, login))

    def page_for(self, session_id: str, *, by_itself: bool = False) -> str | Reason:
        """Their page once more: *Try again*, or what the site did while they were at it."""
        whose = self._sessions.get(session_id)
        if whose is None:
            return Refusal(Code.SESSION_ENDED)
        credential = self._accounts.credential(whose.account_id)
        if not isinstance(credential, Credential):
            return credential
        ending = self._open(credential, whose, by_itself=by_itself)
        return written(whose) if isinstance(ending, Ending) else ending

    def end_session(self, session_id: str) -> Reason | None:
        """The session is over here; what the site remembers stays."""
        whose = self._sessions.pop(session_id, None)
        if whose is not None:
            self._permits.discard(whose)
        return None

    def _open(self, credential: Credential, whose: Whose, *, by_itself: bool) -> Ending | Reason:
        """Their page, as far as it goes; or why it is not to be shown.

        One password a press: ``by_itself``, nobody pressed, a password is sent only where the last
        press found no page to send it to.
        """
        if not isinstance(self._accounts.safe.trust(whose.account_id), TrustSecret):
            return Refusal(Code.TRUST_MISSING)
        login = self._accounts.login(credential)
        if login is None and credential.account.shared:
            return Refusal(Code.PASSWORD_CHANGED)
        if login is not None:
            self._pages.expect(whose.account_id, login.email)
        if not by_itself:
            self._permits.add(whose)
        elif self._accounts.now() < self._rests_until.get(whose.account_id, NEVER):
            # It has said for how long it wants to be left alone; whoever presses asks all the same.
            return Unreachable.BUSY
        seen = self._pages.find(whose)
        self._note_rest(whose.account_id, seen)
        if login is None:
            # Their PIN has not opened it, or the computer has slept since.
            return Ending.IN if seen.state is PageState.IN else Refusal(Code.PIN_NEEDED)
        if seen.state in A_PERSONS and not isinstance(self._trusted(credential), tuple):
            # Without trust it is shown to nobody (law 1), so nobody goes on with it: begin anew.
            seen = self._pages.open_anew(whose)
        if whose not in self._permits and seen.state not in (PageState.IN, PageState.UNSENT):
            return down(seen)
        ended = self._accounts.sign_in(
            whose, seen, login, is_typed=False, spend=lambda: self._permits.discard(whose)
        )
        if isinstance(ended, Fault):
            return ended
        ending, last = ended
        self._note_rest(whose.account_id, last)
        if ending in SHOWN:
            return ending
        reason = reason_of(ending, last)
        if reason == Refusal(Code.PASSWORD_CHANGED) and not credential.account.shared:
            # What their PIN opens is of no use any more: password, code and PIN, as at first.
            return Refusal(Code.DEVICE_PASSWORD_WRONG)
        return reason

    def _note_rest(self, account_id: str, seen: Seen) -> None:
        wait = min(timedelta(seconds=seen.again_after), LONGEST_REST)
        if wait and seen.state in (PageState.DOWN, PageState.REFUSED):
            self._rests_until[account_id] = self._accounts.now() + wait
        else:
            self._rests_until.pop(account_id, None)

    def _trusted(self, credential: Credential) -> tuple[Trust, Terms] | Reason:
        """As it was: nobody has signed in."""
        account, now = credential.account, self._accounts.now()
        secret, key = self._accounts.safe.trust(account.id), self._accounts.safe.device_key()
        if not isinstance(secret, TrustSecret) or not isinstance(key, DeviceKey):
            return Refusal(Code.TRUST_MISSING)
        trust = Trust(account.id, secret.horizon_at)
        if not holds(trust, account.id, now):
            return Unreachable.NO_ANSWER
        return trust, self._accounts.terms(account, self._accounts.place(), key.thumbprint)
