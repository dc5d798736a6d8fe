"""What an admin reads of the audit, and how a web page sets a status."""

import html
import re

import pytest
from sqlalchemy import select

from sandbox.tables.rows import Appointment
from tests.support.sandbox.browsing import rows_of, sign_in
from tests.support.sandbox.client import CHEN, RIVERA, Kiosk
from tests.support.sandbox.pushing import Audit, command, results, send
from tests.support.sandbox.running import Xchart


def visit_of(xchart: Xchart, place: int = 5) -> Appointment:
    """A visit of today at Main Street."""
    with xchart.state.unit() as db:
        return db.scalars(
            select(Appointment).where(Appointment.day == "2026-11-23", Appointment.place == place)
        ).one()


@pytest.fixture
def kiosk(xchart: Xchart) -> Kiosk:
    """The computer in Op 3, with Maria signed in."""
    kiosk = xchart.join()
    kiosk.start()
    return kiosk


def test_who_did_what_when_where_and_how_sure(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    visit = visit_of(xchart)
    audit = Audit(kiosk)
    audit.add(5)
    audit.add(6, act="status_set", detail="Seated", subject=visit.id)
    audit.add(7, act="locked", cause="idle", strength="badge")
    audit.add(8, actor="per-james")
    audit.add(9, actor=CHEN)
    audit.push()
    audit = Audit(xchart.join(approver=CHEN), device=kiosk.jkt)
    audit.add(4, act="left", strength="none")
    audit.push()
    rows = [each.partition(">")[2].strip() for each in rows_of(xchart.page("/audit", admin).text)]
    where = "OP3-PC Op 3 · Main Street"
    maria, tap = "Maria Lopez Office Assistant", "Tapped a name"
    assert rows == [
        f"9:09 am -06:00 Nobody says it is acc-chen Signed in {where} {tap} Not believed",
        f"9:08 am -06:00 James Carter Office Assistant Signed in {where} {tap} Computer's word",
        f"9:07 am -06:00 {maria} Locked after a while without input {where} Badge Computer's word",
        f"9:06 am -06:00 {maria} Set a status: Seated · {visit.patient} {where} {tap} Proved",
        f"9:05 am -06:00 {maria} Signed in {where} {tap} Proved",
        f"9:04 am -06:00 {maria} Left {where} No name given Older log",
    ]


def test_one_clinic_day_at_a_time(xchart: Xchart, kiosk: Kiosk) -> None:
    xchart.pass_time(hours=20)
    admin, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    audit = Audit(kiosk)
    audit.add(at="2026-11-24T05:59:59.999999Z", detail="late")
    audit.add(at="2026-11-24T06:00:00.000000Z", actor="per-james")
    audit.push()
    monday = rows_of(xchart.page("/audit?day=2026-11-23", admin).text)
    tuesday = rows_of(xchart.page("/audit", admin).text)
    assert (len(monday), len(tuesday)) == (1, 1)
    assert "11:59 pm" in monday[0]
    assert "12:00 am" in tuesday[0]
    assert "Tuesday, November 24" in xchart.page("/audit?day=x", admin).text
    assert "Nothing was recorded" in xchart.page("/audit?day=2026-11-20", admin).text
    for odd in ("9999-12-31", "0001-01-01", "2026-11-23&skip=x", "2026-11-23&skip=999999999"):
        assert xchart.page(f"/audit?day={odd}", admin).status == 200


def test_a_long_day_has_pages(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    audit = Audit(kiosk)
    for _ in range(450):
        audit.add(5)
    audit.push()
    path = "/audit"
    counts = []
    for _ in range(3):
        page = xchart.page(path, admin).text
        counts.append(len(rows_of(page)))
        older = re.search(r'href="([^"]+)">Older', page)
        path = html.unescape(older[1]) if older else ""
    assert (counts, path) == ([200, 200, 50], "")


def test_a_clone_is_said_on_top(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    assert "Two copies" not in xchart.page("/audit", admin).text
    audit = Audit(kiosk)
    audit.add()
    audit.push()
    audit.records[0]["actor"] = "per-james"
    audit.push()
    page = xchart.page("/audit", admin).text
    assert "Two copies of OP3-PC (Op 3, Main Street)" in page
    assert "Monday, November 23, 9:05 am" in page


def test_it_is_for_admins_only(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    assert 'href="/audit"' in xchart.page("/members", admin).text
    chen, _ = sign_in(xchart, "chen@lakeside.example", CHEN)
    assert xchart.page("/audit", chen).status == 403
    assert 'href="/audit"' not in xchart.page("/today", chen).text
    assert xchart.page("/audit", "").headers["Location"] == "/signin"


def test_what_a_computer_says_cannot_draw_on_the_page(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    audit = Audit(kiosk)
    audit.add(act="<b>x</b>", strength="<i>", actor="<script>", detail="<u>")
    audit.push()
    page = xchart.page("/audit", admin).text
    assert not re.search(r"<b>x|<script>|<i>&", page)
    assert "&lt;script&gt;" in page


def test_the_web_sets_a_status_and_is_told_who_was_first(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    visit = visit_of(xchart)
    page = xchart.page("/today", admin).text
    assert f'action="/appointments/{visit.id}/status"' in page
    path = f"/appointments/{visit.id}"
    wish = {"to": "Seated", "seen": str(visit.version)}
    assert xchart.page(f"{path}/status", admin, wish).status == 303
    now = visit_of(xchart)
    assert (now.status, now.version, now.set_by, now.set_in) == (
        "Seated",
        2,
        "Dr. Elena Rivera",
        "",
    )
    assert "Set by Dr. Elena Rivera, 9:05 am." in xchart.page(path, admin).text
    (result,) = results(send(kiosk, command(1, "status", visit.id, "Left", 1)))
    assert result["outcome"] == "conflict"
    send(kiosk, command(2, "status", visit.id, "Recovery", 2))
    lost = xchart.page(f"{path}/status", admin, {"to": "Left", "seen": "2"})
    assert lost.status == 409
    assert "is Recovery already" in lost.text
    assert "Set by Maria Lopez in Op 3, 9:05 am." in lost.text
    assert visit_of(xchart).version == 3


def test_an_assistant_may_set_it_in_the_page_of_the_kiosk(xchart: Xchart, kiosk: Kiosk) -> None:
    handoff = kiosk.start().body["handoff"]
    assert isinstance(handoff, dict)
    cookie = xchart.open_page(str(handoff["url"]))
    visit = visit_of(xchart)
    path = f"/appointments/{visit.id}/status"
    assert xchart.page(path, cookie, {"to": "Seated", "seen": "1"}).status == 303
    assert visit_of(xchart).set_by == "Maria Lopez"
    assert xchart.page(path, cookie, {"to": "Arrived", "seen": "2"}).status == 403
    assert xchart.page(path, cookie, {"to": "Signed", "seen": "2"}).status == 422
    assert xchart.page(path, cookie, {"to": "Left", "seen": "x"}).status == 409
    assert xchart.page("/appointments/x/status", cookie, {"to": "Left", "seen": "1"}).status == 404
    assert xchart.page(path, "", {"to": "Left", "seen": "2"}).status == 401
    assert visit_of(xchart).version == 2


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"detail": "per-james"}, "Said it was James Carter, not Maria Lopez"),
        ({"detail": "Lena P."}, "Said it was Lena P., not Maria Lopez"),
        (
            {"actor": "Lena P.", "strength": "self-named", "detail": "per-maria"},
            "Said it was Maria Lopez, not Lena P.",
        ),
        ({"detail": "per-nobody"}, "Said it was someone else"),
        ({"detail": RIVERA}, "Said it was someone else"),
        ({"detail": ""}, "Said it was someone else"),
        ({"actor": CHEN, "detail": "per-james"}, "Said it was someone else"),
    ],
    ids=str,
)
def test_a_correction_names_both(
    xchart: Xchart, kiosk: Kiosk, admin: str, said: dict[str, object], words: str
) -> None:
    kiosk.start("Lena P.", "self-named")
    audit = Audit(kiosk)
    audit.add(5, act="corrected", **said)
    audit.push()
    (row,) = rows_of(xchart.page("/audit", admin).text)
    assert f" {words} OP3-PC" in row


def test_a_correction_keeps_the_name_of_who_was_taken_off_the_list(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    audit = Audit(kiosk)
    audit.add(5, act="corrected", detail="per-james")
    audit.push()
    xchart.page("/members/acc-office/assistants/per-james/remove", admin, {})
    assert "Said it was James Carter, not Maria Lopez" in xchart.page("/audit", admin).text
