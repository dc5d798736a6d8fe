"""Listening to the real server: news, nothing, outage; and the schedule kept encrypted."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date

import pytest

from kiosk.session.model.refusals import Code, Refusal, Unreachable
from kiosk.session.model.replies import Delivered, News, No
from kiosk.session.model.terms import Terms
from kiosk.session.ports import DayFound
from kiosk.sync.account_calls import AccountCalls
from kiosk.sync.backoff import Backoff
from kiosk.sync.pull import LEAST_APART, ChangesPoller
from kiosk.sync.wire.calls import Nonce
from kiosk.sync.wire.line import Line
from kiosk.sync.wire.transport import Answer, Transport
from tests.support.chairside import has_set, sets, visit
from tests.support.sandbox.client import plain
from tests.sync.conftest import OFFICE, Computer


def promoted(computer: Computer) -> None:
    """The shared account is made a provider (law 6)."""
    body = json.dumps({"roles": ["member", "provider"]}).encode()
    headers = {"Content-Type": "application/json"}
    plain(computer.xchart.address, "POST", f"/sandbox/members/{OFFICE}", body=body, headers=headers)


def test_the_first_news_brings_terms_and_the_schedule(computer: Computer) -> None:
    news = computer.hear()
    assert isinstance(news.terms, Terms)
    assert news.day_changed
    found = computer.days.day(OFFICE)
    assert isinstance(found, DayFound)
    assert len(found.day.schedule.days) == 2
    assert {each.operatory for each in found.day.schedule.appointments} >= {"Op 3", None}


def test_ones_own_change_is_no_news_and_another_rooms_is(
    computer: Computer, new_computer: Callable[[], Computer]
) -> None:
    """It was known from the answer to it: the schedule need not be read again."""
    other = new_computer()
    other.join()
    computer.hear()
    sets(computer, visit(computer), "Seated")
    assert computer.posting.send(OFFICE) == Delivered(0, settled=1)
    assert not computer.hear().day_changed
    has_set(other, "Doctor here")
    assert computer.hear().day_changed


def test_nothing_new_is_nothing(computer: Computer) -> None:
    computer.hear()
    news = computer.hear()
    assert (news.terms, news.day_changed) == (None, False)


def test_the_cursor_outlives_a_restart(computer: Computer) -> None:
    """An unchanged poll after a night costs no schedule."""
    computer.hear()
    computer.restart()
    assert not computer.hear().day_changed
    assert computer.days.day(OFFICE) is not None


def test_a_promotion_is_news_or_a_refusal(computer: Computer) -> None:
    computer.hear()
    promoted(computer)
    told = computer.listening.news(OFFICE)
    if isinstance(told, News):
        assert told.terms is not None
        assert told.terms.account.privileged
    else:
        assert isinstance(told.why, Refusal)
        assert told.why.code is Code.ACCOUNT_PRIVILEGED


def test_an_outage_is_later_and_the_schedule_stays(computer: Computer) -> None:
    computer.hear()
    computer.xchart.running.stop()
    told = computer.listening.news(OFFICE)
    assert isinstance(told, No)
    assert told.why is Unreachable.NO_ANSWER
    assert told.again_at is not None
    assert told.again_at > computer.xchart.state.clock.now()
    assert computer.days.day(OFFICE) is not None


def test_whoever_hung_up_asks_no_more(computer: Computer) -> None:
    computer.listening.hang_up()
    told = computer.listening.news(OFFICE)
    assert isinstance(told, No)
    assert told.why is Unreachable.NO_ANSWER


def test_a_day_that_is_over_is_gone(computer: Computer) -> None:
    """T3: today and the next clinic day, no day longer."""
    computer.hear()
    before = computer.cache.schedule(OFFICE, date.min)
    assert before is not None
    computer.xchart.pass_time(days=1)
    found = computer.days.day(OFFICE)
    assert found is not None
    assert found.day.schedule.days == before.days[1:]
    kept = computer.cache.schedule(OFFICE, date.min)
    assert kept is not None
    assert {each.day for each in kept.appointments} <= set(before.days[1:])


def test_a_server_that_always_has_news_is_not_asked_in_a_loop(computer: Computer) -> None:
    now = computer.xchart.state.clock.now()
    assert computer.hear().again_at >= now + LEAST_APART


class Noting(Transport):
    """The real way, which notes what is asked; ``instead`` is answered once."""

    def __init__(self) -> None:
        super().__init__("")
        self.asked: list[str] = []
        self.instead: Answer | Unreachable | None = None

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        held: float = 0.0,
        repeatable: bool = False,
    ) -> Answer | Unreachable:
        self.asked.append(url)
        instead, self.instead = self.instead, None
        return instead or super().send(method, url, headers, body, held, repeatable)


@pytest.fixture
def noting(computer: Computer) -> Iterator[Noting]:
    """The computer has heard the day, and listens over this from now on."""
    computer.hear()
    made = Noting()
    line = Line(made, Nonce(), computer.heard.append)
    holding = AccountCalls(line, computer.safe, computer.remembered)
    now = computer.xchart.state.clock.now
    failures = Backoff(now, lambda: 0.5)
    computer.listening = ChangesPoller(holding, computer.cache, failures, now, made.hang_up)
    computer.hear()
    made.asked.clear()
    yield made
    made.close()


def test_a_day_that_is_doubted_comes_whole(computer: Computer, noting: Noting) -> None:
    """And once: the question after it is for news again."""
    computer.listening.doubt()
    assert computer.hear().day_changed
    assert not computer.hear().day_changed
    assert ["cursor=" in url for url in noting.asked] == [False, True]


def test_a_doubt_outlives_an_outage(computer: Computer, noting: Noting) -> None:
    computer.listening.doubt()
    noting.instead = Unreachable.NO_ANSWER
    assert isinstance(computer.listening.news(OFFICE), No)
    assert computer.hear().day_changed


def test_a_server_that_wants_to_be_left_alone_is_not_asked(
    computer: Computer, noting: Noting
) -> None:
    """Whoever touches the screen meanwhile: ``Retry-After`` counts (T10)."""
    date = "Mon, 23 Nov 2026 15:05:00 GMT"
    noting.instead = Answer(503, {"retry-after": "600", "date": date}, b"")
    first = computer.listening.news(OFFICE)
    assert isinstance(first, No)
    assert computer.listening.news(OFFICE) == first
    assert len(noting.asked) == 1
    computer.xchart.pass_time(minutes=10)
    computer.hear()


def test_the_next_clinic_day_comes_with_the_news_and_with_no_news_after_a_restart(
    computer: Computer,
) -> None:
    """So that a code that a week off would bring is said before it (design.md section 3)."""
    opens = computer.hear().opens
    assert opens is not None
    computer.restart()
    assert computer.hear().opens == opens
    computer.xchart.control("POST", "/closures", {"day": opens.isoformat()})
    later = computer.hear().opens
    assert later is not None
    assert later > opens
