"""The site's own code: asked for by its page, typed on the kiosk's keypad, carried into it."""

from contextlib import suppress
from dataclasses import replace

from kiosk.session.model.challenge import Challenge, Delivery, Purpose
from kiosk.session.model.people import Place
from kiosk.session.model.refusals import Code, Fault, Reason, Refusal, Unreachable
from kiosk.session.model.replies import Accepted
from kiosk.session.model.site import PageState, Part, Press, Seen
from kiosk.session.model.trust import NoTrust
from kiosk.sync.none import NOT_OFFERED
from kiosk.sync.secrets.safe import Credential
from kiosk.sync.trust_drop import drop_trust
from kiosk.sync.web.accounts import SiteAccounts, down, reason_of
from kiosk.sync.web.conversation import Ending
from kiosk.sync.web.enrolment import SiteEnrolment

AFTER_THE_CODE = frozenset({PageState.IN, PageState.PERSON_WANTED, PageState.CHANGE_WANTED})
"""The site took the code; terms to accept, or a new password, come behind it."""


class SiteApproval:
    """A computer that the site knows no longer, or that is to be signed out."""

    def __init__(self, accounts: SiteAccounts, enrolment: SiteEnrolment) -> None:
        self._accounts = accounts
        self._enrolment = enrolment
        self._tries: dict[str, int] = {}

    def open_challenge(self, purpose: Purpose, account_id: str) -> Challenge | Accepted | Reason:
        """As far as the code; or signed out, where this computer is to be removed."""
        credential = self._accounts.credential(account_id)
        if not isinstance(credential, Credential):
            return credential
        if purpose is Purpose.REMOVE:
            return self._remove(credential)
        login = self._accounts.login(credential)
        if login is None:
            # It was removed here, or is led to another site: nobody has changed anything.
            return Refusal(Code.DEVICE_PASSWORD_WRONG)
        self._accounts.pages.expect(account_id, login.email)
        whose = self._accounts.page_for_code(account_id)
        seen = self._accounts.pages.look(whose)
        if seen.state is not PageState.ASKS_CODE:
            # Where it is asked for already, the password is sent no second time, nor the code.
            seen = self._accounts.pages.open_anew(whose)
        ended = self._accounts.sign_in(whose, seen, login, is_typed=False)
        if isinstance(ended, Fault):
            return ended
        ending, last = ended
        match ending:
            case Ending.CODE_ASKED:
                return self._enrolment.challenge(purpose, credential.account)
            case Ending.IN:
                return self._returned(credential)
            case _:
                return reason_of(ending, last)

    def text_code(self, place: Place, challenge: Challenge, approver_id: str) -> Delivery | Reason:
        """The site texts by itself."""
        return NOT_OFFERED

    def answer_code(
        self, place: Place, challenge: Challenge, code: str, approver_id: str = ""
    ) -> Accepted | Reason:
        """Carry the code into the page, and keep what it brings."""
        account_id = challenge.account.id
        whose = self._accounts.page_for_code(account_id)
        seen = self._accounts.pages.look(whose)
        if seen.state is not PageState.ASKS_CODE:
            return self._no_code_asked(seen)
        tries = self._tries[challenge.id] = self._tries.get(challenge.id, 0) + 1
        if tries > challenge.tries_left:
            return Refusal(Code.TOO_MANY_TRIES)
        if self._accounts.pages.fill(whose, seen, {Part.CODE: code}) is not Press.PRESSED:
            return Unreachable.NOT_UNDERSTOOD
        seen = self._accounts.pages.follow(whose, seen)
        if seen.state in AFTER_THE_CODE:
            self._accounts.asking.pop(account_id, None)
            if challenge.purpose in (Purpose.JOIN, Purpose.OWN):
                return self._enrolment.accept(challenge.id, place)
            credential = self._accounts.credential(account_id)
            return self._returned(credential) if isinstance(credential, Credential) else credential
        if seen.state in (PageState.ASKS_CODE, PageState.REFUSED):
            return Refusal(Code.CODE_WRONG, tries_left=challenge.tries_left - tries)
        return self._no_code_asked(seen)

    def _no_code_asked(self, seen: Seen) -> Reason:
        if seen.state is PageState.DOWN:
            return down(seen)
        return Refusal(Code.CHALLENGE_OVER)

    def _returned(self, credential: Credential) -> Accepted | Reason:
        with suppress(OSError):
            self._accounts.remembered.unmark_dropped(credential.account.id)
        let_in = self._accounts.let_in(credential.account)
        if not isinstance(let_in, tuple):
            return let_in
        trust, terms = let_in
        return Accepted(trust, terms, terms.device)

    def _remove(self, credential: Credential) -> Accepted | Reason:
        """Pressed at the site first, then forgotten here; nothing by itself from then on.

        Marked before: a crash in between leaves no way in without a code.
        """
        account_id, remembered = credential.account.id, self._accounts.remembered
        was_dropped = remembered.trust_dropped(account_id)
        with suppress(OSError):
            remembered.mark_dropped(account_id)
        if not self._accounts.pages.sign_out(account_id):
            if not was_dropped:
                with suppress(OSError):
                    remembered.unmark_dropped(account_id)
            return Unreachable.NO_ANSWER
        self._accounts.submissions.latch(account_id)
        fault = self._accounts.safe.keep_credential(replace(credential, device_password=""))
        fault = drop_trust(self._accounts.safe, remembered, account_id) or fault
        if fault is not None:
            return fault
        return Accepted(NoTrust.REMOVED, None, "")
