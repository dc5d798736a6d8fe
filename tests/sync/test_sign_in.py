"""A session of the real server over HTTP: begun, gone on with, ended."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from kiosk.keychain.port import Item, ItemName
from kiosk.session.model.challenge import Challenge, Purpose
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Code, Refusal, Unreachable
from kiosk.session.model.replies import Accepted, News, No
from kiosk.session.ports import Started
from kiosk.sync.account_calls import AccountCalls
from kiosk.sync.sign_in import SignIn
from kiosk.sync.wire.calls import Nonce
from kiosk.sync.wire.line import Line
from kiosk.sync.wire.transport import Answer, Transport
from sandbox.access.protections import levels
from sandbox.tables.rows import KioskSession
from tests.support.sandbox.client import plain
from tests.sync.conftest import OFFICE, Computer

MARIA = "per-maria"


def test_a_sign_in_on_a_warm_kiosk_is_one_round_trip(computer: Computer) -> None:
    """design.md section 7."""
    plain(computer.xchart.address, "DELETE", "/sandbox/requests")
    started = computer.sign_in.start_session(OFFICE, MARIA, Strength.TILE)
    assert isinstance(started, Started)
    told = json.loads(plain(computer.xchart.address, "GET", "/sandbox/requests").text)
    assert [r for r in told["requests"] if "/v1/" in str(r)].__len__() == 1


def test_after_a_restart_no_code_is_needed(computer: Computer) -> None:
    """S13, S14."""
    computer.restart()
    assert isinstance(computer.sign_in.start_session(OFFICE, MARIA, Strength.TILE), Started)


def test_idle_for_thirty_days_needs_a_code_again(computer: Computer) -> None:
    """S13; a sign-in on the way moves the horizon on."""
    computer.xchart.pass_time(days=29)
    assert isinstance(computer.sign_in.start_session(OFFICE, MARIA, Strength.TILE), Started)
    computer.xchart.pass_time(days=29)
    assert isinstance(computer.sign_in.start_session(OFFICE, MARIA, Strength.TILE), Started)
    computer.xchart.pass_time(days=31)
    told = computer.sign_in.start_session(OFFICE, MARIA, Strength.TILE)
    assert told == Refusal(Code.TRUST_LAPSED, told="trust_lapsed")


def test_sixty_days_of_polls_do_not_keep_trust_alive(computer: Computer) -> None:
    """Law 7 end to end: background traffic only, then the provider's code."""
    answers = []
    for _ in range(60):
        computer.xchart.pass_time(days=1)
        answers.append(computer.listening.news(OFFICE))
    assert isinstance(answers[0], News)
    assert isinstance(answers[-1], No)
    assert answers[-1].why == Refusal(Code.TRUST_LAPSED, told="trust_lapsed")
    order = (Purpose.RETURN, OFFICE)
    challenge = computer.approval.open_challenge(*order)
    assert isinstance(challenge, Challenge)
    computer.approval.text_code(computer.place, challenge, challenge.approvers[0].id)
    accepted = computer.approval.answer_code(
        computer.place, challenge, computer.xchart.newest_code()
    )
    assert isinstance(accepted, Accepted)
    assert isinstance(computer.sign_in.start_session(OFFICE, MARIA, Strength.TILE), Started)


def test_a_copied_profile_without_the_key_is_worthless(
    computer: Computer, new_computer: Callable[[], Computer]
) -> None:
    """T1: everything but the device key is copied, the trust token included."""
    thief = new_computer()
    thief.ask_to_join()
    for item in (Item.DEVICE_PASSWORD, Item.TRUST_TOKEN):
        name = ItemName(item, OFFICE)
        found = computer.keychain.read(name)
        thief.keychain.keep(name, getattr(found, "secret", ""))
    thief.keychain.keep(
        ItemName(Item.GRANT_KEY),
        getattr(computer.keychain.read(ItemName(Item.GRANT_KEY)), "secret", ""),
    )
    thief.restart()
    told = thief.sign_in.start_session(OFFICE, MARIA, Strength.TILE)
    assert isinstance(told, Refusal)


def test_another_page_for_the_same_session(computer: Computer) -> None:
    """The access token is renewed by the proof alone."""
    started = computer.sign_in.start_session(OFFICE, MARIA, Strength.TILE)
    assert isinstance(started, Started)
    computer.xchart.pass_time(hours=2)
    page = computer.sign_in.page_for(started.session_id)
    assert str(page).startswith(computer.xchart.address)
    assert page != started.page
    assert computer.sign_in.end_session(started.session_id) is None
    assert computer.sign_in.page_for(started.session_id) == Refusal(
        Code.SESSION_ENDED, told="session_ended"
    )


class Elsewhere(Transport):
    """The real server's answers, but every page of it is said to be ``elsewhere``, if anywhere."""

    elsewhere = ""

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        held: float = 0.0,
        repeatable: bool = False,
    ) -> Answer | Unreachable:
        told = super().send(method, url, headers, body, held, repeatable)
        if not isinstance(told, Answer) or not self.elsewhere or b"/handoff" not in told.body:
            return told
        own = url.partition("/v1/")[0].encode()
        return replace(told, body=told.body.replace(own, self.elsewhere.encode()))


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "http://127.0.0.1:1", "http://me@127.0.0.1"]
)
def test_a_page_at_another_origin_is_never_opened(computer: Computer, elsewhere: str) -> None:
    """T16: neither with the session that starts, which is ended there, nor later."""
    transport = Elsewhere("")
    line = Line(transport, Nonce(), computer.heard.append)
    calls, address = AccountCalls(line, computer.safe, computer.remembered), computer.xchart.address
    server = SignIn(computer.safe, calls, lambda: address, str)
    started = server.start_session(OFFICE, MARIA, Strength.TILE)
    assert isinstance(started, Started)
    transport.elsewhere = elsewhere
    assert server.page_for(started.session_id) is Unreachable.NOT_UNDERSTOOD
    assert server.start_session(OFFICE, MARIA, Strength.TILE) is Unreachable.NOT_UNDERSTOOD
    with computer.xchart.state.unit() as db:
        assert not db.scalars(select(KioskSession).where(KioskSession.ended_at.is_(None))).all()
    transport.close()


def test_a_server_that_is_away_is_an_outage(computer: Computer) -> None:
    """The process is gone."""
    computer.xchart.running.stop()
    told = computer.sign_in.start_session(OFFICE, MARIA, Strength.TILE)
    assert told is Unreachable.NO_ANSWER


def test_the_time_comes_from_answers_only(computer: Computer) -> None:
    """Every understood answer tells the server's time."""
    before = len(computer.heard)
    computer.sign_in.start_session(OFFICE, MARIA, Strength.TILE)
    assert len(computer.heard) == before + 1
    off = computer.heard[-1] - computer.xchart.state.clock.now()
    assert abs(off) < timedelta(seconds=2)


def test_the_server_is_told_how_well_this_computer_keeps_its_secrets(computer: Computer) -> None:
    calls, address = (
        AccountCalls(computer.line, computer.safe, computer.remembered),
        computer.xchart.address,
    )
    owe_end = computer.outbox.owe_end
    said = SignIn(computer.safe, calls, lambda: address, owe_end, "auto-login")
    assert isinstance(said.start_session(OFFICE, "per-maria", Strength.TILE), Started)
    with computer.xchart.state.unit() as db:
        assert list(levels(db).values()) == ["auto-login"]
