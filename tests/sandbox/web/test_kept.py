"""What the site knows of its logins outlives it, where it was given a folder."""

from pathlib import Path

from sandbox.web import kept
from sandbox.web.people import OFFICE, RIVERA
from sandbox.web.site import Site


def test_a_site_in_the_same_folder_knows_the_same(tmp_path: Path) -> None:
    first = Site()
    first.accounts[OFFICE].devices |= {"b", "a"}
    first.accounts[RIVERA].password = "another word"
    kept.keep(first, tmp_path)
    second = Site()
    kept.recall(second, tmp_path)
    assert second.accounts == first.accounts
    assert [each.name for each in tmp_path.iterdir()] == ["web.json"]


def test_an_empty_folder_is_a_site_as_on_its_first_day(tmp_path: Path) -> None:
    site = Site()
    kept.recall(site, tmp_path)
    assert site.accounts == Site().accounts
