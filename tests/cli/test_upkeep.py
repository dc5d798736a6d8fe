"""What runs out, waits or was changed: said before somebody stands there and cannot get in."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.cli.findings import Finding, Verdict
from kiosk.cli.upkeep import (
    FULL,
    MANY,
    SCARCE,
    judge_files,
    judge_names,
    judge_outside,
    judge_room,
    judge_trust,
    judge_unsent,
    judge_waiting,
)
from kiosk.session.model.refusals import Fault

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("free", "verdict"),
    [
        (0, Verdict.FAIL),
        (FULL - 1, Verdict.FAIL),
        (FULL, Verdict.WARN),
        (SCARCE - 1, Verdict.WARN),
        (SCARCE, Verdict.OK),
    ],
)
def test_a_full_disk_is_said_before_it_is_full(free: int, verdict: Verdict) -> None:
    finding = judge_room(free)
    assert finding.verdict is verdict
    assert bool(finding.what_to_do) is (verdict is not Verdict.OK)


def test_names_that_were_changed_outside_the_kiosk_are_said_to_be_nobody_s() -> None:
    (changed,) = judge_names(False)
    assert changed.verdict is Verdict.WARN
    assert "Type them again" in changed.what_to_do
    (whole,) = judge_names(True)
    assert whole.verdict is Verdict.OK
    assert judge_names(None) == judge_names(Fault.KEYCHAIN_LOCKED) == []


def test_a_version_that_waits_is_named_with_the_one_that_runs() -> None:
    (finding,) = judge_waiting("1.0", "2.0")
    assert finding.verdict is Verdict.WARN
    assert "1.0" in finding.sentence
    assert "2.0" in finding.sentence
    assert judge_waiting("2.0", "2.0") == []
    assert judge_waiting("", "2.0") == []


@pytest.mark.parametrize(
    ("left", "verdict", "words"),
    [
        (timedelta(days=29, hours=1), Verdict.OK, "in 29 days"),
        (timedelta(days=7, minutes=1), Verdict.OK, "in 7 days"),
        (timedelta(days=7), Verdict.WARN, "in 7 days"),
        (timedelta(days=3), Verdict.WARN, "in 3 days"),
        (timedelta(days=1, hours=3), Verdict.WARN, "in 1 day,"),
        (timedelta(hours=3), Verdict.WARN, "in 0 days"),
        (timedelta(0), Verdict.WARN, "needs a provider's code"),
        (timedelta(days=-40), Verdict.WARN, "needs a provider's code"),
    ],
)
def test_the_days_until_a_code_is_asked_for(left: timedelta, verdict: Verdict, words: str) -> None:
    (finding,) = judge_trust({"trust_until": (NOW + left).isoformat()}, NOW)
    assert finding.verdict is verdict
    assert words in finding.sentence


def test_a_computer_without_trust_and_one_that_does_not_say() -> None:
    assert judge_trust({"trust_until": None}, NOW)[0].verdict is Verdict.WARN
    assert judge_trust({"trust_until": None, "trusted": False}, NOW)[0].verdict is Verdict.WARN
    at_site = judge_trust({"trust_until": None, "trusted": True}, NOW)
    assert at_site[0].verdict is Verdict.OK, "a site that does not say for how long"
    for nothing in ({}, {"trust_until": 5}, {"trust_until": "x"}, {"trust_until": "2026-01-01"}):
        assert judge_trust({**nothing}, NOW) == []


@pytest.mark.parametrize(
    ("unsent", "verdict"),
    [
        (None, Verdict.WARN),
        (0, Verdict.OK),
        (1, Verdict.OK),
        (MANY - 1, Verdict.OK),
        (MANY, Verdict.WARN),
    ],
)
def test_records_that_wait(unsent: int | None, verdict: Verdict) -> None:
    finding = judge_unsent(unsent)
    assert finding.verdict is verdict
    assert not unsent or str(unsent) in finding.sentence


def test_files_that_are_not_the_packages() -> None:
    assert judge_files(None) == []
    assert judge_files(())[0].verdict is Verdict.OK
    (finding,) = judge_files(("a", "b", "c", "d", "e"))
    assert finding.verdict is Verdict.FAIL
    assert finding.sentence == "Not as it was installed: a, b, c and 2 more."


def test_from_outside_the_desktop_what_cannot_be_seen_is_not_called_broken() -> None:
    findings = [
        Finding("keychain", Verdict.FAIL, "There is none.", "Install one."),
        Finding("display", Verdict.FAIL, "There is none.", "Start one."),
        Finding("server", Verdict.FAIL, "It does not answer.", "Look."),
        Finding("disk", Verdict.OK, "Room."),
    ]
    seen = judge_outside(findings, running=True)
    assert [each.verdict for each in seen] == [
        Verdict.WARN,
        Verdict.WARN,
        Verdict.FAIL,
        Verdict.OK,
    ]
    assert judge_outside(findings, running=False) == findings
