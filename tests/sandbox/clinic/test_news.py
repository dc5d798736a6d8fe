"""The schedule comes down whole or as what changed, and says nothing when nothing did."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sandbox.tables.rows import Appointment
from tests.support.sandbox.client import CHEN, OFFICE, RIVERA, Answer, Kiosk
from tests.support.sandbox.contract import misfits
from tests.support.sandbox.pushing import Audit, command, send
from tests.support.sandbox.running import Opening, Xchart


def told(answer: Answer) -> dict[str, Any]:
    """The schedule of an answer that fits the contract."""
    assert answer.status == 200, answer.text
    assert misfits("Changes", answer.body) == []
    schedule = answer.body["schedule"]
    assert isinstance(schedule, dict)
    return schedule


def cursor(answer: Answer) -> str:
    """The cursor of an answer."""
    return str(answer.body["cursor"])


def test_the_whole_is_today_and_the_next_clinic_day_of_the_location(kiosk: Kiosk) -> None:
    schedule = told(kiosk.changes())
    assert schedule["whole"] is True
    assert schedule["days"] == ["2026-11-23", "2026-11-24"]
    days = [each["day"] for each in schedule["appointments"]]
    assert days == ["2026-11-23"] * 16 + ["2026-11-24"] * 16
    assert [each["operatory"] for each in schedule["rooms"]] == ["Op 1", "Op 2", "Op 3", "Op 4"]
    assert any(each["operatory"] is None for each in schedule["appointments"])
    tomorrow = {str(each["status"]) for each in schedule["appointments"][16:]}
    assert tomorrow == {"Confirmed", "Scheduled"}
    assert schedule["removed"] == []


def test_a_location_sees_nothing_of_another(xchart: Xchart, kiosk: Kiosk) -> None:
    harbor = Kiosk(xchart.address)
    asked = harbor.ask_to_join(place={"location": "Harbor", "operatory": "Op 1"})
    harbor.deliver(str(asked.body["id"]), CHEN)
    harbor.answer(str(asked.body["id"]), xchart.newest_code())
    harbor.held["account"] = OFFICE
    pulled = harbor.changes()
    assert len(told(pulled)["appointments"]) == 12
    visit = str(told(kiosk.changes())["appointments"][5]["id"])
    send(kiosk, command(1, "status", visit, "Seated", 1))
    assert harbor.changes(cursor(pulled)).status == 204


def test_only_what_changed_comes_after_that(kiosk: Kiosk) -> None:
    first = kiosk.changes()
    visits = [str(each["id"]) for each in told(first)["appointments"]]
    assert kiosk.changes(cursor(first)).status == 204
    send(kiosk, command(1, "status", visits[5], "Seated", 1))
    send(kiosk, command(2, "room", "Op 3", "Turn over", 1))
    second = kiosk.changes(cursor(first))
    delta = told(second)
    assert delta["whole"] is False
    assert [(each["id"], each["status"]) for each in delta["appointments"]] == [
        (visits[5], "Seated")
    ]
    assert [each["operatory"] for each in delta["rooms"]] == ["Op 3"]
    assert kiosk.changes(cursor(second)).status == 204
    assert len(told(kiosk.changes(cursor(first)))["appointments"]) == 1, "asked again, told again"


def test_a_refused_command_is_no_news(kiosk: Kiosk) -> None:
    first = kiosk.changes()
    visit = str(told(first)["appointments"][5]["id"])
    send(kiosk, command(1, "status", visit, "Seated", 4), command(2, "status", visit, "Signed", 1))
    assert kiosk.changes(cursor(first)).status == 204


def test_a_deleted_appointment_is_removed(xchart: Xchart, kiosk: Kiosk) -> None:
    first = kiosk.changes()
    visit = str(told(first)["appointments"][5]["id"])
    chen = xchart.join(Kiosk(xchart.address), "chen@lakeside.example", CHEN, CHEN)
    chen.start(CHEN)
    token = chen.held["access_token"]
    assert chen.call("DELETE", f"/v1/appointments/{visit}", token=token).status == 204
    delta = told(kiosk.changes(cursor(first)))
    assert (delta["removed"], delta["appointments"]) == ([visit], [])
    assert told(kiosk.changes())["removed"] == [], "who never had it need not lose it"
    result = send(kiosk, command(1, "status", visit, "Seated", 1)).body["results"]
    assert isinstance(result, list)
    assert result[0]["code"] == "unknown"


def test_another_day_comes_whole(xchart: Xchart, kiosk: Kiosk) -> None:
    first = kiosk.changes()
    xchart.pass_time(hours=14)
    schedule = told(kiosk.changes(cursor(first)))
    assert schedule["whole"] is False, "eleven in the evening is still Monday"
    xchart.pass_time(hours=1)
    schedule = told(kiosk.changes(cursor(first)))
    assert (schedule["whole"], schedule["days"]) == (True, ["2026-11-24", "2026-11-25"])
    ids = {str(each["id"]) for each in told(first)["appointments"]}
    assert len(ids & {str(each["id"]) for each in schedule["appointments"]}) == 16


def test_friday_shows_monday_and_a_holiday_is_skipped(xchart: Xchart, kiosk: Kiosk) -> None:
    xchart.pass_time(days=4)
    friday = kiosk.changes()
    assert told(friday)["days"] == ["2026-11-27", "2026-11-30"]
    assert xchart.control("POST", "/closures", {"day": "2026-11-30"}).status == 200
    holiday = told(kiosk.changes(cursor(friday)))
    assert (holiday["whole"], holiday["days"]) == (True, ["2026-11-27", "2026-12-01"])
    assert {each["day"] for each in holiday["appointments"]} == {"2026-11-27", "2026-12-01"}


def test_another_location_comes_whole(xchart: Xchart, kiosk: Kiosk) -> None:
    first = kiosk.changes()
    asked = kiosk.ask_to_join(place={"location": "Harbor", "operatory": "Op 2"})
    kiosk.deliver(str(asked.body["id"]), CHEN)
    kiosk.answer(str(asked.body["id"]), xchart.newest_code())
    schedule = told(kiosk.changes(cursor(first)))
    assert (schedule["whole"], len(schedule["appointments"])) == (True, 12)


@pytest.mark.parametrize(
    "wrong", ["x", "1.2.3", "a.b.c.d", "..." * 9, "%00", "a.b.c.-5", "é", "1" * 300]
)
def test_an_unknown_cursor_gets_the_whole(kiosk: Kiosk, wrong: str) -> None:
    held = wrong if wrong.isascii() else "%C3%A9"
    assert told(kiosk.changes(held))["whole"] is True


def test_a_cursor_ahead_of_the_server_or_of_another_one_gets_the_whole(kiosk: Kiosk) -> None:
    issued, terms, window, revision = cursor(kiosk.changes()).split(".")
    ahead = f"{issued}.{terms}.{window}.{int(revision, 16) + 1:x}"
    assert told(kiosk.changes(ahead))["whole"] is True
    assert told(kiosk.changes(f"{issued}.{terms}.{'0' * 12}.{revision}"))["whole"] is True


def test_a_refreshed_grant_brings_no_schedule_again(xchart: Xchart, kiosk: Kiosk) -> None:
    first = kiosk.changes()
    xchart.pass_time(hours=6)
    delta = told(kiosk.changes(cursor(first)))
    assert (delta["whole"], delta["appointments"], delta["rooms"]) == (False, [], [])


def test_it_never_moves_the_horizon(xchart: Xchart, kiosk: Kiosk) -> None:
    horizon = kiosk.changes().body["trust"]
    for _ in range(5):
        xchart.pass_time(days=1)
        assert kiosk.changes().body["trust"] == horizon


def test_a_status_stays_as_a_person_left_it(
    open_server: Opening, xchart: Xchart, kiosk: Kiosk
) -> None:
    before = told(kiosk.changes())["appointments"][:16]
    xchart.pass_time(hours=8)
    assert told(kiosk.changes())["appointments"][:16] == before
    assert {str(each["status"]) for each in before} > {"Left", "Seated", "Confirmed"}
    xchart.stop()
    again = open_server()
    kiosk.address = again.address
    assert told(kiosk.changes())["appointments"][:16] == before


def test_tomorrows_visits_are_todays_tomorrow(xchart: Xchart, kiosk: Kiosk) -> None:
    tomorrow = told(kiosk.changes())["appointments"][16:]
    send(kiosk, command(1, "operatory", str(tomorrow[8]["id"]), "Op 4", 1))
    moved = told(kiosk.changes())["appointments"][16:]
    xchart.pass_time(days=1)
    assert told(kiosk.changes())["appointments"][:16] == moved


def test_what_is_pulled_is_what_the_pages_show(xchart: Xchart, kiosk: Kiosk) -> None:
    with xchart.state.unit() as db:
        rows = db.scalars(select(Appointment).where(Appointment.location == "Main Street")).all()
        alerts = {each.id: [each.alert] if each.alert else [] for each in rows}
    for each in told(kiosk.changes())["appointments"]:
        assert each["alerts"] == alerts[str(each["id"])]
    assert any(alerts.values())


def test_an_audit_is_no_news(xchart: Xchart, kiosk: Kiosk) -> None:
    held = cursor(kiosk.changes())
    audit = Audit(kiosk)
    audit.add(actor=RIVERA)
    audit.push()
    assert kiosk.changes(held).status == 204


def put_back(data: Path, kept: Path) -> None:
    """The database as it was when it was kept, whatever is there now."""
    for each in data.glob("xchart.sqlite3*"):
        each.unlink()
    for each in kept.iterdir():
        shutil.copy(each, data)


def test_what_a_restored_database_has_lost_is_read_anew(
    open_server: Opening, xchart: Xchart, kiosk: Kiosk, tmp_path: Path
) -> None:
    """The count goes on from the backup: by the number alone the cursor would be one of ours."""
    other = xchart.join(approver=CHEN)
    visits = [str(each["id"]) for each in told(kiosk.changes())["appointments"]]
    xchart.stop()
    kept = tmp_path / "backup"
    kept.mkdir()
    for each in tmp_path.glob("xchart.sqlite3*"):
        shutil.copy(each, kept)
    before = open_server()
    kiosk.address = before.address
    send(kiosk, command(1, "status", visits[5], "Seated", 1))
    held = cursor(kiosk.changes())
    assert kiosk.changes(held).status == 204
    before.stop()
    put_back(tmp_path, kept)
    after = open_server()
    kiosk.address = other.address = after.address
    send(other, command(1, "room", "Op 1", "Turn over", 1))
    schedule = told(kiosk.changes(held))
    assert schedule["whole"] is True
    lost = next(each for each in schedule["appointments"] if each["id"] == visits[5])
    assert (lost["status"], lost["version"]) != ("Seated", 2)
    assert schedule["rooms"][0]["status"] == "Turn over"
    again = kiosk.changes(held)
    assert told(again)["whole"] is True, "as often as it is asked"
    assert kiosk.changes(cursor(again)).status == 204


def test_in_one_life_a_cursor_of_another_computer_of_the_room_counts(
    xchart: Xchart, kiosk: Kiosk
) -> None:
    """It says nothing of who holds it; only the terms of the grant differ."""
    other = xchart.join(approver=CHEN)
    assert told(other.changes(cursor(kiosk.changes())))["whole"] is False
