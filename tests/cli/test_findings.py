"""The doctor's sentences: every fault has one, and something to do about it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.cli.audit import Report
from kiosk.cli.findings import (
    Finding,
    ServerSeen,
    Verdict,
    judge_display,
    judge_keychain,
    judge_page_trust,
    judge_protection,
    judge_provisioning,
    judge_records,
    judge_server,
    judge_settings,
    judge_versions,
    judge_zones,
)
from kiosk.cli.provision import check
from kiosk.desktop.display import SeenDisplay
from kiosk.desktop.scripts import Script
from kiosk.keychain.os_keychain import open_keychain
from kiosk.keychain.port import Keychain, KeychainFault
from kiosk.keychain.protection import Protection
from kiosk.local.page_trust import Sharing
from kiosk.local.settings import Settings, parse_settings
from kiosk.session.model.people import Place
from tests.support.fake_keychain import FakeKeychain
from tests.support.secret_service import PrivateBus

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KNOWN = Settings(Place("https://x.example", "Main", "Op 3"))
GOOD = SeenDisplay("xcb", 2, 40, True, True, True)


def by_topic(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.topic: finding for finding in findings}


@pytest.mark.parametrize("fault", KeychainFault)
def test_each_fault_of_the_keychain_is_said_with_what_to_do(fault: KeychainFault) -> None:
    keychain = FakeKeychain()
    keychain.fault = fault
    finding = judge_keychain(keychain)
    assert finding.verdict is Verdict.FAIL
    assert finding.sentence.endswith(".")
    assert finding.what_to_do.endswith(".")


def keychains(secret_service: PrivateBus) -> list[Keychain]:
    return [FakeKeychain(), open_keychain("doctor-test")]


def test_the_canary_is_left_once_and_found_again(secret_service: PrivateBus) -> None:
    for keychain in keychains(secret_service):
        assert judge_keychain(keychain).verdict is Verdict.WARN
        assert judge_keychain(keychain).verdict is Verdict.OK


@pytest.mark.parametrize(
    ("seen", "settings", "verdict", "words"),
    [
        (None, KNOWN, Verdict.WARN, "cannot be seen"),
        (Protection(None, False, False), KNOWN, Verdict.WARN, "cannot be seen"),
        (Protection(False, False, False), KNOWN, Verdict.OK, "worthless"),
        (Protection(False, True, True), KNOWN, Verdict.WARN, "signs in by itself"),
        (Protection(False, True, True), Settings(accept_auto_login="x"), Verdict.OK, "accepts"),
        (Protection(False, True, False), KNOWN, Verdict.FAIL, "disk is not encrypted"),
        (Protection(True, False, True), KNOWN, Verdict.FAIL, "keychain has no password"),
        (Protection(True, False, True), Settings(accept_copyable="x"), Verdict.WARN, "accepts"),
    ],
)
def test_protection(
    seen: Protection | None, settings: Settings, verdict: Verdict, words: str
) -> None:
    finding = judge_protection(seen, settings)
    assert finding.verdict is verdict
    assert words in finding.sentence
    assert bool(finding.what_to_do) is (verdict is not Verdict.OK)


def test_a_server_that_answers_and_a_clock_that_is_right() -> None:
    findings = by_topic(judge_server(KNOWN, lambda _: ServerSeen("Oak Street", NOON, "1"), NOON))
    assert findings["server"].verdict is findings["clock"].verdict is Verdict.OK
    assert "Oak Street" in findings["server"].sentence


@pytest.mark.parametrize(
    ("off", "words"),
    [
        (timedelta(days=365), "365 days ahead of"),
        (timedelta(days=-1), "24 hours behind"),
        (timedelta(minutes=5), "5 minutes ahead of"),
    ],
)
def test_a_wrong_clock_is_said_and_blocks_nothing(off: timedelta, words: str) -> None:
    seen = ServerSeen("x", NOON, "1")
    clock = by_topic(judge_server(KNOWN, lambda _: seen, NOON + off))["clock"]
    assert clock.verdict is Verdict.WARN
    assert words in clock.sentence


def test_a_server_that_does_not_answer_says_why_and_nothing_of_the_clock() -> None:
    (alone,) = judge_server(KNOWN, lambda _: ServerSeen("A sign-in page", None, ""), NOON)
    assert alone.topic == "server", "whoever says no time is no clock"
    (finding,) = judge_server(KNOWN, lambda _: "Its certificate is not trusted.", NOON)
    assert finding.verdict is Verdict.FAIL
    assert finding.sentence == "Its certificate is not trusted."


def test_without_a_server_in_the_settings_none_is_asked() -> None:
    assert judge_server(Settings(), lambda _: pytest.fail("asked"), NOON) == []


def test_settings() -> None:
    assert judge_settings(KNOWN)[0].verdict is Verdict.OK
    assert judge_settings(Settings())[0].verdict is Verdict.WARN
    broken = judge_settings(parse_settings("a = 1\nb = 2\n", Path("settings.toml")))
    assert [finding.sentence[:7] for finding in broken] == ["Line 1:", "Line 2:"]
    assert {finding.verdict for finding in broken} == {Verdict.FAIL}


@pytest.mark.parametrize("kind", ["none", "wayland"])
def test_where_the_kiosk_cannot_be_shown(kind: str) -> None:
    (finding,) = judge_display(SeenDisplay(kind))
    assert finding.verdict is Verdict.FAIL
    assert "X11" in finding.what_to_do


def test_a_display_that_tells_everything() -> None:
    findings = judge_display(GOOD)
    assert {finding.verdict for finding in findings} == {Verdict.OK}
    assert "2 screens" in findings[0].sentence


def test_a_name_that_would_be_boxes_is_told_with_the_package_that_draws_it() -> None:
    findings = judge_display(replace(GOOD, lost=(Script.EAST_ASIAN, Script.EMOJI)))
    told = [each for each in findings if each.topic == "fonts"]
    assert [each.verdict for each in told] == [Verdict.WARN, Verdict.WARN]
    assert "Chinese, Japanese or Korean" in told[0].sentence
    assert "fonts-noto-cjk" in told[0].what_to_do
    assert "fonts-noto-color-emoji" in told[1].what_to_do


def test_what_a_display_does_not_tell_is_said() -> None:
    findings = by_topic(judge_display(SeenDisplay("xcb", 1, 0)))
    doubtful = {topic for topic, finding in findings.items() if finding.verdict is Verdict.WARN}
    assert doubtful == {"fonts", "idle", "screen lock", "sleep"}
    assert all(findings[topic].what_to_do for topic in doubtful)


def test_a_clipboard_manager_is_named() -> None:
    seen = SeenDisplay("xcb", 1, 9, True, True, True, clipboard_manager="Keeper")
    (finding,) = [each for each in judge_display(seen) if each.topic == "clipboard"]
    assert finding.verdict is Verdict.WARN
    assert "Keeper" in finding.sentence
    assert finding.what_to_do


def test_versions() -> None:
    assert "0.1.0" in judge_versions("0.1.0", "6.12").sentence


def test_records_that_do_not_hold_are_a_failure_with_what_to_do() -> None:
    """T15."""
    assert judge_records(Report(True, ("3 records are in order.",))).verdict is Verdict.OK
    finding = judge_records(Report(False, ("Record 2 was changed.",)))
    assert (finding.verdict, finding.sentence) == (Verdict.FAIL, "Record 2 was changed.")
    assert finding.what_to_do


def test_a_provisioning_file_that_was_left_with_a_fault_is_named(tmp_path: Path) -> None:
    file = tmp_path / "provisioning.toml"
    file.write_text('server = "https://x.example"\n')
    assert judge_provisioning(None) == []
    (finding,) = judge_provisioning(check(file))
    assert finding.verdict is Verdict.FAIL
    assert "[end]" in finding.sentence
    file.write_text('server = "https://x.example"\n[end]\n')
    (finding,) = judge_provisioning(check(file))
    assert finding.verdict is Verdict.OK


def test_a_computer_without_time_zones_is_said(no_zones: None) -> None:
    finding = judge_zones()
    assert finding.verdict is Verdict.FAIL
    assert "tzdata" in finding.what_to_do


def test_a_computer_with_time_zones() -> None:
    assert judge_zones().verdict is Verdict.OK


@pytest.mark.parametrize("sharing", Sharing)
def test_what_the_page_would_not_trust_is_said_with_what_to_do(sharing: Sharing) -> None:
    finding = judge_page_trust(sharing)
    wrong = sharing in (Sharing.NO_MODULE, Sharing.NOT_WRITTEN)
    assert finding.verdict is (Verdict.WARN if wrong else Verdict.OK)
    assert bool(finding.what_to_do) == wrong
