"""Starting again: what was chosen is in the settings by then, and nothing that nobody can read."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.app import again
from kiosk.app.again import AGAIN, start_again
from kiosk.local.profile import Profile, open_profile
from kiosk.local.settings import Mode, Settings, read_settings
from kiosk.session.model.effects import StartAgain
from kiosk.session.model.people import Place
from kiosk.session.model.refusals import Fault

PLACE = Place("https://xchart.example", "Main Street", "Op 3")
WEB = StartAgain(7, PLACE, at_site=True, start="/signin")
Ended = list[int]


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    made = open_profile(tmp_path)
    assert isinstance(made, Profile)
    return made


def told(profile: Profile) -> Settings:
    settings = read_settings(profile.settings)
    assert isinstance(settings, Settings)
    return settings


def test_what_was_chosen_is_kept_and_the_rest_stays(profile: Profile) -> None:
    profile.settings.write_text('zone = "America/Chicago"\n[display]\ntext_scale = 1.5\n')
    ended = Ended()
    assert start_again(profile, WEB, ended.append) is None
    assert ended == [AGAIN]
    settings = told(profile)
    assert (settings.mode, settings.place, settings.site.start) == (Mode.WEB, PLACE, "/signin")
    assert (settings.zone, settings.display.text_scale) == ("America/Chicago", 1.5)
    back = replace(WEB, at_site=False, start="")
    assert start_again(profile, back, ended.append) is None
    assert (told(profile).mode, told(profile).site.start) == (Mode.CONTRACT, "/signin")


@pytest.mark.parametrize(
    "wrong",
    [
        replace(WEB, start="/a b"),
        replace(WEB, place=replace(PLACE, location="x" * 201)),
        replace(WEB, place=replace(PLACE, operatory="Op\n3")),
        replace(WEB, place=replace(PLACE, server="http://xchart.example")),
    ],
)
def test_what_is_no_setting_is_not_kept(profile: Profile, wrong: StartAgain) -> None:
    ended = Ended()
    assert isinstance(start_again(profile, wrong, ended.append), Fault)
    assert ended == []
    assert told(profile) == Settings()


def test_settings_that_cannot_be_read_are_left_as_they_are(profile: Profile) -> None:
    profile.settings.write_text("mode = ")
    ended = Ended()
    assert start_again(profile, WEB, ended.append) is Fault.SETTINGS_UNREADABLE
    assert profile.settings.read_text() == "mode = "
    assert ended == []


def test_on_a_full_disk_it_goes_on_as_it_was(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    write: Callable[..., None] = full
    monkeypatch.setattr(again, "replace_file", write)
    ended = Ended()
    assert start_again(profile, WEB, ended.append) is Fault.RECORDS_FULL
    assert ended == []
