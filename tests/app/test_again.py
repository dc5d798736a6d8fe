"""Starting again: what was chosen is in the settings by then, and nothing that nobody can read."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.app import again
from kiosk.app.again import AGAIN, start_again
from kiosk.local.profile import Profile, open_profile
from kiosk.local.settings import Marks, Mode, Settings, Site, read_settings, render
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


OF_THE_CLINIC = Site(
    account="Front Desk",
    assistants=("Maria L.",),
    code_phone="Dr. Rivera",
    code_phone_ending="21",
)
OF_THE_SITE = replace(
    OF_THE_CLINIC,
    start="/deep/signin",
    sign_in="https://login.old.example",
    hosts=("cdn.old.example",),
    code_after_days=30,
    marks=Marks(password="#secret", button="#go"),
)
OLD = replace(PLACE, server="https://old.example")


def with_site(profile: Profile, place: Place) -> None:
    old = Settings(place=place, mode=Mode.WEB, site=OF_THE_SITE)
    profile.settings.write_text(render(old))


@pytest.mark.parametrize("start", ["", "/login"])
def test_another_site_inherits_nothing_that_was_said_of_the_last(
    profile: Profile, start: str
) -> None:
    """Least of all the origin that is told the password."""
    with_site(profile, OLD)
    assert start_again(profile, replace(WEB, start=start), Ended().append) is None
    assert told(profile).site == replace(OF_THE_CLINIC, start=start or "/")


def test_nor_by_way_of_no_site_at_all(profile: Profile) -> None:
    with_site(profile, OLD)
    nowhere = StartAgain(1, Place("", "", ""), at_site=False, start="")
    assert start_again(profile, nowhere, Ended().append) is None
    assert start_again(profile, replace(WEB, start=""), Ended().append) is None
    assert told(profile).site == OF_THE_CLINIC


@pytest.mark.parametrize("server", ["https://xchart.example", "https://xchart.example:443/", ""])
def test_the_same_site_keeps_what_was_said_of_it(profile: Profile, server: str) -> None:
    """So does one that IT has described, and whoever stands there names."""
    with_site(profile, replace(PLACE, server=server))
    assert start_again(profile, WEB, Ended().append) is None
    assert told(profile).site == replace(OF_THE_SITE, start="/signin")


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
