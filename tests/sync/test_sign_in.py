"""The kiosk's side of the contract against the real server over HTTP."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from kiosk.keychain.port import Item, ItemName, KeychainFault
from kiosk.session.model.challenge import Challenge, Delivery, Purpose
from kiosk.session.model.effects import OpenChallenge
from kiosk.session.model.people import Invited, Strength
from kiosk.session.model.refusals import Code, Fault, Reach, Refusal
from kiosk.session.model.replies import Accepted, Delivered, News, No
from kiosk.session.model.trust import NoTrust
from kiosk.session.ports import Started
from kiosk.sync.sign_in import Server
from kiosk.sync.wire.calls import Nonce
from kiosk.sync.wire.line import Line
from kiosk.sync.wire.proof import DeviceKey
from kiosk.sync.wire.transport import Answer, Transport
from sandbox.access.protections import levels
from sandbox.admin.members import invite
from sandbox.contract.bodies import MemberRequest
from sandbox.tables.rows import KioskSession
from tests.support.chairside import recorded
from tests.support.digits import typed
from tests.support.sandbox.client import CHEN, RIVERA, plain
from tests.support.sandbox.codes import app_of
from tests.sync.conftest import EMAIL, OFFICE, PASSWORD, Computer, recollection

MARIA = "per-maria"


def test_a_new_computer_joins_with_a_providers_code(
    new_computer: Callable[[], Computer],
) -> None:
    """S15: password, then a code; nothing is texted before someone asks for it."""
    computer = new_computer()
    challenge = computer.ask_to_join()
    assert challenge.account.id == OFFICE
    assert json.loads(plain(computer.xchart.address, "GET", "/sandbox/texts").text) == []
    delivery = computer.server.text_code(challenge.id, challenge.approvers[0].id)
    assert isinstance(delivery, Delivery)
    assert delivery.approver.phone_ending == "21"
    accepted = computer.server.answer_code(
        challenge.id, Purpose.JOIN, computer.xchart.newest_code()
    )
    assert isinstance(accepted, Accepted)
    assert accepted.grant is not None
    assert accepted.grant.operatory == "Op 3"


def test_the_code_of_an_app_lets_a_computer_in_and_nothing_is_texted(
    new_computer: Callable[[], Computer],
) -> None:
    """A code of the step before still counts; its reader has nothing to type after it."""
    computer, other = new_computer(), new_computer()
    app = app_of(computer.xchart, CHEN)
    challenge = computer.ask_to_join()
    assert {each.id: each.app for each in challenge.approvers} == {RIVERA: False, CHEN: True}
    code = app.now(computer.xchart, -1)
    accepted = computer.server.answer_code(challenge.id, Purpose.JOIN, code, CHEN)
    assert isinstance(accepted, Accepted)
    assert accepted.grant is not None
    assert {each.id: each.app for each in accepted.grant.approvers} == {RIVERA: False, CHEN: True}
    assert json.loads(plain(computer.xchart.address, "GET", "/sandbox/texts").text) == []
    again = other.server.answer_code(other.ask_to_join().id, Purpose.JOIN, code, CHEN)
    assert isinstance(again, Refusal)
    assert (again.code, again.tries_left) == (Code.CODE_WRONG, 4)


def test_an_apps_code_counts_for_its_owner_only(new_computer: Callable[[], Computer]) -> None:
    computer = new_computer()
    app, _ = app_of(computer.xchart, CHEN), app_of(computer.xchart, RIVERA)
    challenge = computer.ask_to_join()
    code = app.now(computer.xchart)
    told = computer.server.answer_code(challenge.id, Purpose.JOIN, code, RIVERA)
    assert isinstance(told, Refusal)
    assert told.code is Code.CODE_WRONG
    told = computer.server.answer_code(challenge.id, Purpose.JOIN, code)
    assert isinstance(told, Refusal)
    assert told.code is Code.CODE_OVER
    assert isinstance(computer.server.answer_code(challenge.id, Purpose.JOIN, code, CHEN), Accepted)


def test_an_apps_code_removes_a_computer(computer: Computer) -> None:
    app = app_of(computer.xchart, CHEN)
    challenge = computer.server.open_challenge(OpenChallenge(1, Purpose.REMOVE, OFFICE), None)
    assert isinstance(challenge, Challenge)
    code = app.now(computer.xchart)
    told = computer.server.answer_code(challenge.id, Purpose.REMOVE, code, CHEN)
    assert told == Accepted(NoTrust.REMOVED, None, "")


def test_a_sign_in_on_a_warm_kiosk_is_one_round_trip(computer: Computer) -> None:
    """design.md section 7."""
    plain(computer.xchart.address, "DELETE", "/sandbox/requests")
    started = computer.server.start_session(OFFICE, MARIA, Strength.TILE)
    assert isinstance(started, Started)
    told = json.loads(plain(computer.xchart.address, "GET", "/sandbox/requests").text)
    assert [r for r in told["requests"] if "/v1/" in str(r)].__len__() == 1


def test_after_a_restart_no_code_is_needed(computer: Computer) -> None:
    """S13, S14."""
    computer.restart()
    assert isinstance(computer.server.start_session(OFFICE, MARIA, Strength.TILE), Started)


def test_idle_for_thirty_days_needs_a_code_again(computer: Computer) -> None:
    """S13; a sign-in on the way moves the horizon on."""
    computer.xchart.pass_time(days=29)
    assert isinstance(computer.server.start_session(OFFICE, MARIA, Strength.TILE), Started)
    computer.xchart.pass_time(days=29)
    assert isinstance(computer.server.start_session(OFFICE, MARIA, Strength.TILE), Started)
    computer.xchart.pass_time(days=31)
    told = computer.server.start_session(OFFICE, MARIA, Strength.TILE)
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
    order = OpenChallenge(9, Purpose.RETURN, OFFICE)
    challenge = computer.server.open_challenge(order, None)
    assert isinstance(challenge, Challenge)
    computer.server.text_code(challenge.id, challenge.approvers[0].id)
    accepted = computer.server.answer_code(
        challenge.id, Purpose.RETURN, computer.xchart.newest_code()
    )
    assert isinstance(accepted, Accepted)
    assert isinstance(computer.server.start_session(OFFICE, MARIA, Strength.TILE), Started)


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
    told = thief.server.start_session(OFFICE, MARIA, Strength.TILE)
    assert isinstance(told, Refusal)


def test_removal_drops_trust_here_and_there(computer: Computer) -> None:
    """*Remove this computer…*: a provider's code, then no way in without another."""
    challenge = computer.server.open_challenge(OpenChallenge(1, Purpose.REMOVE, OFFICE), None)
    assert isinstance(challenge, Challenge)
    computer.server.text_code(challenge.id, challenge.approvers[1].id)
    told = computer.server.answer_code(challenge.id, Purpose.REMOVE, computer.xchart.newest_code())
    assert told == Accepted(NoTrust.REMOVED, None, "")
    assert computer.safe.trust(OFFICE) is None
    assert computer.server.start_session(OFFICE, MARIA, Strength.TILE) == Refusal(
        Code.TRUST_MISSING
    )


