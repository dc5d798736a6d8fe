"""Opening a patient's page is recorded by the server, and the Audit page says who it was."""

import pytest
from sqlalchemy import select

from sandbox.tables.rows import AuditRecord
from tests.support.sandbox.browsing import sign_in
from tests.support.sandbox.client import CHEN, OFFICE, RIVERA, Kiosk
from tests.support.sandbox.pushing import Audit
from tests.support.sandbox.reading import at_kiosk, audit, openings, opens, rows, visit_of
from tests.support.sandbox.running import Xchart

TAP = "Tapped a name Xchart itself"
HERE = "OP3-PC Op 3 · Main Street"


def read_by_admin(xchart: Xchart, **asked: str) -> list[str]:
    """The lines of the audit, by a browser that signs in just now."""
    return rows(audit(xchart, sign_in(xchart, "rivera@lakeside.example", RIVERA)[0], **asked))


def test_an_opening_names_who_where_how_and_when(xchart: Xchart, kiosk: Kiosk) -> None:
    cookie, visit = at_kiosk(xchart, kiosk), visit_of(xchart)
    opens(xchart, cookie, visit)
    (line,) = read_by_admin(xchart)
    assert line == (
        f"9:05 am -06:00 Maria Lopez Office Assistant Opened {visit.patient} 's record "
        f"Visit 9:30 am · Main Street {HERE} {TAP}"
    )


def test_no_name_of_a_patient_is_in_the_table(xchart: Xchart, kiosk: Kiosk) -> None:
    visit = visit_of(xchart)
    opens(xchart, at_kiosk(xchart, kiosk), visit)
    (row,) = openings(xchart)
    kept = {name: value for name, value in vars(row).items() if not name.startswith("_")}
    assert kept == {
        "id": 1,
        "at": "2026-11-23T15:05:00.000000Z",
        "appointment_id": visit.id,
        "account_id": OFFICE,
        "kiosk_session_id": kiosk.held["session"],
        "jkt": kiosk.jkt,
        "computer": "OP3-PC",
        "location": "Main Street",
        "operatory": "Op 3",
    }


def test_once_per_session_and_visit_and_minute(xchart: Xchart, kiosk: Kiosk) -> None:
    visit, other = visit_of(xchart), visit_of(xchart, 6)
    cookie = at_kiosk(xchart, kiosk)
    opens(xchart, cookie, visit)
    xchart.pass_time(seconds=59)
    opens(xchart, cookie, visit)
    assert len(openings(xchart)) == 1
    opens(xchart, cookie, other)
    assert len(openings(xchart)) == 2
    xchart.pass_time(seconds=1)
    opens(xchart, cookie, visit)
    assert len(openings(xchart)) == 3
    opens(xchart, at_kiosk(xchart, kiosk, "per-james"), visit)
    assert len(openings(xchart)) == 4
    chen, _ = sign_in(xchart, "chen@lakeside.example", CHEN)
    rivera, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    for browser in (chen, rivera, chen, rivera):
        opens(xchart, browser, visit)
    assert [each.account_id for each in openings(xchart)][4:] == [CHEN, RIVERA]


def test_what_was_not_shown_was_not_opened(xchart: Xchart, kiosk: Kiosk) -> None:
    cookie, visit = at_kiosk(xchart, kiosk), visit_of(xchart)
    xchart.page("/today", cookie)
    xchart.page("/appointments/apt-none", cookie)
    xchart.page(f"/appointments/{visit.id}", "")
    xchart.page(f"/appointments/{visit.id}/status", cookie, {"to": "Seated", "seen": "1"})
    assert openings(xchart) == []


def test_in_a_browser_it_is_the_accounts_own_login(xchart: Xchart) -> None:
    chen, _ = sign_in(xchart, "chen@lakeside.example", CHEN)
    desk, _ = sign_in(xchart, "frontdesk@lakeside.example", RIVERA)
    opens(xchart, chen, visit_of(xchart))
    xchart.pass_time(minutes=1)
    opens(xchart, desk, visit_of(xchart))
    shared, own = read_by_admin(xchart)
    assert "Dr. Samuel Chen Opened" in own
    assert "Somebody on Office Assistant no name was given Opened" in shared
    for each in (own, shared):
        assert each.endswith("A browser The account's own login Xchart itself")


