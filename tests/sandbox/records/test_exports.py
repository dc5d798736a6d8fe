"""*Export*: the answer as a file that no spreadsheet runs, and a line that says who took it."""

import csv
import io

import pytest

from sandbox.records import exports
from sandbox.tables.rows import Account, Appointment
from tests.support.sandbox.browsing import sign_in
from tests.support.sandbox.client import CHEN, RIVERA, Answer, Kiosk, plain
from tests.support.sandbox.pushing import Audit
from tests.support.sandbox.reading import at_kiosk, audit, opens, rows, troubles, visit_of
from tests.support.sandbox.running import Xchart

HEADINGS = (
    "Clinic time,Who,Later said,Login,What,Patient,More,Computer,Room,Location,Method,How sure"
)


def exported(xchart: Xchart, cookie: str, **asked: str) -> Answer:
    """What the button gives."""
    fields = {"from" if name == "first" else name: word for name, word in asked.items()}
    return xchart.page("/audit/export", cookie, fields)


def cells(answer: Answer) -> list[list[str]]:
    """The file's lines after its headings."""
    assert answer.status == 200, answer.text
    assert answer.text.startswith("\ufeff")
    headings, *found = csv.reader(io.StringIO(answer.text[1:], newline=""))
    assert ",".join(headings) == HEADINGS
    return found