def test_a_wrong_code_says_how_many_tries_are_left(new_computer: Callable[[], Computer]) -> None:
    """And five of them stop this computer only."""
    computer, other = new_computer(), new_computer()
    challenge = computer.ask_to_join()
    computer.server.text_code(challenge.id, challenge.approvers[0].id)
    right = computer.xchart.newest_code()
    wrong = f"{(int(right) + 1) % 10**6:06}"
    told = computer.server.answer_code(challenge.id, Purpose.JOIN, wrong)
    assert isinstance(told, Refusal)
    assert (told.code, told.tries_left) == (Code.CODE_WRONG, 4)
    for _ in range(5):
        told = computer.server.answer_code(challenge.id, Purpose.JOIN, wrong)
    assert isinstance(told, Refusal)
    assert told.code is Code.TOO_MANY_TRIES
    assert told.retry_at is not None
    other.ask_to_join()


@pytest.mark.parametrize(
    ("place", "names"),
    [("Main Streat", ("Main Street", "Harbor")), ("Main Street", ("Op 1", "Op 2", "Op 3", "Op 4"))],
)
def test_an_unknown_room_names_those_that_exist(
    new_computer: Callable[[], Computer], place: str, names: tuple[str, ...]
) -> None:
    """A typing mistake can be mended on the spot."""
    computer = new_computer()
    where = replace(computer.place, location=place, operatory="Op 9")
    order = OpenChallenge(1, Purpose.JOIN, place=where, email=EMAIL)
    told = computer.server.open_challenge(order, "sandbox-demo")
    assert isinstance(told, Refusal)
    assert told.code is Code.PLACE_UNKNOWN
    assert set(told.names) == set(names)


