"""A site that offers less: what is asked for all the same is said to be missing."""

from datetime import timedelta

import pytest

from kiosk.session import ports
from kiosk.session.model.challenge import Purpose
from kiosk.session.model.refusals import Code, Refusal
from kiosk.session.model.replies import Delivered, News
from kiosk.session.pages.words import of_refusal
from kiosk.sync.none import NoApproval, NoBadges, NoDays, NoFeed, NoOutbox, NoPages, NoPinShares
from tests.session.test_ports import asked_of
from tests.support import worlds as w

PAIRS = [
    (ports.Approval, NoApproval),
    (ports.Feed, NoFeed),
    (ports.Outbox, NoOutbox),
    (ports.PinShares, NoPinShares),
    (ports.Days, NoDays),
    (ports.Badges, NoBadges),
    (ports.SitePages, NoPages),
]


@pytest.mark.parametrize(("port", "none"), PAIRS)
def test_it_has_every_call_of_its_port(port: type, none: type) -> None:
    assert asked_of(none) == asked_of(port)


def test_a_code_or_a_pin_is_refused_with_a_sentence() -> None:
    approval, pins, challenge = NoApproval(), NoPinShares(), w.challenge(Purpose.RETURN)
    for told in (
        approval.open_challenge(Purpose.RETURN, "acc"),
        approval.text_code(w.PLACE, challenge, "acc-rivera"),
        approval.answer_code(w.PLACE, challenge, "123456"),
        pins.seal("acc", bytearray(b"1"), bytearray(b"1")),
        pins.open("acc", bytearray(b"1"), away=False),
    ):
        assert told == Refusal(Code.NOT_OFFERED)
        assert "IT" in of_refusal(told, w.NOON, "", "").text


def test_what_runs_in_the_background_has_nothing_to_do_for_a_while() -> None:
    assert NoFeed(lambda: w.NOON).news("acc") == News(None, False, w.NOON + timedelta(hours=1))
    assert NoOutbox().send("acc") == Delivered(0)
    assert NoDays().day("acc") is None
    assert NoBadges().mark("0004417290") == ""
