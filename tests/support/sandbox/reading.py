"""Somebody reads: at a computer or in a browser, and what the Audit page then says."""

import html
import re
from urllib.parse import urlencode

from sqlalchemy import select

from sandbox.tables.readings import PageOpening
from sandbox.tables.rows import Appointment
from tests.support.sandbox.client import Kiosk
from tests.support.sandbox.running import Xchart

ORDINARY = "per-maria"


def visit_of(xchart: Xchart, place: int = 5) -> Appointment:
    """A visit of today: places 0 to 15 are at Main Street, the rest at Harbor."""
    with xchart.state.unit() as db:
        wanted = select(Appointment).where(
            Appointment.day == "2026-11-23", Appointment.place == place
        )
        return db.scalars(wanted).one()


def at_kiosk(xchart: Xchart, kiosk: Kiosk, person: str = ORDINARY, strength: str = "tile") -> str:
    """Somebody taps; the cookie of the page that opens."""
    handoff = kiosk.start(person, strength).body["handoff"]
    assert isinstance(handoff, dict)
    return xchart.open_page(str(handoff["url"]))


def opens(xchart: Xchart, cookie: str, visit: Appointment) -> None:
    """The page of a visit."""
    assert xchart.page(f"/appointments/{visit.id}", cookie).status == 200


def openings(xchart: Xchart) -> list[PageOpening]:
    """What the server has noted."""
    with xchart.state.unit() as db:
        return list(db.scalars(select(PageOpening).order_by(PageOpening.id)))


def audit(xchart: Xchart, admin: str, **asked: str) -> str:
    """The Audit page that answers a question (``first`` stands for ``from``)."""
    fields = {"from" if name == "first" else name: word for name, word in asked.items()}
    answer = xchart.page(f"/audit?{urlencode(fields)}", admin)
    assert answer.status == 200
    return answer.text


def words(fragment: str) -> str:
    """What a fragment of a page says."""
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", fragment).split()))


def rows(page: str) -> list[str]:
    """The text of each line of the answer."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    found = [words("<tr" + each) for each in body.split("<tr")[1:]]
    return [each for each in found if not each.startswith("Nothing ")]


def limits(page: str) -> str:
    """What the page says that it cannot show."""
    return words(page.partition('<section class="limits">')[2].partition("</section>")[0])


def troubles(page: str) -> list[str]:
    """The sentences about what does not fit."""
    return [words(each) for each in re.findall(r'<p class="trouble first".*?</p>', page)]
