"""Letting a computer in for the first time, against the real server over HTTP."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.keychain.port import KeychainFault
from kiosk.session.model.challenge import Challenge, Purpose
from kiosk.session.model.people import Invited, Strength
from kiosk.session.model.refusals import Code, Fault, Refusal
from kiosk.session.model.replies import Accepted, Delivered
from kiosk.session.ports import Started
from kiosk.sync.wire.proof import DeviceKey
from sandbox.admin.members import invite
from sandbox.contract.bodies import MemberRequest
from tests.support.chairside import recorded
from tests.support.sandbox.client import plain
from tests.sync.conftest import EMAIL, OFFICE, Computer, recollection

MARIA = "per-maria"


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
    told = computer.enrolment.open_challenge(Purpose.JOIN, where, EMAIL, "sandbox-demo")
    assert isinstance(told, Refusal)
    assert told.code is Code.PLACE_UNKNOWN
    assert set(told.names) == set(names)


def test_a_wrong_password_is_not_an_outage(new_computer: Callable[[], Computer]) -> None:
    """Never "network" for something else."""
    computer = new_computer()
    told = computer.enrolment.open_challenge(Purpose.JOIN, computer.place, EMAIL, "wrong")
    assert isinstance(told, Refusal)
    assert told.code is Code.CREDENTIALS_WRONG


def test_a_keychain_that_cannot_keep_lets_nobody_join(
    new_computer: Callable[[], Computer],
) -> None:
    """A fault of this computer is said as one; no half-joined computer is left."""
    computer = new_computer()
    computer.keychain.fault = KeychainFault.LOCKED
    assert (
        computer.enrolment.open_challenge(Purpose.JOIN, computer.place, EMAIL, "sandbox-demo")
        is Fault.KEYCHAIN_LOCKED
    )
    assert computer.remembered.joining() is None


@pytest.mark.parametrize(
    ("how", "code"), [("device", Code.DEVICE_REVOKED), ("now", Code.REVOKED_NOW)]
)
def test_a_computer_whose_key_was_revoked_joins_again_with_another(
    computer: Computer, how: str, code: Code
) -> None:
    """The old key is refused for good; its records still arrive, with the new one."""
    old = computer.safe.device_key()
    assert computer.store.keep(recorded(computer)) is None
    computer.hear()
    assert computer.days.day(OFFICE) is not None
    computer.xchart.control("POST", f"/computers/{thumbprint(old)}", {"revoke": how})
    told = computer.sign_in.start_session(OFFICE, MARIA, Strength.TILE)
    assert isinstance(told, Refusal)
    assert told.code is code
    recollection(computer).forget_trust(OFFICE)
    assert computer.days.day(OFFICE) is None, "patients stay on a computer that was revoked"
    computer.join()
    assert thumbprint(computer.safe.device_key()) != thumbprint(old)
    assert isinstance(computer.sign_in.start_session(OFFICE, MARIA, Strength.TILE), Started)
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
    told = computer.enrolment.read_invitation(computer.place, f" {link}\n")
    assert told == Invited("Harbor", "harbor@x.example", "Lakeside Oral Surgery")
    assert (
        computer.enrolment.accept_invitation(
            computer.place, link, "four quiet herons", "+1 555 0100 021"
        )
        is None
    )
    challenge = computer.enrolment.open_challenge(
        Purpose.JOIN, computer.place, told.email, "four quiet herons"
    )
    assert isinstance(challenge, Challenge)
    computer.approval.text_code(computer.place, challenge, challenge.approvers[0].id)
    code = computer.xchart.newest_code()
    assert isinstance(computer.approval.answer_code(computer.place, challenge, code), Accepted)
    kept = repr(vars(computer.keychain)) + "".join(
        path.read_text("latin-1")
        for path in computer.profile.audit.parent.rglob("*")
        if path.is_file()
    )
    assert "herons" not in kept
    assert link.rpartition("/")[2] not in kept
    over = computer.enrolment.read_invitation(computer.place, link)
    assert isinstance(over, Refusal)
    assert over.code is Code.INVITATION_OVER


def test_an_invitation_waits_for_the_session_on_this_computer_to_end(computer: Computer) -> None:
    """S9."""
    link = invited(computer)
    started = computer.sign_in.start_session(OFFICE, MARIA, Strength.TILE)
    assert isinstance(started, Started)
    assert isinstance(computer.enrolment.read_invitation(computer.place, link), Invited)
    told = computer.enrolment.accept_invitation(
        computer.place, link, "four quiet herons", "+1 555 0100 021"
    )
    assert told == Refusal(Code.SESSION_ALIVE, told="session_alive")
    computer.sign_in.end_session(started.session_id)
    assert (
        computer.enrolment.accept_invitation(
            computer.place, link, "four quiet herons", "+1 555 0100 021"
        )
        is None
    )


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
    told = computer.enrolment.read_invitation(computer.place, link)
    assert told == Refusal(Code.INVITATION_UNKNOWN)
    asked = json.loads(plain(computer.xchart.address, "GET", "/sandbox/requests").text)
    assert [r for r in asked["requests"] if "/v1/" in str(r)] == []


def test_nothing_is_accepted_that_is_no_invitation(new_computer: Callable[[], Computer]) -> None:
    computer = new_computer()
    told = computer.enrolment.accept_invitation(
        computer.place, "nonsense", "four quiet herons", "+1 555 0100 021"
    )
    assert told == Refusal(Code.INVITATION_OVER)
