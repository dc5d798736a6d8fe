"""An admin asks the audit: by patient, person, room and day. What does not fit gets a sentence."""

import re

import pytest

from sandbox.tables.rows import Appointment
from tests.support.sandbox.browsing import sign_in
from tests.support.sandbox.client import CHEN, OFFICE, RIVERA, Kiosk
from tests.support.sandbox.pushing import Audit
from tests.support.sandbox.reading import at_kiosk, audit, limits, opens, rows, troubles, visit_of
from tests.support.sandbox.running import Xchart

HARBOR = {"location": "Harbor", "operatory": "Op 1"}


def in_harbor(xchart: Xchart) -> Kiosk:
    """A computer in Op 1 of Harbor."""
    kiosk = Kiosk(xchart.address)
    challenge = str(kiosk.ask_to_join(place=HARBOR).body["id"])
    kiosk.deliver(challenge, CHEN)
    assert kiosk.answer(challenge, xchart.newest_code()).status == 200
    kiosk.held["account"] = OFFICE
    return kiosk


def renamed(xchart: Xchart, place: int, patient: str) -> Appointment:
    """A visit whose patient is called this."""
    visit = visit_of(xchart, place)
    with xchart.state.unit() as db:
        db.get_one(Appointment, visit.id).patient = patient
    return visit_of(xchart, place)