def test_the_same_selection_as_on_the_page(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    visit = visit_of(xchart)
    cookie = at_kiosk(xchart, kiosk)
    opens(xchart, cookie, visit)
    opens(xchart, cookie, visit_of(xchart, 6))
    xchart.pass_time(minutes=1)
    told = Audit(kiosk)
    told.add(6, act="corrected", detail="per-james")
    told.push()
    answer = exported(xchart, admin, patient=visit.patient)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="audit-2026-11-23.csv"'
    assert cells(answer) == [
        [
            "2026-11-23 09:05:00-06:00",
            "Maria Lopez",
            "later said to have been James Carter",
            "Office Assistant",
            f"Opened {visit.patient}'s record",
            visit.patient,
            "Visit 9:30 am · Main Street",
            "OP3-PC",
            "Op 3",
            "Main Street",
            "Tapped a name",
            "Xchart itself",
        ]
    ]
    assert len(cells(exported(xchart, admin, person="maria"))) == 3
    assert cells(exported(xchart, admin, day="2026-11-22")) == []
    days = exported(xchart, admin, patient="a", first="2026-11-22", to="2026-11-23")
    assert "audit-2026-11-22-to-2026-11-23.csv" in days.headers["Content-Disposition"]


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_spreadsheet_runs_a_cell(first: str) -> None:
    assert exports.harmless(f"{first}1+1") == f"'{first}1+1"
    assert exports.harmless(f"1{first}1") == f"1{first}1"
    assert exports.harmless("") == ""


def test_names_that_somebody_typed_are_no_formulas(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    visit = visit_of(xchart)
    evil = '=HYPERLINK("http://x";"y"),\r\n@z'
    with xchart.state.unit() as db:
        db.get_one(Appointment, visit.id).patient = evil
        db.get_one(Account, CHEN).label = "@SUM(1+1)*cmd|' /C calc'!A0"
    opens(xchart, at_kiosk(xchart, kiosk, "+Lena", "self-named"), visit)
    chen, _ = sign_in(xchart, "chen@lakeside.example", CHEN)
    opens(xchart, chen, visit)
    told = Audit(kiosk)
    told.add(5, act="-2+3", strength="=1", actor="\t=1")
    told.push()
    found = cells(exported(xchart, admin))
    assert len(found) == 3
    for each in (cell for line in found for cell in line):
        assert not each.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    text = [cell for line in found for cell in line]
    assert {f"'{evil}", "'+Lena (typed the name)", "'-2+3", "'=1"} <= set(text)


def test_the_file_is_utf_8(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    opens(xchart, at_kiosk(xchart, kiosk, "Zoë Ł.", "self-named"), visit_of(xchart))
    ((_, who, *_),) = cells(exported(xchart, admin))
    assert who == "Zoë Ł. (typed the name)"


def test_ten_thousand_lines_at_most(
    xchart: Xchart, kiosk: Kiosk, admin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert exports.MOST == 10_000
    monkeypatch.setattr(exports, "MOST", 3)
    told = Audit(kiosk)
    for minute in range(5, 8):
        told.add(minute)
    told.push()
    assert "Export<" in audit(xchart, admin)
    whole = exported(xchart, admin)
    assert (len(cells(whole)), "newest" in whole.headers["Content-Disposition"]) == (3, False)
    page = audit(xchart, admin)
    assert "Export the newest 3<" in page
    cut = exported(xchart, admin)
    assert 'filename="audit-2026-11-23-newest-3.csv"' in cut.headers["Content-Disposition"]
    assert [line[0][11:16] for line in cells(cut)] == ["09:07", "09:06", "09:05"]


def test_the_export_itself_is_on_the_page_of_that_day(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    visit = visit_of(xchart)
    opens(xchart, at_kiosk(xchart, kiosk), visit)
    xchart.pass_time(days=1)
    admin, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    asked = {"patient": visit.patient, "person": "maria", "room": "Main Street, Op 3"}
    exported(xchart, admin, **asked, first="2026-11-23", to="2026-11-24")
    (line,) = rows(audit(xchart, admin))
    assert line == (
        "9:05 am -06:00 Dr. Elena Rivera Exported the audit of Nov 23 to Nov 24 "
        f"patient “{visit.patient}” · person “maria” · Main Street, Op 3 · 1 line "
        "A browser The account's own login Xchart itself"
    )
    assert len(rows(audit(xchart, admin, day="2026-11-23"))) == 1
    assert len(rows(audit(xchart, admin, patient=visit.patient))) == 1
    assert len(rows(audit(xchart, admin, patient=visit.patient.split()[0]))) == 1
    assert len(rows(audit(xchart, admin, patient=f"{visit.patient} Jr."))) == 1
    assert len(rows(audit(xchart, admin, person="Rivera"))) == 1
    for other in ({"patient": "nobody"}, {"person": "maria"}, {"room": "Main Street, Op 3"}):
        assert rows(audit(xchart, admin, **other)) == []
    exported(xchart, admin, day="2026-11-20")
    assert "Exported the audit of Nov 20 0 lines" in rows(audit(xchart, admin))[0]
    assert len(rows(audit(xchart, admin, patient=visit.patient))) == 1


def test_an_export_at_a_kiosk_names_the_computer(xchart: Xchart) -> None:
    kiosk = xchart.join(None, "rivera@lakeside.example", RIVERA, RIVERA)
    exported(xchart, at_kiosk(xchart, kiosk, RIVERA, "pin"))
    admin, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    (line,) = rows(audit(xchart, admin, room="Main Street, Op 3"))
    assert line.endswith("OP3-PC Op 3 · Main Street PIN Xchart itself")


def test_who_may_not_export_gets_nothing(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    opens(xchart, at_kiosk(xchart, kiosk), visit_of(xchart))
    chen, _ = sign_in(xchart, "chen@lakeside.example", CHEN)
    assert exported(xchart, chen).status == 403
    assert exported(xchart, at_kiosk(xchart, kiosk)).status == 403
    assert exported(xchart, "").status == 401
    headers = {"Cookie": admin, "Content-Type": "application/x-www-form-urlencoded"}
    for origin in ({}, {"Origin": "https://elsewhere.example"}):
        sent = plain(xchart.address, "POST", "/audit/export", body=b"", headers=headers | origin)
        assert sent.status == 401
        assert "Maria" not in sent.text
    assert xchart.page("/audit/export", admin).status == 404
    assert len(rows(audit(xchart, admin))) == 1


def test_what_does_not_fit_is_not_exported(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    opens(xchart, at_kiosk(xchart, kiosk), visit_of(xchart))
    answer = exported(xchart, admin, first="2026-11-22", to="2026-11-23")
    assert (answer.status, answer.kind) == (422, "text/html")
    assert len(troubles(answer.text)) == 1
    assert exported(xchart, admin, patient="x" * 61).status == 422
    assert len(rows(audit(xchart, admin))) == 1


def test_what_was_asked_cannot_draw_on_the_page(xchart: Xchart, admin: str) -> None:
    exported(xchart, admin, patient="<b>x", person="<i>y")
    page = audit(xchart, admin)
    assert "&lt;b&gt;x" in page
    assert "<b>x" not in page
    assert "<i>y" not in page