def test_a_wrong_password_is_not_an_outage(new_computer: Callable[[], Computer]) -> None:
    """Never "network" for something else."""
    computer = new_computer()
    order = OpenChallenge(1, Purpose.JOIN, place=computer.place, email=EMAIL)
    told = computer.server.open_challenge(order, "wrong")
    assert isinstance(told, Refusal)
    assert told.code is Code.CREDENTIALS_WRONG


def test_another_page_for_the_same_session(computer: Computer) -> None:
    """The access token is renewed by the proof alone."""
    started = computer.server.start_session(OFFICE, MARIA, Strength.TILE)
    assert isinstance(started, Started)
    computer.xchart.pass_time(hours=2)
    page = computer.server.page_for(started.session_id)
    assert str(page).startswith(computer.xchart.address)
    assert page != started.page
    assert computer.server.end_session(started.session_id) is None
    assert computer.server.page_for(started.session_id) == Refusal(
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
    ) -> Answer | Reach:
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
    server = Server(line, computer.safe, computer.remembered, str)
    started = server.start_session(OFFICE, MARIA, Strength.TILE)
    assert isinstance(started, Started)
    transport.elsewhere = elsewhere
    assert server.page_for(started.session_id) is Reach.NOT_UNDERSTOOD
    assert server.start_session(OFFICE, MARIA, Strength.TILE) is Reach.NOT_UNDERSTOOD
    with computer.xchart.state.unit() as db:
        assert not db.scalars(select(KioskSession).where(KioskSession.ended_at.is_(None))).all()
    transport.close()


def test_a_keychain_that_cannot_keep_lets_nobody_join(
    new_computer: Callable[[], Computer],
) -> None:
    """A fault of this computer is said as one; no half-joined computer is left."""
    computer = new_computer()
    computer.keychain.fault = KeychainFault.LOCKED
    order = OpenChallenge(1, Purpose.JOIN, place=computer.place, email=EMAIL)
    assert computer.server.open_challenge(order, "sandbox-demo") is Fault.KEYCHAIN_LOCKED
    assert computer.remembered.joining() is None


def test_a_server_that_is_away_is_an_outage(computer: Computer) -> None:
    """The process is gone."""
    computer.xchart.running.stop()
    told = computer.server.start_session(OFFICE, MARIA, Strength.TILE)
    assert told is Reach.NO_ANSWER


def test_the_time_comes_from_answers_only(computer: Computer) -> None:
    """Every understood answer tells the server's time."""
    before = len(computer.heard)
    computer.server.start_session(OFFICE, MARIA, Strength.TILE)
    assert len(computer.heard) == before + 1
    off = computer.heard[-1] - computer.xchart.state.clock.now()
    assert abs(off) < timedelta(seconds=2)


def test_a_computer_whose_key_was_revoked_joins_again_with_another(computer: Computer) -> None:
    """The old key is refused for good; its records still arrive, with the new one."""
    old = computer.safe.device_key()
    assert computer.store.keep(recorded(computer)) is None
    computer.hear()
    assert computer.days.day(OFFICE) is not None
    computer.xchart.control("POST", f"/computers/{thumbprint(old)}", {"revoke": "device"})
    told = computer.server.start_session(OFFICE, MARIA, Strength.TILE)
    assert isinstance(told, Refusal)
    assert told.code is Code.DEVICE_REVOKED
    recollection(computer).forget_trust(OFFICE)
    assert computer.days.day(OFFICE) is None, "patients stay on a computer that was revoked"
    computer.join()
    assert thumbprint(computer.safe.device_key()) != thumbprint(old)
    assert isinstance(computer.server.start_session(OFFICE, MARIA, Strength.TILE), Started)
    assert computer.posting.send(OFFICE) == Delivered(0)


def thumbprint(key: object) -> str:
    """How the server names a computer."""
    assert isinstance(key, DeviceKey)
    return key.thumbprint


def invited(computer: Computer) -> str:
    """The link in the mailbox of an account that an admin has just invited."""
    xchart = computer.xchart
    wish = MemberRequest.model_validate(
        {"label": "Harbor", "email": "harbor@x.example", "shared": True, "roles": ["member"]}
    )
    with xchart.state.unit() as db:
        invite(db, wish, xchart.address, xchart.state.clock.now())
    mails = json.loads(plain(xchart.address, "GET", "/sandbox/mails").text)
    return str(mails[-1]["link"])


