"""What was set at a chair arrives once, in order, and never overwrites another's silently."""

import http.client
import threading

import pytest

from tests.support.sandbox.client import CHEN, OFFICE, Kiosk
from tests.support.sandbox.contract import misfits
from tests.support.sandbox.pushing import command, results, send
from tests.support.sandbox.running import Xchart

HARBOR_OP_1 = {"location": "Harbor", "operatory": "Op 1"}


def schedule(kiosk: Kiosk) -> dict[str, dict[str, object]]:
    """The visits of this computer's location by id, and its rooms by operatory."""
    told = kiosk.changes().body["schedule"]
    assert isinstance(told, dict)
    visits = {each["id"]: each for each in told["appointments"]}
    return visits | {each["operatory"]: each for each in told["rooms"]}


def a_visit(kiosk: Kiosk, place: int = 5) -> str:
    """The id of a visit of today."""
    return list(schedule(kiosk))[place]


def outcomes(told: list[dict[str, object]]) -> list[object]:
    """``done``, ``conflict``, or the code of a refusal."""
    return [each["code"] or each["outcome"] for each in told]


@pytest.fixture
def other(xchart: Xchart, kiosk: Kiosk) -> Kiosk:
    """The computer in Op 1, on the same shared account."""
    other = Kiosk(xchart.address)
    asked = other.ask_to_join(place={"location": "Main Street", "operatory": "Op 1"})
    other.deliver(str(asked.body["id"]), CHEN)
    other.answer(str(asked.body["id"]), xchart.newest_code())
    other.held["account"] = OFFICE
    return other


def test_a_status_is_set_with_who_and_where(kiosk: Kiosk) -> None:
    visit = a_visit(kiosk)
    answer = send(kiosk, command(1, "status", visit, "Seated", 1))
    assert misfits("CommandResults", answer.body) == []
    (result,) = results(answer)
    assert outcomes([result]) == ["done"]
    now = schedule(kiosk)[visit]
    assert result["appointment"] == now
    assert (now["status"], now["version"]) == ("Seated", 2)
    mark = {"operatory": "Op 3", "name": "Maria Lopez", "at": "2026-11-23T15:05:00Z"}
    assert now["set_by"] == mark


@pytest.mark.parametrize("to", ["Seated", "Ready for doctor", "Doctor here", "Recovery", "Left"])
def test_what_a_member_may_set(kiosk: Kiosk, to: str) -> None:
    assert outcomes(results(send(kiosk, command(1, "status", a_visit(kiosk), to, 1)))) == ["done"]


def test_a_visit_is_seated_in_a_room_of_the_location(kiosk: Kiosk) -> None:
    waiting = next(key for key, each in schedule(kiosk).items() if each["operatory"] is None)
    told = send(
        kiosk,
        command(1, "operatory", waiting, "Op 9", 1),
        command(2, "operatory", a_visit(kiosk), "Op 4", 1),
    )
    assert outcomes(results(told)) == ["invalid", "done"]
    assert schedule(kiosk)[waiting]["operatory"] is None
    assert schedule(kiosk)[a_visit(kiosk)]["operatory"] == "Op 4"


def test_a_room_is_turned_over_and_ready(kiosk: Kiosk) -> None:
    told = send(
        kiosk,
        command(1, "room", "Op 3", "Turn over", 1),
        command(2, "room", "Op 2", "Tidy", 1),
        command(3, "room", "Op 9", "Ready", 1),
    )
    assert outcomes(results(told)) == ["done", "invalid", "unknown"]
    room = schedule(kiosk)["Op 3"]
    assert (room["status"], room["version"]) == ("Turn over", 2)
    assert results(told)[0]["room"] == room
    assert outcomes(results(send(kiosk, command(4, "room", "Op 3", "Ready", 2)))) == ["done"]


def test_another_room_was_first_and_is_shown(kiosk: Kiosk, other: Kiosk) -> None:
    visit = a_visit(kiosk)
    send(other, command(1, "status", visit, "Seated", 1, actor="per-james"))
    (result,) = results(send(kiosk, command(1, "status", visit, "Left", 1)))
    assert outcomes([result]) == ["conflict"]
    shown = result["appointment"]
    assert isinstance(shown, dict)
    assert (shown["status"], shown["version"]) == ("Seated", 2)
    assert (shown["set_by"]["operatory"], shown["set_by"]["name"]) == ("Op 1", "James Carter")
    assert schedule(kiosk)[visit] == shown
    assert outcomes(results(send(kiosk, command(2, "status", visit, "Left", 2)))) == ["done"]


