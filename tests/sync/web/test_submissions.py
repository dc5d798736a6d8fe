"""How often a password was sent by itself: on the disk first, and a doubt counts as a no."""

from pathlib import Path

import pytest

from kiosk.session.model.refusals import Fault
from kiosk.sync.web.submissions import MOST_OPEN, Submissions

OFFICE, OTHER = "web-1", "web-2"


def test_tries_without_an_outcome_are_counted_over_restarts(tmp_path: Path) -> None:
    file = tmp_path / "sent.json"
    for each in (OFFICE, OTHER):
        Submissions(file).clear(each)
    for _ in range(MOST_OPEN):
        assert Submissions(file).may_fill(OFFICE)
        assert Submissions(file).count(OFFICE) is None
    assert not Submissions(file).may_fill(OFFICE)
    assert Submissions(file).may_fill(OTHER)


def test_an_outcome_begins_the_count_anew(tmp_path: Path) -> None:
    sent = Submissions(tmp_path / "sent.json")
    sent.clear(OFFICE)
    for _ in range(MOST_OPEN):
        sent.count(OFFICE)
    assert not sent.may_fill(OFFICE)
    sent.take_back(OFFICE, 1)
    assert sent.may_fill(OFFICE)


def test_what_a_person_typed_lifts_no_latch_before_the_site_has_taken_it(tmp_path: Path) -> None:
    """The password that the site refused would be sent again at the next start."""
    sent = Submissions(tmp_path / "sent.json")
    sent.latch(OFFICE)
    sent.count(OFFICE)
    sent.take_back(OFFICE, 1)
    assert not Submissions(tmp_path / "sent.json").may_fill(OFFICE)


def test_a_file_that_is_gone_counts_as_a_no(tmp_path: Path) -> None:
    """T24."""
    sent = Submissions(tmp_path / "sent.json")
    sent.clear(OFFICE)
    assert sent.may_fill(OFFICE)
    (tmp_path / "sent.json").unlink()
    assert not sent.may_fill(OFFICE)


def test_after_a_no_nothing_by_itself_until_a_person_did(tmp_path: Path) -> None:
    sent = Submissions(tmp_path / "sent.json")
    sent.latch(OFFICE)
    assert not Submissions(tmp_path / "sent.json").may_fill(OFFICE)
    sent.clear(OFFICE)
    assert Submissions(tmp_path / "sent.json").may_fill(OFFICE)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"sent": 3}', '{"sent": {"web-1": "0"}}', "\x00", '{"sent": null}']
)
def test_an_edited_file_counts_as_a_no(tmp_path: Path, text: str) -> None:
    """T24: whoever runs as the same user can put anything there."""
    (tmp_path / "sent.json").write_text(text)
    sent = Submissions(tmp_path / "sent.json")
    assert not sent.may_fill(OFFICE)
    sent.clear(OFFICE)
    assert sent.may_fill(OFFICE)


def test_what_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    assert Submissions(tmp_path / "gone" / "sent.json").count(OFFICE) is Fault.RECORDS_FULL


def test_a_no_that_the_disk_did_not_take_is_one_all_the_same(tmp_path: Path) -> None:
    """The disk filled up between the press and the no; with room again, it was sent once more."""
    there, away = tmp_path / "there", tmp_path / "away"
    there.mkdir()
    sent = Submissions(there / "sent.json")
    sent.clear(OFFICE)
    sent.count(OFFICE)
    there.rename(away)
    sent.latch(OFFICE)
    away.rename(there)
    assert not sent.may_fill(OFFICE)
    sent.clear(OFFICE)
    assert sent.may_fill(OFFICE)


def test_a_forgotten_account_leaves_no_count(tmp_path: Path) -> None:
    sent = Submissions(tmp_path / "sent.json")
    for each in (OFFICE, OTHER):
        sent.count(each)
    sent.forget(OFFICE)
    assert OFFICE not in (tmp_path / "sent.json").read_text()
    assert OTHER in (tmp_path / "sent.json").read_text()