@pytest.mark.parametrize(
    ("person", "strength", "said"),
    [
        (OFFICE, "tile", "Somebody on Office Assistant no name was given Opened"),
        (OFFICE, "none", "Somebody on Office Assistant no name was given Opened"),
        ("Lena P.", "self-named", "Lena P. (typed the name) Office Assistant Opened"),
        ("per-james", "tile", "James Carter Office Assistant Opened"),
    ],
)
def test_it_says_in_words_what_can_be_known(
    xchart: Xchart, kiosk: Kiosk, person: str, strength: str, said: str
) -> None:
    opens(xchart, at_kiosk(xchart, kiosk, person, strength), visit_of(xchart))
    (line,) = read_by_admin(xchart)
    assert said in line


def test_a_personal_login_at_a_kiosk(xchart: Xchart) -> None:
    kiosk = xchart.join(None, "chen@lakeside.example", CHEN, CHEN)
    opens(xchart, at_kiosk(xchart, kiosk, CHEN, "pin"), visit_of(xchart))
    (line,) = read_by_admin(xchart)
    assert "Dr. Samuel Chen Opened" in line
    assert line.endswith(f"{HERE} PIN Xchart itself")


def test_a_deactivated_account_is_still_named(xchart: Xchart, kiosk: Kiosk) -> None:
    opens(xchart, at_kiosk(xchart, kiosk), visit_of(xchart))
    chen, _ = sign_in(xchart, "chen@lakeside.example", CHEN)
    opens(xchart, chen, visit_of(xchart, 6))
    for which in (OFFICE, CHEN):
        xchart.control("POST", f"/members/{which}", {"active": False})
    said = " ".join(read_by_admin(xchart))
    assert "Maria Lopez Office Assistant" in said
    assert "Dr. Samuel Chen" in said


def test_a_name_taken_off_the_list_stays_in_the_audit(xchart: Xchart, kiosk: Kiosk) -> None:
    opens(xchart, at_kiosk(xchart, kiosk), visit_of(xchart))
    admin, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    xchart.page("/members/acc-office/assistants/per-maria/remove", admin, {})
    assert "Maria Lopez" in rows(audit(xchart, admin))[0]


def test_a_computer_that_moved_was_where_it_was(xchart: Xchart, kiosk: Kiosk) -> None:
    opens(xchart, at_kiosk(xchart, kiosk), visit_of(xchart))
    asked = kiosk.ask_to_join(place={"location": "Harbor", "operatory": "Op 1"})
    challenge = str(asked.body["id"])
    xchart.pass_time(minutes=2)
    kiosk.deliver(challenge)
    assert kiosk.answer(challenge, xchart.newest_code()).status == 200
    assert HERE in read_by_admin(xchart)[0]


def test_an_appointment_that_was_deleted_has_no_name(xchart: Xchart, kiosk: Kiosk) -> None:
    visit = visit_of(xchart)
    opens(xchart, at_kiosk(xchart, kiosk), visit)
    admin, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    xchart.page(f"/appointments/{visit.id}/delete", admin, {})
    (line,) = rows(audit(xchart, admin))
    assert "Maria Lopez Office Assistant Opened an appointment that was deleted OP3-PC" in line


def corrected(kiosk: Kiosk, at: str, **said: object) -> None:
    """That computer says that it was James."""
    told = Audit(kiosk)
    told.add().update({"at": at, "act": "corrected", "detail": "per-james", **said})
    answer = told.push()
    assert answer.status == 200, answer.text


LATER = "later said to have been James Carter"


def test_who_it_was_later_said_to_have_been_stands_beside(xchart: Xchart, kiosk: Kiosk) -> None:
    opens(xchart, at_kiosk(xchart, kiosk), visit_of(xchart))
    xchart.pass_time(hours=12)
    corrected(kiosk, "2026-11-24T03:05:00.000000Z")
    (line,) = read_by_admin(xchart, day="2026-11-23", patient=visit_of(xchart).patient)
    assert f"Maria Lopez Office Assistant {LATER} Opened" in line