@pytest.mark.parametrize(("kind", "to"), [("operatory", "Op 4"), ("room", "Turn over")])
def test_rooms_and_moves_are_version_checked_too(kiosk: Kiosk, kind: str, to: str) -> None:
    target = "Op 3" if kind == "room" else a_visit(kiosk)
    told = results(send(kiosk, command(1, kind, target, to, 2)))
    assert outcomes(told) == ["conflict"]
    assert schedule(kiosk)[target]["version"] == 1


def test_a_version_from_the_future_is_a_conflict(kiosk: Kiosk) -> None:
    assert outcomes(results(send(kiosk, command(1, "status", a_visit(kiosk), "Left", 9)))) == [
        "conflict"
    ]


def test_the_same_id_again_gives_the_same_and_changes_nothing(kiosk: Kiosk, other: Kiosk) -> None:
    visit = a_visit(kiosk)
    batch = [
        command(1, "status", visit, "Seated", 1),
        command(2, "status", visit, "Left", 9),
        command(3, "status", "apt-none", "Left", 1),
    ]
    first = results(send(kiosk, *batch))
    assert outcomes(first) == ["done", "conflict", "unknown"]
    send(other, command(1, "status", visit, "Recovery", 2))
    assert results(send(kiosk, *batch)) == first
    assert results(send(kiosk, batch[0])) == first[:1]
    now = schedule(kiosk)[visit]
    assert (now["status"], now["version"]) == ("Recovery", 3)


def test_a_lost_answer_is_asked_for_again(xchart: Xchart, kiosk: Kiosk) -> None:
    visit = a_visit(kiosk)
    seated = command(1, "status", visit, "Seated", 1)
    xchart.control("POST", "/faults", {"path": "/v1/commands", "kind": "lost"})
    with pytest.raises(http.client.IncompleteRead):
        send(kiosk, seated)
    assert schedule(kiosk)[visit]["version"] == 2
    assert outcomes(results(send(kiosk, seated))) == ["done"]
    assert schedule(kiosk)[visit]["version"] == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [("to", "Left"), ("actor", "per-james"), ("seen", 2), ("at", "2026-11-23T15:00:00Z")],
)
def test_the_same_id_with_another_body_is_refused(kiosk: Kiosk, field: str, value: object) -> None:
    visit = a_visit(kiosk)
    seated = command(1, "status", visit, "Seated", 1)
    send(kiosk, seated)
    (result,) = results(send(kiosk, {**seated, field: value}))
    assert outcomes([result]) == ["invalid"]
    assert "appointment" not in result
    assert schedule(kiosk)[visit]["version"] == 2
    assert outcomes(results(send(kiosk, seated))) == ["done"]


def test_a_computer_that_joined_anew_sends_again_and_it_counts_once(
    kiosk: Kiosk, other: Kiosk
) -> None:
    """Its key is another one; an id is 128 bits of one act, and the same act whoever brings it."""
    visit = a_visit(kiosk)
    seated = command(1, "status", visit, "Seated", 1)
    send(kiosk, seated)
    assert outcomes(results(send(other, seated))) == ["done"]
    assert schedule(kiosk)[visit]["version"] == 2
    assert outcomes(results(send(other, {**seated, "to": "Left"}))) == ["invalid"]


def test_a_queue_made_offline_is_carried_out_in_order(kiosk: Kiosk) -> None:
    visit = a_visit(kiosk)
    names = ("Seated", "Ready for doctor", "Doctor here", "Recovery", "Left")
    queue: list[dict[str, object]] = []
    for number, to in enumerate(names, 1):
        after = {"after": queue[-1]["id"]} if queue else {}
        queue.append(command(number, "status", visit, to, number, **after))
    told = results(send(kiosk, *queue[:3])) + results(send(kiosk, *queue[3:]))
    assert outcomes(told) == ["done"] * 5
    assert [
        each["appointment"]["version"] for each in told if isinstance(each["appointment"], dict)
    ] == [2, 3, 4, 5, 6]
    assert schedule(kiosk)[visit]["status"] == "Left"


