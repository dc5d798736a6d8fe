"""The ports of a site, which tell the judge for which press each of their calls is."""

from dataclasses import dataclass

from kiosk.session.model.challenge import Challenge, Delivery, Purpose
from kiosk.session.model.people import Invited, Place, Strength
from kiosk.session.model.refusals import Reason
from kiosk.session.model.replies import Accepted
from kiosk.session.model.site import Rehearsed
from kiosk.session.ports import Approval, Enrolment, SignIn, Started
from tests.simulation.presses import Presses


@dataclass(frozen=True)
class ToldSignIn:
    """Sessions and pages."""

    port: SignIn
    presses: Presses

    def start_session(
        self, account_id: str, person_id: str, strength: Strength, *, by_itself: bool = False
    ) -> Started | Reason:
        self.presses.begins()
        return self.port.start_session(account_id, person_id, strength, by_itself=by_itself)

    def renew_password(self, account_id: str, password: str) -> Reason | None:
        self.presses.begins()
        return self.port.renew_password(account_id, password)

    def page_for(self, session_id: str, *, by_itself: bool = False) -> str | Reason:
        self.presses.begins()
        return self.port.page_for(session_id, by_itself=by_itself)

    def end_session(self, session_id: str) -> Reason | None:
        return self.port.end_session(session_id)


@dataclass(frozen=True)
class ToldApproval:
    """Codes, and a computer's removal."""

    port: Approval
    presses: Presses

    def open_challenge(self, purpose: Purpose, account_id: str) -> Challenge | Accepted | Reason:
        self.presses.begins()
        told = self.port.open_challenge(purpose, account_id)
        if purpose is Purpose.REMOVE and isinstance(told, Accepted):
            self.presses.removed(account_id)
        return told

    def text_code(self, place: Place, challenge: Challenge, approver_id: str) -> Delivery | Reason:
        return self.port.text_code(place, challenge, approver_id)

    def answer_code(
        self, place: Place, challenge: Challenge, code: str, approver_id: str = ""
    ) -> Accepted | Reason:
        return self.port.answer_code(place, challenge, code, approver_id)


@dataclass(frozen=True)
class ToldEnrolment:
    """The first day."""

    port: Enrolment
    presses: Presses

    def open_challenge(
        self, purpose: Purpose, place: Place, email: str, password: str
    ) -> Challenge | Accepted | Reason:
        self.presses.begins()
        return self.port.open_challenge(purpose, place, email, password)

    def rehearse(self, account_id: str) -> Rehearsed | Reason:
        return self.port.rehearse(account_id)

    def read_invitation(self, place: Place, link: str) -> Invited | Reason:
        return self.port.read_invitation(place, link)

    def accept_invitation(
        self, place: Place, link: str, password: str, phone: str
    ) -> Reason | None:
        return self.port.accept_invitation(place, link, password, phone)
