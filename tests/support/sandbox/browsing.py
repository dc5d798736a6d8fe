"""A browser at Xchart's pages: signed in as somebody, and what it reads there."""

import html
import re

from tests.support.sandbox.client import DEMO_WORD, Answer
from tests.support.sandbox.running import Xchart


def cookie_of(answer: Answer) -> str:
    """Every cookie of an answer, as a browser sends them back."""
    given = answer.headers.get_all("Set-Cookie") or []
    return "; ".join(each.partition(";")[0] for each in given)


def sign_in(xchart: Xchart, email: str, approver: str, remember: str = "yes") -> tuple[str, str]:
    """Sign a new browser in; its session cookie and its own cookie."""
    answer = xchart.page("/signin", "", {"email": email, "password": DEMO_WORD})
    assert answer.status == 303
    browser = cookie_of(answer)
    challenge = answer.headers["Location"].partition("challenge=")[2]
    chosen = {"challenge": challenge, "approver": approver}
    assert xchart.page("/signin/text", browser, chosen).status == 303
    given = {"challenge": challenge, "code": xchart.newest_code(), "remember": remember}
    entered = xchart.page("/signin/code", browser, given)
    assert (entered.status, entered.headers["Location"]) == (303, "/today")
    session, _, remembered = cookie_of(entered).partition("; ")
    return session, remembered or browser


def rows_of(page: str) -> list[str]:
    """The text of each row of the page's table."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        html.unescape(" ".join(re.sub(r"<[^>]+>", " ", each).split()))
        for each in body.split("<tr")[1:]
    ]


def words(page: str) -> str:
    """What can be read on a page."""
    return html.unescape(" ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page).split()))