def test_by_patient_what_was_opened_and_what_was_set(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    munoz, other = renamed(xchart, 5, "Pilar Mu\u00f1oz"), visit_of(xchart, 6)
    cookie = at_kiosk(xchart, kiosk)
    opens(xchart, cookie, munoz)
    opens(xchart, cookie, other)
    told = Audit(kiosk)
    told.add(5, act="status_set", detail="Seated", subject=munoz.id)
    told.add(6, act="status_set", detail="Seated", subject=other.id)
    told.push()
    found = rows(audit(xchart, admin, patient="  MUNOZ "))
    assert len(found) == 2
    assert "Set a status: Seated" in found[0]
    assert "Opened Pilar Mu\u00f1oz 's record" in found[1]
    assert rows(audit(xchart, admin, patient="%")) == []
    assert len(rows(audit(xchart, admin))) == 4
    page = audit(xchart, admin, patient="Nobody")
    assert "Nothing of this was recorded on this day." in page


def test_a_patient_of_another_location(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    visit = visit_of(xchart, 17)
    opens(xchart, at_kiosk(xchart, kiosk), visit)
    (line,) = rows(audit(xchart, admin, patient=visit.patient))
    assert "Visit 8:30 am · Harbor OP3-PC Op 3 · Main Street" in line
    assert rows(audit(xchart, admin, patient=visit.patient, room="Harbor, Op 2")) == []


def test_by_room_where_it_was_opened(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    harbor, visit = in_harbor(xchart), visit_of(xchart)
    opens(xchart, at_kiosk(xchart, kiosk), visit)
    opens(xchart, at_kiosk(xchart, harbor, "per-james"), visit)
    opens(xchart, admin, visit)
    for each in (kiosk, harbor):
        told = Audit(each)
        told.add(5, actor="per-aisha")
        told.push()
    there = rows(audit(xchart, admin, room="Harbor, Op 1"))
    assert ["James" in each or "Aisha" in each for each in there] == [True, True]
    assert all("Op 1 · Harbor" in each for each in there)
    assert len(rows(audit(xchart, admin, room="Main Street, Op 3"))) == 2
    assert len(rows(audit(xchart, admin))) == 5
    assert "<option selected>Harbor, Op 1</option>" in audit(xchart, admin, room="Harbor, Op 1")


def test_by_person_as_named_on_the_login_and_as_said_later(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    visit = visit_of(xchart)
    opens(xchart, at_kiosk(xchart, kiosk), visit)
    xchart.pass_time(minutes=2)
    told = Audit(kiosk)
    told.add(6, act="corrected", detail="per-james")
    told.add(6, actor=CHEN, strength="pin")
    told.push()
    opens(xchart, at_kiosk(xchart, kiosk, "per-aisha"), visit)
    admin, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    opens(xchart, admin, visit)

    def who(person: str) -> list[str]:
        found = rows(audit(xchart, admin, person=person))
        return [each.partition("-06:00 ")[2][:5] for each in found]

    assert who("maria") == ["Maria", "Maria"]
    assert who("james") == ["Maria", "Maria"]
    assert who("Aisha") == ["Aisha"]
    assert who("acc-chen") == ["Nobod"]
    assert who("rivera") == ["Dr. E"]
    assert who("office assistant") == ["Aisha", "Maria", "Maria"]
    assert who("_") == []


def test_a_session_that_was_corrected_in_another_room_stays_out(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    """Maria works in two rooms; only in one of them it was James."""
    harbor, visit = in_harbor(xchart), visit_of(xchart)
    opens(xchart, at_kiosk(xchart, kiosk), visit)
    opens(xchart, at_kiosk(xchart, harbor), visit)
    told = Audit(harbor)
    told.add(5, act="corrected", detail="per-james")
    told.push()
    found = rows(audit(xchart, admin, person="james"))
    assert len(found) == 2
    assert all("Op 1 · Harbor" in each for each in found)


def test_the_day_is_the_clinics_and_the_day_of_the_opening(xchart: Xchart, kiosk: Kiosk) -> None:
    visit = visit_of(xchart)
    xchart.pass_time(hours=14, minutes=54, seconds=59)
    opens(xchart, at_kiosk(xchart, kiosk), visit)
    xchart.pass_time(seconds=1)
    opens(xchart, at_kiosk(xchart, kiosk, "per-james"), visit)
    admin, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    (monday,) = rows(audit(xchart, admin, day="2026-11-23"))
    (tuesday,) = rows(audit(xchart, admin))
    assert monday.startswith("11:59 pm -06:00 Maria")
    assert tuesday.startswith("12:00 am -06:00 James")
    assert "Visit Nov 23, 9:30 am" in tuesday


def test_some_days_of_one_patient(xchart: Xchart, kiosk: Kiosk) -> None:
    visit = visit_of(xchart)
    for _ in range(3):
        opens(xchart, at_kiosk(xchart, kiosk), visit)
        xchart.pass_time(days=1)
    admin, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    page = audit(xchart, admin, patient=visit.patient, first="2026-11-23", to="2026-11-24")
    assert [each[:20] for each in rows(page)] == ["Tue, Nov 24 9:05 am ", "Mon, Nov 23 9:05 am "]
    assert "Monday, November 23 to Tuesday, November 24 · 2 lines" in page
    whole = audit(xchart, admin, patient=visit.patient, first="2026-11-01", to="2026-12-01")
    assert (len(rows(whole)), troubles(whole)) == (3, [])
    assert 'name="to" value="2026-12-01"' in whole


def test_the_offset_changes_with_the_clocks(xchart: Xchart, kiosk: Kiosk) -> None:
    visit = visit_of(xchart)
    xchart.pass_time(days=120)
    kiosk = xchart.join(kiosk, approver=CHEN)
    opens(xchart, at_kiosk(xchart, kiosk), visit)
    admin, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    (line,) = rows(audit(xchart, admin))
    assert line.startswith("10:05 am -05:00 Maria")
    assert "Visit Nov 23, 2026, 9:30 am" in line


PATIENT = {"patient": "a"}


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"day": "x"}, "That is not a day. Write it like 2026-03-05."),
        ({"day": "2026-02-30"}, "That is not a day. Write it like 2026-03-05."),
        ({"first": "9999-12-31", "to": "0001-01-01"}, "That is not a day."),
        ({"day": "2" * 5000}, "That is not a day."),
        ({**PATIENT, "first": "2026-11-24", "to": "2026-11-23"}, "The first day is after"),
        ({**PATIENT, "first": "2026-11-01", "to": "2026-12-02"}, "Ask for 31 days at most."),
        ({"first": "2026-11-22", "to": "2026-11-23"}, "Several days can be asked for one patient"),
        ({"person": "a", "first": "2026-11-22", "to": "2026-11-23"}, "Several days can be asked"),
        ({"patient": "x" * 61}, "Type a part of the patient's name, 60 letters at most."),
        ({"person": "x" * 61}, "Type a part of the person's name, 60 letters at most."),
        ({"person": "\x00"}, "Type a part of the person's name, 60 letters at most."),
        ({"room": "Op 9"}, "There is no such room. Choose one from the list."),
    ],
    ids=str,
)
def test_what_does_not_fit_gets_a_sentence_and_no_answer(
    xchart: Xchart, kiosk: Kiosk, admin: str, asked: dict[str, str], sentence: str
) -> None:
    opens(xchart, at_kiosk(xchart, kiosk), visit_of(xchart))
    page = audit(xchart, admin, **asked)
    (said,) = troubles(page)
    assert said.startswith(sentence)
    assert (rows(page), "Export" in page) == ([], False)
    assert "<table" not in page
    if "to" in asked:
        assert f'name="to" value="{asked["to"]}"' in page


def test_what_just_fits(xchart: Xchart, admin: str) -> None:
    for asked in ({"patient": "x" * 60}, {"day": " 2026-11-23 "}, {"to": "2026-11-20"}, {}):
        assert troubles(audit(xchart, admin, **asked)) == []


def test_a_question_is_an_address(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    """The days beside it, and the parts of a long answer, keep what was asked."""
    visit = visit_of(xchart)
    told = Audit(kiosk)
    for _ in range(201):
        told.add(5, subject=visit.id)
    told.push()
    opens(xchart, at_kiosk(xchart, kiosk), visit)
    asked = {"patient": visit.patient, "person": "Maria", "room": "Main Street, Op 3"}
    page = audit(xchart, admin, **asked)
    said = "&amp;room=Main+Street%2C+Op+3&amp;"
    links = re.findall(r'href="(/audit\?patient=[^"]+)"', page)
    assert [each.partition(said)[2] for each in links] == [
        "day=2026-11-22",
        "day=2026-11-24",
        "day=2026-11-23&amp;skip=200",
    ]
    rest = audit(xchart, admin, **asked, skip="200")
    assert (len(rows(page)), len(rows(rest))) == (200, 2)
    assert "202 lines" in page
    shifted = audit(xchart, admin, patient="a", first="2026-11-22", to="2026-11-23")
    assert "from=2026-11-20&amp;to=2026-11-21" in shifted


def test_what_was_typed_cannot_draw_on_the_page(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    visit = renamed(xchart, 5, "<b>Bold</b>")
    opens(xchart, at_kiosk(xchart, kiosk, "<i>Lena", "self-named"), visit)
    page = audit(xchart, admin, patient='"><b>x', person="<i>")
    assert not re.search(r"<b>Bold|<i>Lena|\"><b>x", page)
    page = audit(xchart, admin)
    assert not re.search("<b>Bold|<i>Lena", page)
    assert "&lt;i&gt;Lena" in page


def test_only_an_admin_may_ask(xchart: Xchart, kiosk: Kiosk) -> None:
    chen, _ = sign_in(xchart, "chen@lakeside.example", CHEN)
    for cookie in (chen, at_kiosk(xchart, kiosk)):
        assert xchart.page("/audit?patient=a", cookie).status == 403
    assert xchart.page("/audit?patient=a", "").headers["Location"] == "/signin"


def test_openings_of_deleted_appointments_are_counted(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    visit = visit_of(xchart)
    opens(xchart, at_kiosk(xchart, kiosk), visit)
    assert "deleted" not in audit(xchart, admin, patient=visit.patient)
    xchart.page(f"/appointments/{visit.id}/delete", admin, {})
    page = audit(xchart, admin, patient=visit.patient)
    assert rows(page) == []
    assert "1 opening was of appointments deleted since. Whose they were" in limits(page)
    assert "deleted since" not in limits(audit(xchart, admin))
    assert "deleted since" not in limits(audit(xchart, admin, patient="a", room="Harbor, Op 1"))


def heard_of(xchart: Xchart) -> str:
    """What the page says about computers that it has not heard from."""
    admin, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    said = limits(audit(xchart, admin))
    assert "Reading the list on a kiosk, with or without internet, is not recorded" in said
    return said


def test_a_computer_that_has_not_sent_its_records_is_named(xchart: Xchart, kiosk: Kiosk) -> None:
    kiosk.start()
    told = Audit(kiosk)
    told.add(5)
    told.push()
    xchart.pass_time(days=1, seconds=1)
    assert "OP3-PC" not in heard_of(xchart)
    kiosk.start()
    said = "OP3-PC (Op 3, Main Street) has not sent its records since Mon, Nov 23, 9:05 am"
    assert said in heard_of(xchart)
    told.add(at="2026-11-24T15:05:01.000000Z")
    told.push()
    assert "OP3-PC" not in heard_of(xchart)


def test_a_computer_is_given_a_day_to_send(xchart: Xchart, kiosk: Kiosk) -> None:
    assert "OP3-PC" not in heard_of(xchart)
    kiosk.start()
    xchart.pass_time(days=1)
    assert "OP3-PC" not in heard_of(xchart)
    xchart.pass_time(seconds=1)
    assert "OP3-PC (Op 3, Main Street) was used and has not sent any records" in heard_of(xchart)


def test_the_record_of_an_entry_may_come_before_its_session(xchart: Xchart, kiosk: Kiosk) -> None:
    told = Audit(kiosk)
    told.add(5)
    told.push()
    xchart.pass_time(minutes=1)
    kiosk.start()
    xchart.pass_time(days=2)
    assert "OP3-PC" not in heard_of(xchart)


def test_more_than_one_read_of_the_database(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    """Lines are fetched some hundreds at a time; none is lost or doubled between two reads."""
    told = Audit(kiosk)
    for number in range(30):
        told.add(number, detail=str(number), act="status_set")
    told.push()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sandbox.records.answers.AT_ONCE", 7)
        found = rows(audit(xchart, admin))
    numbers = [re.findall(r"status: (\d+)", each) for each in found]
    assert numbers == [[str(number)] for number in reversed(range(30))]