@pytest.mark.parametrize("together", [True, False])
def test_a_queue_made_offline_never_goes_on_over_anothers_change(
    kiosk: Kiosk, other: Kiosk, together: bool
) -> None:
    visit = a_visit(kiosk)
    first = command(1, "status", visit, "Seated", 1)
    second = command(2, "status", visit, "Ready for doctor", 2)
    send(other, command(1, "status", visit, "Left", 1))
    if together:
        told = results(send(kiosk, first, second))
    else:
        told = results(send(kiosk, first))
        told += results(send(kiosk, {**second, "after": first["id"]}))
    assert outcomes(told) == ["conflict", "conflict"]
    assert schedule(kiosk)[visit]["status"] == "Left"


def test_a_conflict_on_one_visit_holds_up_no_other(kiosk: Kiosk) -> None:
    told = send(
        kiosk,
        command(1, "status", a_visit(kiosk, 5), "Seated", 9),
        command(2, "status", a_visit(kiosk, 6), "Seated", 1),
        command(3, "room", "Op 3", "Turn over", 1),
    )
    assert outcomes(results(told)) == ["conflict", "done", "done"]


def test_a_command_after_one_that_never_came_is_a_conflict(kiosk: Kiosk) -> None:
    lost = "cmd-" + "0" * 32
    told = send(kiosk, command(1, "status", a_visit(kiosk), "Seated", 1, after=lost))
    assert outcomes(results(told)) == ["conflict"]


@pytest.mark.parametrize("to", ["Signed", "seated", "Seated "])
def test_a_status_that_there_is_not_is_invalid(kiosk: Kiosk, to: str) -> None:
    told = results(send(kiosk, command(1, "status", a_visit(kiosk), to, 1)))
    assert outcomes(told) == ["invalid"]


def test_nothing_of_another_location_is_reached_or_told(xchart: Xchart, kiosk: Kiosk) -> None:
    harbor = Kiosk(xchart.address)
    asked = harbor.ask_to_join(place=HARBOR_OP_1)
    harbor.deliver(str(asked.body["id"]), CHEN)
    harbor.answer(str(asked.body["id"]), xchart.newest_code())
    theirs = a_visit(harbor, 2)
    told = send(
        kiosk,
        command(1, "status", theirs, "Seated", 1),
        command(2, "operatory", theirs, "Op 3", 1),
    )
    assert outcomes(results(told)) == ["unknown", "unknown"]
    assert all("appointment" not in each for each in results(told))
    assert schedule(harbor)[theirs]["version"] == 1


def test_nobody_sets_anything_in_a_name_that_was_never_listed(kiosk: Kiosk) -> None:
    visit = a_visit(kiosk)
    assert outcomes(results(send(kiosk, command(1, "status", visit, "Left", 1, actor=CHEN)))) == [
        "invalid"
    ]
    lena = command(2, "status", visit, "Left", 1, actor="Lena P.", strength="self-named")
    assert outcomes(results(send(kiosk, lena))) == ["done"]
    mark = schedule(kiosk)[visit]["set_by"]
    assert isinstance(mark, dict)
    assert mark["name"] == "Lena P."


def test_a_mark_never_lies_in_the_future(kiosk: Kiosk) -> None:
    visit = a_visit(kiosk)
    send(kiosk, command(1, "status", visit, "Seated", 1, at="2031-01-01T00:00:00.5Z"))
    mark = schedule(kiosk)[visit]["set_by"]
    assert isinstance(mark, dict)
    assert mark["at"] == "2026-11-23T15:05:00Z"


def test_a_visit_of_yesterday_can_still_be_set(xchart: Xchart, kiosk: Kiosk) -> None:
    visit = a_visit(kiosk)
    xchart.pass_time(days=1)
    assert outcomes(results(send(kiosk, command(1, "status", visit, "Left", 1)))) == ["done"]