def test_an_invitation_becomes_an_account_that_joins(
    new_computer: Callable[[], Computer],
) -> None:
    """S8 to S10: the computer keeps the password of its own that joining brings, and no other."""
    computer = new_computer()
    link = invited(computer)
    told = computer.server.read_invitation(computer.place, f" {link}\n")
    assert told == Invited("Harbor", "harbor@x.example", "Lakeside Oral Surgery")
    assert computer.server.accept_invitation("four quiet herons", "+1 555 0100 021") is None
    order = OpenChallenge(1, Purpose.JOIN, place=computer.place, email=told.email)
    challenge = computer.server.open_challenge(order, "four quiet herons")
    assert isinstance(challenge, Challenge)
    computer.server.text_code(challenge.id, challenge.approvers[0].id)
    code = computer.xchart.newest_code()
    assert isinstance(computer.server.answer_code(challenge.id, Purpose.JOIN, code), Accepted)
    kept = repr(vars(computer.keychain)) + "".join(
        path.read_text("latin-1")
        for path in computer.profile.audit.parent.rglob("*")
        if path.is_file()
    )
    assert "herons" not in kept
    assert link.rpartition("/")[2] not in kept
    over = computer.server.read_invitation(computer.place, link)
    assert isinstance(over, Refusal)
    assert over.code is Code.INVITATION_OVER


def test_an_invitation_waits_for_the_session_on_this_computer_to_end(computer: Computer) -> None:
    """S9."""
    link = invited(computer)
    started = computer.server.start_session(OFFICE, MARIA, Strength.TILE)
    assert isinstance(started, Started)
    assert isinstance(computer.server.read_invitation(computer.place, link), Invited)
    told = computer.server.accept_invitation("four quiet herons", "+1 555 0100 021")
    assert told == Refusal(Code.SESSION_ALIVE, told="session_alive")
    computer.server.end_session(started.session_id)
    assert computer.server.accept_invitation("four quiet herons", "+1 555 0100 021") is None


@pytest.mark.parametrize(
    "link",
    [
        "",
        "nonsense",
        "https://elsewhere.example/invitations/abcdefghijklmnopqrstuvwxyz",
        "{server}/members/abcdefghijklmnopqrstuvwxyz",
        "{server}/invitations/",
        "{server}/invitations/../../v1/sessions",
        "{server}@evil.example/invitations/abcdefghijklmnopqrstuvwxyz",
    ],
)
def test_a_link_of_anybody_else_is_not_asked_for(
    new_computer: Callable[[], Computer], link: str
) -> None:
    """Nothing of it leaves this computer."""
    computer = new_computer()
    plain(computer.xchart.address, "DELETE", "/sandbox/requests")
    link = link.replace("{server}", computer.xchart.address)
    told = computer.server.read_invitation(computer.place, link)
    assert told == Refusal(Code.INVITATION_UNKNOWN)
    asked = json.loads(plain(computer.xchart.address, "GET", "/sandbox/requests").text)
    assert [r for r in asked["requests"] if "/v1/" in str(r)] == []


def test_nothing_is_accepted_before_it_was_read(new_computer: Callable[[], Computer]) -> None:
    told = new_computer().server.accept_invitation("four quiet herons", "+1 555 0100 021")
    assert told == Refusal(Code.INVITATION_OVER)


def test_the_server_is_told_how_well_this_computer_keeps_its_secrets(computer: Computer) -> None:
    said = Server(
        computer.line, computer.safe, computer.remembered, computer.outbox.owe_end, "auto-login"
    )
    assert isinstance(said.start_session(OFFICE, "per-maria", Strength.TILE), Started)
    with computer.xchart.state.unit() as db:
        assert list(levels(db).values()) == ["auto-login"]


def test_a_login_of_ones_own_is_opened_before_it_is_removed(
    new_computer: Callable[[], Computer],
) -> None:
    """Its password is sealed: nobody is asked with an empty one, and what is missing is said."""
    computer = new_computer()
    order = OpenChallenge(1, Purpose.JOIN, place=computer.place, email="patel@lakeside.example")
    challenge = computer.server.open_challenge(order, PASSWORD)
    assert isinstance(challenge, Challenge)
    computer.server.text_code(challenge.id, challenge.approvers[0].id)
    code = computer.xchart.newest_code()
    assert isinstance(computer.server.answer_code(challenge.id, Purpose.JOIN, code), Accepted)
    assert computer.pins.seal("acc-patel", typed("482915"), typed("482915")) is None
    computer.pins.close("")
    remove = OpenChallenge(2, Purpose.REMOVE, "acc-patel")
    assert computer.server.open_challenge(remove, None) == Refusal(Code.PIN_NEEDED)
    assert computer.pins.open("acc-patel", typed("482915"), away=False) is None
    assert isinstance(computer.server.open_challenge(remove, None), Challenge)
