"""Who may set what: a member what happens at the chair, and nothing of the front desk's."""

from tests.sandbox.clinic.test_commands import a_visit, outcomes, schedule
from tests.support.sandbox.client import RIVERA, Kiosk
from tests.support.sandbox.pushing import command, results, send
from tests.support.sandbox.running import Xchart


def test_what_the_front_desk_sets_is_not_a_members(xchart: Xchart, kiosk: Kiosk) -> None:
    visit = a_visit(kiosk)
    for number, to in enumerate(("Arrived", "Confirmed", "Scheduled"), 1):
        told = results(send(kiosk, command(number, "status", visit, to, 1)))
        assert outcomes(told) == ["role_forbids"]
        assert "appointment" not in told[0]
    assert schedule(kiosk)[visit]["version"] == 1
    rivera = xchart.join(Kiosk(xchart.address), "rivera@lakeside.example", RIVERA, RIVERA)
    told = results(send(rivera, command(1, "status", visit, "Arrived", 1, actor=RIVERA)))
    assert outcomes(told) == ["done"]


def test_what_was_set_by_mistake_can_be_taken_back_for_a_minute(
    xchart: Xchart, kiosk: Kiosk
) -> None:
    """*Undo* is a second command; it may bring back what only the front desk sets otherwise."""
    visit, other = a_visit(kiosk), a_visit(kiosk, 1)
    assert outcomes(results(send(kiosk, command(1, "status", visit, "Seated", 1)))) == ["done"]
    assert outcomes(results(send(kiosk, command(2, "status", visit, "Arrived", 2)))) == ["done"]
    assert outcomes(results(send(kiosk, command(3, "status", other, "Seated", 1)))) == ["done"]
    xchart.pass_time(seconds=90)
    late = command(4, "status", other, "Arrived", 2, at="2026-11-23T15:06:30Z")
    assert outcomes(results(send(kiosk, late))) == ["role_forbids"]
