"""Badges: whose they are, what computers learn of them, and when they are nobody's (T5, T6)."""

import base64
import hmac

import pytest
from sqlalchemy import select

from sandbox.tables.badged import Badge
from tests.sandbox.identity.test_floats import granted
from tests.sandbox.server.test_notifier import LONG_ENOUGH, Waiting, held, waiting
from tests.support.sandbox.browsing import rows_of, sign_in, words
from tests.support.sandbox.client import OFFICE, RIVERA, Answer, Kiosk
from tests.support.sandbox.contract import misfits
from tests.support.sandbox.running import Xchart

__all__ = ["waiting"]

MARIA, JAMES, PATEL = "per-maria", "per-james", "acc-patel"
NUMBER = "0004417290"


def give(xchart: Xchart, admin: str, holder: str, number: str = NUMBER) -> Answer:
    """An admin reads a badge into that line of the page."""
    return xchart.page(f"/badges/{holder}", admin, {"number": number})


def reset(xchart: Xchart, admin: str, holder: str) -> Answer:
    """An admin takes it off."""
    return xchart.page(f"/badges/{holder}/reset", admin, {})


def told(kiosk: Kiosk) -> dict[str, str]:
    """By holder: the marks that this computer is told of."""
    said = granted(kiosk.changes())
    people, own, account = said["people"], said["own"], said["account"]
    assert isinstance(people, list)
    assert isinstance(own, list)
    assert isinstance(account, dict)
    marks = {each["id"]: each["badge"] for each in people if "badge" in each}
    marks |= {each["account"]["id"]: each["badge"] for each in own if "badge" in each}
    if "badge" in said:
        marks[account["id"]] = str(said["badge"])
    return marks


def mark(kiosk: Kiosk, number: str = NUMBER) -> str:
    """What a computer makes of a number, with the key that it is told."""
    answer = kiosk.changes()
    assert misfits("Changes", answer.body) == []
    key = base64.urlsafe_b64decode(f"{answer.body['badge_key']}=")
    return hmac.digest(key, number.encode(), "sha256").hex()


def test_a_computer_finds_whose_badge_it_is_and_nobody_keeps_the_number(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    assert "badge_key" not in kiosk.changes().body
    xchart.own_login(kiosk)
    assert give(xchart, admin, MARIA).status == 303
    assert give(xchart, admin, PATEL, f" {NUMBER}-7 ").status == 303
    assert told(kiosk) == {MARIA: mark(kiosk), PATEL: mark(kiosk, f"{NUMBER}-7")}
    assert NUMBER not in repr(xchart.page("/members", admin).text)
    with xchart.state.unit() as db:
        assert NUMBER not in repr([(b.holder, b.mark) for b in db.scalars(select(Badge))])


def test_the_computers_own_personal_account_has_its_badge_beside_it(
    xchart: Xchart, admin: str
) -> None:
    kiosk = xchart.join(email="rivera@lakeside.example", account=RIVERA)
    give(xchart, admin, RIVERA)
    assert told(kiosk)[RIVERA] == mark(kiosk)


def test_a_badge_that_is_set_or_reset_is_news_at_once(
    xchart: Xchart, kiosk: Kiosk, admin: str, waiting: Waiting
) -> None:
    polled = waiting.begin(kiosk, held(kiosk))
    give(xchart, admin, MARIA)
    first = polled.result(LONG_ENOUGH)
    assert "badge_key" in first.body
    polled = waiting.begin(kiosk, held(kiosk))
    reset(xchart, admin, MARIA)
    assert polled.result(LONG_ENOUGH).status == 200
    assert told(kiosk) == {}


def test_a_badge_has_one_holder_and_the_page_says_who(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    give(xchart, admin, MARIA)
    for holder in (JAMES, PATEL):
        refused = give(xchart, admin, holder)
        assert refused.status == 409
        assert "Maria Lopez has this badge. Reset it there first" in refused.text
    assert told(kiosk) == {MARIA: mark(kiosk)}
    assert give(xchart, admin, MARIA).status == 303, "it is theirs already"
    reset(xchart, admin, MARIA)
    assert give(xchart, admin, JAMES).status == 303


def test_another_badge_takes_the_place_of_the_one_before(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    give(xchart, admin, MARIA)
    give(xchart, admin, MARIA, "7777")
    assert told(kiosk) == {MARIA: mark(kiosk, "7777")}
    assert give(xchart, admin, JAMES).status == 303, "the old one is free"


@pytest.mark.parametrize("number", ["", "123", "x" * 65, "12\t34", "caf\u00e9s", "   7   "])
def test_what_is_no_number_is_refused_with_a_sentence(
    xchart: Xchart, admin: str, number: str
) -> None:
    refused = give(xchart, admin, MARIA, number)
    assert refused.status == 422
    assert "That is no badge's number: 4 to 64 letters and digits" in words(refused.text).replace(
        "&#39;", "'"
    )


@pytest.mark.parametrize("holder", [OFFICE, "per-nobody", "acc-nobody"])
def test_nobody_else_can_have_one(xchart: Xchart, admin: str, holder: str) -> None:
    assert give(xchart, admin, holder).status == 404


def test_who_is_deactivated_or_off_the_list_has_none(
    xchart: Xchart, kiosk: Kiosk, admin: str
) -> None:
    xchart.own_login(kiosk)
    give(xchart, admin, PATEL)
    give(xchart, admin, MARIA, "7777")
    xchart.page(f"/members/{PATEL}/active", admin, {"active": "no"})
    xchart.page(f"/members/{OFFICE}/assistants/{MARIA}/remove", admin, {})
    assert told(kiosk) == {}
    xchart.page(f"/members/{PATEL}/active", admin, {"active": "yes"})
    assert told(kiosk) == {}
    for number in (NUMBER, "7777"):
        assert give(xchart, admin, JAMES, number).status == 303, "it is free"


def test_a_badge_enters_only_who_has_one(xchart: Xchart, kiosk: Kiosk, admin: str) -> None:
    refused = kiosk.start(MARIA, "badge")
    assert (refused.status, refused.code) == (403, "badge_unknown")
    give(xchart, admin, MARIA)
    assert kiosk.start(MARIA, "badge").status == 201
    reset(xchart, admin, MARIA)
    assert kiosk.start(MARIA, "badge").code == "badge_unknown"
    assert kiosk.start(MARIA).status == 201, "the tile still does"


def test_only_an_admin_gives_badges(xchart: Xchart) -> None:
    member, _ = sign_in(xchart, "patel@lakeside.example", PATEL)
    assert give(xchart, member, MARIA).status == 403
    assert reset(xchart, member, MARIA).status == 403


def test_the_page_lists_who_can_have_one_and_who_has(xchart: Xchart, admin: str) -> None:
    give(xchart, admin, MARIA)
    page = xchart.page("/members", admin).text.partition('id="badges"')[2]
    rows = [" ".join(row.split()) for row in rows_of(page)]
    assert next(row for row in rows if "Maria Lopez" in row).split("Maria Lopez ")[1] == (
        "Badge set On Office Assistant Reset badge"
    )
    assert next(row for row in rows if "Patel" in row).endswith("Own login Set badge")
    assert not [row for row in rows if row.startswith("Office Assistant")]