@pytest.mark.parametrize(
    ("control", "order", "code"),
    [
        (f"/members/{OFFICE}", {"active": False}, "account_deactivated"),
        (f"/members/{OFFICE}", {"roles": ["admin"]}, "account_privileged"),
        ("/computers/OP3-PC", {"revoke": "trust"}, "trust_revoked"),
        ("/computers/OP3-PC", {"revoke": "device"}, "device_revoked"),
        ("/time", {"advance": 30 * 86400}, "trust_lapsed"),
    ],
)
def test_trust_must_be_live(
    xchart: Xchart, kiosk: Kiosk, control: str, order: object, code: str
) -> None:
    visit = a_visit(kiosk)
    xchart.control("POST", control, order)
    refused = send(kiosk, command(1, "status", visit, "Seated", 1))
    assert (refused.status, refused.code) == (403, code)


def test_a_token_without_its_key_sets_nothing(xchart: Xchart, kiosk: Kiosk) -> None:
    visit = a_visit(kiosk)
    thief = Kiosk(xchart.address, held=dict(kiosk.held))
    assert send(thief, command(1, "status", visit, "Left", 1)).code == "trust_missing"
    assert schedule(kiosk)[visit]["version"] == 1


def test_it_moves_no_horizon(xchart: Xchart, kiosk: Kiosk) -> None:
    visit = a_visit(kiosk)
    before = kiosk.changes().body["trust"]
    xchart.pass_time(days=1)
    send(kiosk, command(1, "status", visit, "Left", 1))
    assert kiosk.changes().body["trust"] == before


def test_commands_out_of_order_are_refused_whole(kiosk: Kiosk) -> None:
    visit = a_visit(kiosk)
    two, one = command(2, "status", visit, "Left", 1), command(1, "status", visit, "Seated", 1)
    assert send(kiosk, two, one).code == "invalid"
    assert send(kiosk).code == "invalid"
    assert schedule(kiosk)[visit]["version"] == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sequence", 2**63),
        ("seen", 0),
        ("seen", "1"),
        ("at", "2026-02-30T15:05:00Z"),
        ("at", "2026-11-23T15:05:00"),
        ("id", "cmd-1"),
        ("after", ""),
        ("kind", "delete"),
        ("actor", ""),
    ],
)
def test_what_is_no_command_is_refused_whole(kiosk: Kiosk, field: str, value: object) -> None:
    visit = a_visit(kiosk)
    odd = {**command(2, "status", visit, "Left", 1), field: value}
    refused = send(kiosk, command(1, "status", visit, "Seated", 1), odd)
    assert (refused.status, refused.code) == (422, "invalid")
    assert schedule(kiosk)[visit]["version"] == 1


def test_two_computers_at_once_exactly_one_wins(kiosk: Kiosk, other: Kiosk) -> None:
    visits = list(schedule(kiosk))[:12]
    lined_up = threading.Barrier(2)
    told: dict[str, list[object]] = {}

    def set_all(who: Kiosk, to: str) -> None:
        mine = []
        for number, visit in enumerate(visits, 1):
            lined_up.wait(30)
            mine += outcomes(results(send(who, command(number, "status", visit, to, 1))))
        told[to] = mine

    threads = [
        threading.Thread(target=set_all, args=(kiosk, "Seated")),
        threading.Thread(target=set_all, args=(other, "Recovery")),
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(told["Seated"]) == len(visits)
    for visit, *pair in zip(visits, told["Seated"], told["Recovery"], strict=True):
        assert sorted(map(str, pair)) == ["conflict", "done"]
        now = schedule(kiosk)[visit]
        assert (now["version"], now["status"]) == (2, ("Seated", "Recovery")[pair.index("done")])


def test_another_location_learns_nothing_of_a_patient_from_a_repeated_change(
    xchart: Xchart, kiosk: Kiosk
) -> None:
    """The bodies of changes lie in a plain file; a stolen one must not open another's schedule."""
    visit = a_visit(kiosk)
    seated = command(1, "status", visit, "Seated", 1)
    send(kiosk, seated)
    harbor = Kiosk(xchart.address)
    asked = harbor.ask_to_join(place={"location": "Harbor", "operatory": "Op 1"})
    harbor.deliver(str(asked.body["id"]))
    harbor.answer(str(asked.body["id"]), xchart.newest_code())
    assert visit not in schedule(harbor)
    told = results(send(harbor, seated))[0]
    assert (told["outcome"], "appointment" in told) == ("done", False)
