"""What the doctor says of being kept awake: each means by itself, and whom to grant what."""

import pytest

from kiosk.cli.awake_findings import judge_awake
from kiosk.cli.findings import Finding, Verdict
from kiosk.desktop.awake import SeenAwake
from kiosk.session.model.awake import Held, Means

SLEEP, IDLE, SHUTDOWN = (
    f"org.freedesktop.login1.inhibit-block-{what}" for what in ("sleep", "idle", "shutdown")
)
SAVER = "org.freedesktop.ScreenSaver"
ALL_HELD = dict.fromkeys(Means, Held.HELD)


def judged(seen: SeenAwake | None) -> dict[str, Finding]:
    return {each.topic: each for each in judge_awake(seen)}


def refused(means: Means, *names: str) -> Finding:
    refusing = {**dict.fromkeys(Means, ()), means: names}
    return judged(SeenAwake({**ALL_HELD, means: Held.DENIED}, refusing))[f"no {means}"]


def test_what_can_be_held_is_said_for_each() -> None:
    findings = judged(SeenAwake(ALL_HELD, dict.fromkeys(Means, ())))
    assert list(findings) == ["no sleep", "no blanking", "no shutdown"]
    for each in findings.values():
        assert each.verdict is Verdict.OK
        assert each.what_to_do == ""


@pytest.mark.parametrize(
    ("means", "names"),
    [
        (Means.SLEEP, (SLEEP,)),
        (Means.SLEEP, (SLEEP, IDLE)),
        (Means.SHUTDOWN, (SHUTDOWN,)),
        (Means.SLEEP, ("org.freedesktop.PowerManagement", IDLE)),
    ],
)
def test_what_polkit_refuses_is_named_as_it_has_to_be_granted(
    means: Means, names: tuple[str, ...]
) -> None:
    finding = refused(means, *names)
    assert finding.verdict is Verdict.WARN
    for name in names:
        assert name in finding.sentence
        assert (f"`{name}`" in finding.what_to_do) is ("login1" in name)
    assert "polkit" in finding.what_to_do
    assert "Until then" in finding.what_to_do


def test_a_desktop_that_refuses_is_named_and_polkit_is_not() -> None:
    finding = refused(Means.BLANKING, SAVER)
    assert finding.verdict is Verdict.WARN
    assert SAVER in finding.sentence
    assert "polkit" not in finding.what_to_do
    assert "screen saver" in finding.what_to_do


def test_one_that_is_refused_leaves_the_others_as_they_are() -> None:
    seen = SeenAwake(
        {**ALL_HELD, Means.SHUTDOWN: Held.DENIED},
        {**dict.fromkeys(Means, ()), Means.SHUTDOWN: (SHUTDOWN,)},
    )
    verdicts = [each.verdict for each in judge_awake(seen)]
    assert verdicts == [Verdict.OK, Verdict.OK, Verdict.WARN]


@pytest.mark.parametrize("means", Means)
def test_where_there_is_nobody_to_ask_that_is_no_all_clear(means: Means) -> None:
    seen = SeenAwake({**ALL_HELD, means: Held.ABSENT}, dict.fromkeys(Means, ()))
    finding = judged(seen)[f"no {means}"]
    assert finding.verdict is Verdict.WARN
    assert "nobody here to ask" in finding.sentence
    assert finding.what_to_do.startswith("Use ")


def test_from_outside_the_desktop_nothing_is_claimed() -> None:
    """Over ssh polkit refuses what it allows whoever sits at the computer."""
    (finding,) = judge_awake(None)
    assert finding.verdict is Verdict.WARN
    assert "cannot be tried" in finding.sentence
