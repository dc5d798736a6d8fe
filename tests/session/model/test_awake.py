"""The words in which it is said what the computer is kept from."""

from kiosk.session.model.awake import Held, Means, Report


def test_what_is_logged_of_it_is_a_plain_word() -> None:
    report: Report = dict.fromkeys(Means, Held.DENIED)
    said = [f"{means}={held}" for means, held in report.items()]
    assert said == ["sleep=denied", "blanking=denied", "shutdown=denied"]