@pytest.mark.parametrize(
    "said",
    [
        {"at": "2026-11-24T03:05:00.000001Z"},
        {"at": "2026-11-23T15:04:59.999999Z"},
        {"actor": "per-aisha"},
        {"account": RIVERA},
        {"act": "entered"},
        {"device": "other"},
        {"at": "2026-11-24T09:00:00.000000Z"},
    ],
    ids=str,
)
def test_a_correction_of_something_else_is_not_beside_it(
    xchart: Xchart, kiosk: Kiosk, said: dict[str, str]
) -> None:
    other = xchart.join(approver=CHEN)
    opens(xchart, at_kiosk(xchart, kiosk), visit_of(xchart))
    xchart.pass_time(hours=12, minutes=1)
    device = {"device": other.jkt} if said.get("device") else {}
    told = {"at": "2026-11-23T16:00:00.000000Z", **said, **device}
    corrected(kiosk, str(told.pop("at")), **told)
    (line,) = read_by_admin(xchart, day="2026-11-23", patient=visit_of(xchart).patient)
    assert "later said" not in line


def test_the_nearest_correction_while_the_session_lasted(xchart: Xchart, kiosk: Kiosk) -> None:
    visit = visit_of(xchart)
    opens(xchart, at_kiosk(xchart, kiosk), visit)
    xchart.pass_time(hours=1)
    opens(xchart, at_kiosk(xchart, kiosk), visit)
    told = Audit(kiosk)
    xchart.pass_time(hours=1)
    for minute, who in ((10, "per-james"), (20, "per-aisha")):
        at = f"2026-11-23T16:{minute}:00.000000Z"
        told.add(at=at, act="corrected", detail=who)
    told.push()
    second, first = read_by_admin(xchart, patient=visit.patient)
    assert LATER in second
    assert "later said" not in first


def test_a_correction_to_somebody_whom_no_list_names(xchart: Xchart, kiosk: Kiosk) -> None:
    opens(xchart, at_kiosk(xchart, kiosk), visit_of(xchart))
    corrected(kiosk, "2026-11-23T15:05:30.000000Z", detail="per-nobody")
    (line,) = read_by_admin(xchart, patient=visit_of(xchart).patient)
    assert "later said to have been someone else Opened" in line


def test_a_correction_that_is_not_believed_corrects_nobody(xchart: Xchart, kiosk: Kiosk) -> None:
    opens(xchart, at_kiosk(xchart, kiosk), visit_of(xchart))
    xchart.pass_time(hours=1)
    told = Audit(kiosk)
    told.add(30)
    told.push()
    told.add(10, act="corrected", detail="per-james")
    told.push(2)
    said = read_by_admin(xchart)
    assert "Not believed" in said[1]
    assert not any("later said" in each for each in said)


def test_a_correction_on_another_account_is_not_beside_it(xchart: Xchart, kiosk: Kiosk) -> None:
    opens(xchart, at_kiosk(xchart, kiosk), visit_of(xchart))
    corrected(kiosk, "2026-11-23T15:05:30.000000Z")
    assert LATER in read_by_admin(xchart)[1]
    with xchart.state.unit() as db:
        db.scalars(select(AuditRecord)).one().account = CHEN
    assert "later said" not in " ".join(read_by_admin(xchart))


def test_a_correction_counts_over_midnight(xchart: Xchart, kiosk: Kiosk) -> None:
    xchart.pass_time(hours=14, minutes=50)
    cookie, visit = at_kiosk(xchart, kiosk), visit_of(xchart)
    opens(xchart, cookie, visit)
    xchart.pass_time(minutes=10)
    corrected(kiosk, "2026-11-24T06:04:00.000000Z")
    assert LATER in read_by_admin(xchart, day="2026-11-23")[0]
    assert LATER in read_by_admin(xchart, day="2026-11-23", person="james")[0]


def test_a_correction_of_the_evening_before(xchart: Xchart, kiosk: Kiosk) -> None:
    """The page that was open already may show one more patient before it closes."""
    xchart.pass_time(hours=14, minutes=54)
    cookie = at_kiosk(xchart, kiosk)
    corrected(kiosk, "2026-11-24T05:59:30.000000Z")
    xchart.pass_time(minutes=1)
    opens(xchart, cookie, visit_of(xchart))
    assert LATER in read_by_admin(xchart, day="2026-11-24")[0]
