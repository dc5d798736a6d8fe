"""What the server makes of a record: proved, the computer's word, or nobody's (T2, T22)."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.records.record_standing import NOT_BELIEVED
from sandbox.server.moment import precise
from tests.support.sandbox.client import CHEN, OFFICE, RIVERA, Kiosk
from tests.support.sandbox.pushing import Audit, anchored, kept, standings
from tests.support.sandbox.running import Xchart


@pytest.fixture
def kiosk(xchart: Xchart) -> Kiosk:
    """A computer that has joined, with Maria signed in."""
    kiosk = xchart.join()
    assert kiosk.start().status == 201
    return kiosk


def test_what_a_session_covers_is_proved_and_the_rest_is_the_computers_word(
    xchart: Xchart, kiosk: Kiosk
) -> None:
    xchart.pass_time(minutes=10)
    kiosk.call("DELETE", f"/v1/sessions/{kiosk.held['session']}")
    xchart.pass_time(minutes=10)
    audit = Audit(kiosk)
    audit.add(3)
    audit.add(16)
    audit.add(18)
    audit.add(18, actor="per-james")
    audit.add(18, actor=OFFICE)
    audit.add(18, actor="", account="")
    audit.add(18, actor="Lena P.", strength="self-named")
    anchored(audit.push(), audit, 7)
    assert standings(xchart, audit) == ["session_proved"] * 2 + ["device_claimed"] * 5
    names = [each.who for each in kept(xchart, audit.chain)]
    assert names == [*["Maria Lopez"] * 3, "James Carter", "Office Assistant", "", "Lena P."]


def test_the_session_of_another_computer_proves_nothing(xchart: Xchart, kiosk: Kiosk) -> None:
    audit = Audit(xchart.join(approver=CHEN))
    audit.add()
    audit.push()
    assert standings(xchart, audit) == ["device_claimed"]


@pytest.mark.parametrize(
    "said",
    [
        {"actor": RIVERA},
        {"actor": "per-maria", "account": RIVERA},
        {"actor": "Lena P."},
        {"strength": "pin"},
        {"strength": "PIN"},
        {"strength": "pin", "actor": OFFICE},
        {"strength": "pin", "actor": "Lena P."},
        {"strength": ""},
        {"strength": "self-named"},
        {"strength": "self-named", "actor": OFFICE},
        {"strength": "self-named", "actor": "per-james"},
        {"actor": "Lena P.", "account": CHEN, "strength": "self-named"},
        {"actor": "", "account": CHEN},
        {"device": "x" * 43},
        {"at": "2026-11-23T15:02:59.000000Z"},
        {"at": "2026-11-23T15:10:00.000001Z"},
        {"at": "2035-01-01T00:00:00.000000Z"},
    ],
    ids=str,
)
def test_a_forged_record_is_kept_and_attributed_to_nobody(
    xchart: Xchart, kiosk: Kiosk, said: dict[str, object]
) -> None:
    audit = Audit(kiosk)
    audit.add(5, **said)
    audit.add(8)
    anchored(audit.push(), audit, 2)
    assert standings(xchart, audit) == ["not_believed", "session_proved"]
    row = kept(xchart, audit.chain)[0]
    assert (row.who, row.account_label, row.computer) == ("", "", "OP3-PC")
    assert row.actor == audit.records[0]["actor"], "evidence is kept as it came"


def test_nobody_writes_behind_what_was_believed_not_even_in_a_row(
    xchart: Xchart, kiosk: Kiosk
) -> None:
    xchart.pass_time(minutes=25)
    audit = Audit(kiosk)
    for minute in (20, 18, 17, 17, 16, 19):
        audit.add(minute)
    audit.push(1, 2)
    audit.push(3)
    wanted = ["session_proved"] * 2 + ["not_believed"] * 3 + ["session_proved"]
    assert standings(xchart, audit) == wanted


def test_a_fast_clock_that_is_put_right_makes_nobody_of_no_one(
    xchart: Xchart, kiosk: Kiosk
) -> None:
    """Ahead within what is believed, it must not close the minutes that are still to come."""
    audit = Audit(kiosk)
    audit.add(at="2026-11-23T15:10:00.000000Z", act="entered")
    audit.push()
    for minute in (5, 6, 7):
        audit.add(minute)
        audit.push(len(audit.records))
        xchart.pass_time(minutes=1)
    assert standings(xchart, audit) == ["session_proved"] * 4
    other = Audit(kiosk)
    other.add(4)
    other.push()
    assert standings(xchart, other) == ["not_believed"], "what has arrived stays closed"


def test_a_clock_that_was_put_right_without_a_network(xchart: Xchart, kiosk: Kiosk) -> None:
    """The records of both times come together, in the order in which they were made."""
    xchart.pass_time(minutes=30)
    audit = Audit(kiosk)
    for minute in (27, 28, 10, 11, 34):
        audit.add(minute)
    audit.push()
    assert standings(xchart, audit) == ["session_proved"] * 5
    audit.add(31)
    audit.push(6)
    audit.add(33)
    audit.push(7)
    assert standings(xchart, audit)[5:] == ["not_believed", "session_proved"]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    ahead=st.integers(0, 300),
    acts=st.lists(st.tuples(st.integers(0, 90), st.booleans()), min_size=2, max_size=6),
    right_after=st.integers(0, 6),
)
def test_nobody_honest_is_nobody(
    xchart: Xchart, ahead: int, acts: list[tuple[int, bool]], right_after: int
) -> None:
    """However fast a clock is within what is believed, and whenever it is put right and heard."""
    kiosk = xchart.join(approver=CHEN)
    audit, sent = Audit(kiosk), 0
    for number, (seconds, push) in enumerate(acts):
        xchart.pass_time(seconds=seconds)
        fast = timedelta(seconds=ahead if number < right_after else 0)
        audit.add(at=precise(xchart.state.clock.now() + fast))
        if push:
            audit.push(sent + 1)
            sent = len(audit.records)
    audit.push(min(sent + 1, len(audit.records)))
    assert NOT_BELIEVED not in standings(xchart, audit)
    xchart.pass_time(hours=1)


def test_a_standing_is_decided_once(xchart: Xchart, kiosk: Kiosk) -> None:
    audit = Audit(kiosk)
    audit.add(12)
    audit.push()
    xchart.pass_time(minutes=30)
    audit.push()
    assert standings(xchart, audit) == ["not_believed"]


def test_who_was_listed_once_stays_believed(xchart: Xchart, kiosk: Kiosk) -> None:
    rivera = xchart.join(Kiosk(xchart.address), "rivera@lakeside.example", RIVERA, RIVERA)
    audit = Audit(rivera)
    audit.add(account=RIVERA, actor=RIVERA)
    xchart.control("POST", f"/members/{RIVERA}", {"active": False})
    audit.push()
    assert standings(xchart, audit) == ["device_claimed"]


def test_who_was_listed_on_another_computer_is_not_believed_here(
    xchart: Xchart, kiosk: Kiosk
) -> None:
    xchart.join(Kiosk(xchart.address), "rivera@lakeside.example", RIVERA, RIVERA)
    audit = Audit(kiosk)
    audit.add(account=RIVERA, actor=RIVERA)
    audit.push()
    assert standings(xchart, audit) == ["not_believed"]


@pytest.mark.parametrize(
    ("strength", "standing"),
    [
        *((each, "device_claimed") for each in ("pin", "badge", "tile", "none")),
        *((each, "not_believed") for each in ("self-named", "finger", "")),
    ],
)
def test_how_somebody_acts_on_a_login_of_their_own(
    xchart: Xchart, strength: str, standing: str
) -> None:
    """``none`` is what was recorded there before there were PINs."""
    rivera = xchart.join(Kiosk(xchart.address), "rivera@lakeside.example", RIVERA, RIVERA)
    audit = Audit(rivera)
    audit.add(account=RIVERA, actor=RIVERA, strength=strength)
    audit.push()
    assert standings(xchart, audit) == [standing]


def test_nobody_names_themselves_on_a_personal_account(xchart: Xchart) -> None:
    rivera = xchart.join(Kiosk(xchart.address), "rivera@lakeside.example", RIVERA, RIVERA)
    audit = Audit(rivera)
    audit.add(account=RIVERA, actor="Lena P.", strength="self-named")
    audit.push()
    assert standings(xchart, audit) == ["not_believed"]


def test_the_past_is_closed_for_a_new_chain_of_the_same_computer_too(
    xchart: Xchart, kiosk: Kiosk
) -> None:
    """Whoever holds the key may name a chain as they like."""
    xchart.pass_time(minutes=25)
    honest = Audit(kiosk)
    honest.add(20)
    honest.push()
    forged = Audit(kiosk)
    forged.add(6, act="status_set", detail="Left")
    forged.push()
    assert standings(xchart, forged) == ["not_believed"]


def test_a_session_proves_only_the_strength_it_was_started_with(
    xchart: Xchart, kiosk: Kiosk
) -> None:
    audit = Audit(kiosk)
    audit.add(5, strength="badge")
    audit.push()
    assert standings(xchart, audit) == ["device_claimed"]


def test_a_name_that_was_typed_is_proved_by_no_session(xchart: Xchart, kiosk: Kiosk) -> None:
    assert kiosk.start("Dr. Elena Rivera", strength="self-named").status == 201
    audit = Audit(kiosk)
    audit.add(5, actor="Dr. Elena Rivera", strength="self-named")
    audit.push()
    assert standings(xchart, audit) == ["device_claimed"]


def test_a_revoked_computer_is_believed_as_long_as_its_grant_may_have_lived(
    xchart: Xchart, kiosk: Kiosk
) -> None:
    xchart.control("POST", f"/computers/{kiosk.jkt}", {"revoke": "device"})
    xchart.pass_time(days=6)
    audit = Audit(kiosk)
    audit.add(at="2026-11-24T15:05:00.000000Z")
    audit.add(at="2026-11-28T15:05:00.000000Z")
    audit.push()
    assert standings(xchart, audit) == ["device_claimed", "not_believed"]
