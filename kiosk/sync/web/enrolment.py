"""Letting a computer in at a site for the first time: the password once, then the site's code.

What was typed waits here, in memory, for the code that follows; a restart forgets it, and so does
the next try.
"""

import secrets
from contextlib import suppress
from datetime import timedelta

from kiosk.session.model.challenge import Challenge, Purpose
from kiosk.session.model.people import Account, Approver, Invited, Place
from kiosk.session.model.refusals import Code, Fault, Reason, Refusal
from kiosk.session.model.replies import Accepted
from kiosk.session.model.site import APART, NextStart, PageState, Rehearsed, Seen, Whose
from kiosk.sync.files import Joining
from kiosk.sync.none import NOT_OFFERED
from kiosk.sync.secrets.safe import Credential
from kiosk.sync.web.accounts import SiteAccounts, reason_of
from kiosk.sync.web.conversation import Ending
from kiosk.sync.web.login import Login, credential_of
from kiosk.sync.web.terms import PHONE, account_of, own_account_of, phone_of

CODE_LIVES = timedelta(minutes=10)
"""The site does not say; after so long the keypad is put away (design.md section 3, Limits)."""
TRIES = 5
NEXT_START = {
    PageState.IN: NextStart.SIGNED_IN,
    PageState.ASKS_EMAIL: NextStart.ASKS_PASSWORD,
    PageState.ASKS_PASSWORD: NextStart.ASKS_PASSWORD,
    PageState.ASKS_CODE: NextStart.ASKS_CODE,
}


class SiteEnrolment:
    """The way in for a computer that has no factor of its own yet."""

    def __init__(self, accounts: SiteAccounts) -> None:
        self._accounts = accounts
        self._waiting: tuple[str, Credential] | None = None

    def open_challenge(
        self, purpose: Purpose, place: Place, email: str, password: str
    ) -> Challenge | Accepted | Reason:
        """Sign in with what was typed, as far as the code."""
        self._waiting = None
        if not email or not password:
            return Refusal(Code.CREDENTIALS_WRONG)
        account = self._account_for(purpose, place, email)
        if not isinstance(account, Account):
            return account
        key = self._accounts.safe.make_device_key()
        if isinstance(key, Fault):
            return key
        login = Login(email, password, self._accounts.bound(place.server))
        credential = credential_of(account, place.server, login)
        pages = self._accounts.pages
        pages.expect(account.id, email)
        # Whoever stands here may be nobody: what is theirs who have that login stays as it is.
        is_known = account.id in self._accounts.remembered.accounts()
        whose = Whose(account.id, APART if is_known else "")
        seen = pages.open_apart(account.id) if is_known else self._accounts.signed_out(whose)
        if not isinstance(seen, Seen):
            return seen
        ended = self._accounts.sign_in(whose, seen, login, is_typed=True)
        if isinstance(ended, Fault):
            return ended
        ending, last = ended
        if ending not in (Ending.CODE_ASKED, Ending.IN):
            pages.end_apart(account.id, adopt=False)
        match ending:
            case Ending.CODE_ASKED:
                challenge = self.challenge(purpose, account)
                self._waiting = (challenge.id, credential)
                return challenge
            case Ending.IN:
                self._waiting = ("", credential)
                return self.accept("", place)
            case Ending.REFUSED:
                return Refusal(Code.CREDENTIALS_WRONG)
            case _:
                return reason_of(ending, last)

    def challenge(self, purpose: Purpose, account: Account) -> Challenge:
        """The site asks for its code, which it has texted by itself."""
        until = self._accounts.now() + CODE_LIVES
        site = self._accounts.settings.site
        phone = phone_of(site) if account.shared else Approver(PHONE, account.label, "")
        challenge_id = f"here-{secrets.token_hex(8)}"
        return Challenge(challenge_id, purpose, account, (phone,), until, TRIES, sent=True)

    def accept(self, challenge_id: str, place: Place) -> Accepted | Reason:
        """The site let this computer in: what was typed is kept from now on (facts.md S14)."""
        waiting, self._waiting = self._waiting, None
        if waiting is None or waiting[0] != challenge_id:
            return Refusal(Code.CHALLENGE_OVER)
        _, credential = waiting
        account = credential.account
        self._accounts.pages.end_apart(account.id, adopt=True)
        kept = self._keep(credential, place) if account.shared else self._keep_own(credential)
        if kept is not None:
            return kept
        let_in = self._accounts.let_in(account)
        if not isinstance(let_in, tuple):
            return let_in
        trust, terms = let_in
        return Accepted(trust, terms, terms.device)

    def _account_for(self, purpose: Purpose, place: Place, email: str) -> Account | Reason:
        """Whose login that is."""
        shared = account_of(self._accounts.settings.site, place.server, email)
        if purpose is not Purpose.OWN:
            is_own = any(shared.id == each for each, _ in self._accounts.remembered.own())
            # A person's own login is not everybody's from now on (law 6).
            return Refusal(Code.ACCOUNT_PRIVILEGED) if is_own else shared
        if not self._accounts.own_logins.offered:
            return NOT_OFFERED
        joining = self._accounts.remembered.joining()
        if joining is not None and joining.account_id == shared.id:
            return Refusal(Code.NOT_PERSONAL)
        return own_account_of(shared.id, email)

    def _keep_own(self, credential: Credential) -> Fault | None:
        self._accounts.submissions.clear(credential.account.id)
        return self._accounts.own_logins.keep(credential, self._accounts.now())

    def _keep(self, credential: Credential, place: Place) -> Fault | None:
        account = credential.account
        safe, remembered = self._accounts.safe, self._accounts.remembered
        before = remembered.joining()
        if before is not None and before.account_id != account.id:
            # One account, one password: of the other nothing is kept beside it.
            self._accounts.pages.let_go(before.account_id)
            fault = safe.forget_credential(before.account_id) or safe.forget_trust(
                before.account_id
            )
            if fault is not None:
                return fault
        self._accounts.submissions.clear(account.id)
        fault = safe.keep_credential(credential)
        if fault is not None:
            return fault
        try:
            remembered.keep_joining(Joining(account.id, place.location, place.operatory))
            remembered.unmark_dropped(account.id)
        except OSError:
            return Fault.RECORDS_FULL
        return None

    def rehearse(self, account_id: str) -> Rehearsed | Reason:
        """As a restart would find the site's page; kept, for *This computer*."""
        seen = self._accounts.pages.rehearse(account_id)
        found = Rehearsed(NEXT_START.get(seen.state, NextStart.UNKNOWN), self._accounts.now())
        # A word for people, and no more: not worth an error.
        with suppress(OSError):
            self._accounts.remembered.keep_rehearsed(account_id, found)
        return found

    def read_invitation(self, place: Place, link: str) -> Invited | Reason:
        """An invitation is accepted in a browser."""
        return NOT_OFFERED

    def accept_invitation(
        self, place: Place, link: str, password: str, phone: str
    ) -> Reason | None:
        """The same."""
        return NOT_OFFERED
