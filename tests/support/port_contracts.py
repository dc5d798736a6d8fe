"""What every adapter of a port holds to, whatever site it speaks to: a suite for each port.

Run over the real one against the reference server and over what stands in where there is none
(``tests/sync/test_port_contracts.py``); a further adapter joins by being handed to them.
"""

from datetime import datetime
from threading import Thread

from kiosk.session import ports
from kiosk.session.model.challenge import Challenge, Purpose
from kiosk.session.model.people import Person, Place, Strength
from kiosk.session.model.refusals import Fault, Reason, Refusal
from kiosk.session.model.replies import Accepted, Delivered, News, No
from kiosk.session.model.site import Rehearsed
from kiosk.session.model.terms import Roster

NOBODY, NO_CODE = "acc-nobody", "000000"


def keeps_enrolment(enrolment: ports.Enrolment, place: Place) -> None:
    """Whoever is nobody there is refused, and a link of anybody else is not asked for."""
    for purpose in (Purpose.JOIN, Purpose.OWN):
        told = enrolment.open_challenge(purpose, place, "nobody@x.example", "wrong")
        assert isinstance(told, Refusal)
    assert isinstance(enrolment.read_invitation(place, "https://elsewhere.example/x"), Refusal)
    told_of = enrolment.accept_invitation(place, "nonsense", "four quiet herons", "+1 555 0100 021")
    assert isinstance(told_of, Refusal)
    assert isinstance(enrolment.rehearse(NOBODY), Rehearsed | Reason)


def keeps_approval(approval: ports.Approval, place: Place, challenge: Challenge) -> None:
    """No account without a factor here, and no yes to a code that is none."""
    assert isinstance(approval.open_challenge(Purpose.RETURN, NOBODY), Reason)
    assert isinstance(approval.text_code(place, challenge, "acc-nobody"), Reason)
    assert not isinstance(approval.answer_code(place, challenge, NO_CODE), Accepted)


def keeps_sign_in(sign_in: ports.SignIn, account_id: str, person_id: str) -> None:
    """A session has a page as long as it lasts; its end may be said twice."""
    assert isinstance(sign_in.start_session(NOBODY, person_id, Strength.TILE), Reason)
    started = sign_in.start_session(account_id, person_id, Strength.TILE)
    assert isinstance(started, ports.Started)
    assert started.terms.account.id == account_id
    assert isinstance(sign_in.page_for(started.session_id), str)
    for _ in range(2):
        assert not isinstance(sign_in.end_session(started.session_id), Fault)


def keeps_feed(feed: ports.Feed, account_id: str, now: datetime) -> None:
    """Every answer says when to ask again; whoever waits can be told to stop, from any thread."""
    for _ in range(2):
        told = feed.news(account_id)
        assert isinstance(told, News | No)
        assert told.again_at is not None
        assert told.again_at >= now
    for call in (feed.doubt, feed.hang_up):
        thread = Thread(target=call)
        thread.start()
        thread.join(10)
        assert not thread.is_alive()


def keeps_outbox(outbox: ports.Outbox, account_id: str) -> None:
    """What has gone up is told of once; an account that nobody knows stops nothing."""
    assert isinstance(outbox.send(account_id), Delivered)
    assert outbox.send(account_id) == Delivered(0)
    assert outbox.send("") == Delivered(0)
    assert not isinstance(outbox.drop_trust(NOBODY), Fault)


def keeps_pin_shares(pins: ports.PinShares) -> None:
    """A PIN of nobody's opens nothing, and what is not open can be closed."""
    assert isinstance(pins.open(NOBODY, bytearray(b"482915"), away=False), Reason)
    pins.expect(NOBODY, away=True)
    pins.settle()
    for whose in (NOBODY, ""):
        pins.close(whose)


def keeps_days(days: ports.Days) -> None:
    """Nobody's day is none."""
    assert days.day(NOBODY) is None


def keeps_roster(roster: ports.RosterStore) -> None:
    """Nobody's password is right; what is kept is no fault, or said not to be offered."""
    for typed in ("", "four quiet herons"):
        assert isinstance(roster.prove_password(NOBODY, typed), Refusal)
    names = Roster((Person("Lena P.", "Lena P."),))
    assert not isinstance(roster.keep(NOBODY, names), Fault)


def keeps_badges(badges: ports.Badges) -> None:
    """The same number has the same mark, and it is not the number."""
    mark = badges.mark("0004417290")
    assert isinstance(mark, str)
    assert mark == badges.mark("0004417290")
    assert "4417290" not in mark
