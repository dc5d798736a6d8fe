"""The pages that tell."""

from dataclasses import replace
from datetime import timedelta

from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.refusals import Fault, Unreachable
from kiosk.session.pages.telling import telling
from kiosk.session.pages.views import TellingView, ThisComputerView, Tone
from tests.support import worlds as w
from tests.support.script import Script


def lines(kiosk: Script) -> dict[str, str]:
    return {line.label: line.text for line in kiosk.sees(ThisComputerView).lines}


def test_this_computer_says_what_it_knows() -> None:
    kiosk = Script.at_login().wants(want.ThisComputerWanted())
    assert lines(kiosk) == {
        "Room": "Op 3, Main Street",
        "Account": "Office Assistant",
        "Server": "https://xchart.example",
        "Next code": "Not before Wed, Dec 23; signing in moves this on.",
        "Whose code": "Dr. Rivera's or Dr. Chen's",
        "Internet": "Xchart answers.",
    }
    kiosk.passes(days=31)
    told = lines(kiosk)
    assert told["Next code"] == "Needed at the next tap."
    assert told["Whose code"] == "Dr. Rivera's or Dr. Chen's"


def test_this_computer_says_what_is_wrong() -> None:
    kiosk = Script.at_login().ticks().wants(want.ThisComputerWanted())
    kiosk.unreached(do.FetchChanges, Unreachable.NO_INTERNET)
    kiosk.happens(said.ClockJudged(kiosk.now, timedelta(hours=-3)))
    told = lines(kiosk)
    assert told["Internet"] == "No internet since 12:05 pm."
    assert told["Clock"] == "This computer's clock is 3 hours slow."


def test_what_stops_the_kiosk_names_the_place_to_mend() -> None:
    detail = 'settings.toml: line 3: "theme" is not one of them.'
    page = telling(w.opened().known, s.Stopped(Fault.SETTINGS_UNREADABLE, detail), w.NOON)
    assert page.points == (detail,)
    assert page.tone is Tone.PROBLEM
    assert page.retry


def test_the_pages_after_joining_and_removing() -> None:
    known = w.opened().known
    joined = telling(known, s.Joined(), w.NOON)
    assert joined.title == "One tap from now on."
    removed = telling(known, s.Removed(), w.NOON)
    assert isinstance(removed, TellingView)
    assert "Office Assistant" in removed.text
    assert not removed.removal


def test_ones_own_login_is_removed_in_words_of_its_own() -> None:
    """No provider's code is spoken of, and nobody else's account."""
    kiosk = Script.lena_at_work().wants(want.ThisComputerWanted())
    assert kiosk.sees(ThisComputerView).removal == "Remove my login\u2026"
    page = kiosk.wants(want.RemovalWanted()).sees(TellingView)
    told = " ".join((page.title, page.text, *page.points, page.action))
    assert "Lena Park will no longer open here" in told
    assert "code" not in told
    assert w.OFFICE.label not in told


def test_why_a_login_is_not_removed_yet_is_said() -> None:
    """Law 11."""
    kiosk = Script.lena_at_work().wants(want.StatusWanted("apt-1", "Recovery", 2))
    kiosk.wants(want.ThisComputerWanted()).wants(want.RemovalWanted())
    page = kiosk.wants(want.RemovalConfirmed()).sees(TellingView)
    assert page.title == "Your changes have to be sent first."


def test_a_removal_names_whose_typing_goes_with_it() -> None:
    known = replace(w.opened().known, unsent=(w.MARIA.id, "Jo"))
    points = telling(known, s.ConfirmingRemoval(None), w.NOON).points
    assert f"What {w.MARIA.name} has typed and not saved is lost." in points
    assert "What Jo has typed and not saved is lost." in points, "whoever has no tile any more"
    before = telling(replace(known, unsent=()), s.ConfirmingRemoval(None), w.NOON).points
    assert len(points) == len(before) + 2
