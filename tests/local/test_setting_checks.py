"""What a setting may be: every check takes its own example, and says something of all else."""

import pytest

from kiosk.local import setting_checks as checks

TAKEN: list[tuple[checks.Check, object]] = [
    (checks.words, "Main Street"),
    (checks.server_address, "https://xchart.example"),
    (checks.proxy_address, "http://proxy.example:3128"),
    (checks.time_zone, "America/Chicago"),
    (checks.yes_or_no, True),
    (checks.scale, 1.5),
    (checks.screen_names, ["DP-2"]),
    (checks.printer_name, "Front_Desk"),
    (checks.path, "/signin"),
    (checks.hosts, ["cdn.xchart.example"]),
    (checks.people, ["Maria L.", "Jo"]),
    (checks.phone_ending, "21"),
    (checks.days, 30),
]


@pytest.mark.parametrize(("check", "said"), TAKEN)
def test_its_own_example_is_taken(check: checks.Check, said: object) -> None:
    assert not isinstance(check(said), checks.Wrong)


@pytest.mark.parametrize("said", [None, {}, b"", -1, [[]], "\n", ["a", "A", 3], "\u202ex"])
@pytest.mark.parametrize("check", [check for check, _ in TAKEN])
def test_nonsense_is_said_and_not_repeated(check: checks.Check, said: object) -> None:
    told = check(said)
    assert isinstance(told, checks.Wrong)
    assert "canary" not in told.saying
