"""Who it was after all: beside each record of the stretch that a correction is about."""

from itertools import pairwise

import pytest
from sqlalchemy import insert, select

from sandbox.tables.rows import AuditRecord
from tests.support.sandbox.browsing import rows_of, sign_in
from tests.support.sandbox.client import RIVERA, Kiosk
from tests.support.sandbox.pushing import Audit
from tests.support.sandbox.running import Xchart

LATER = "later said to have been James Carter"


@pytest.fixture
def kiosk(xchart: Xchart) -> Kiosk:
    """A computer of the office."""
    return xchart.join()


def marked(xchart: Xchart, person: str = "") -> list[tuple[str, bool]]:
    """What was done, oldest first, and whether it is said to have been James."""
    xchart.pass_time(hours=1)
    session, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    page = xchart.page(f"/audit?person={person}", session)
    rows = [each for each in rows_of(page.text) if "Exported" not in each]
    return [(each, LATER in each) for each in reversed(rows)]


def told(kiosk: Kiosk, *acts: str | tuple[str, str]) -> None:
    """Records at that computer in order, Maria's unless another is named."""
    audit = Audit(kiosk)
    for each in acts:
        act, actor = each if isinstance(each, tuple) else (each, "per-maria")
        detail = {"corrected": "per-james", "status_set": "Seated"}.get(act, "")
        audit.add(5, act=act, actor=actor, detail=detail)
    assert audit.push().status == 200


def test_what_was_set_at_the_chair_says_who_it_was_after_all(xchart: Xchart, kiosk: Kiosk) -> None:
    told(kiosk, "entered", "status_set", "locked", "resumed", "corrected", "left")
    assert [said for _, said in marked(xchart)] == [True, True, True, True, False, True]


def test_an_earlier_and_a_later_stretch_of_the_same_person_stay_theirs(
    xchart: Xchart, kiosk: Kiosk
) -> None:
    """Maria may be Maria again in the next one."""
    stretch = ("entered", "status_set", "left")
    told(kiosk, *stretch, "entered", "status_set", "corrected", "left", *stretch)
    said = [said for _, said in marked(xchart)]
    assert said == [False, False, False, True, True, False, True, False, False, False]


def test_another_persons_records_stay_theirs(xchart: Xchart, kiosk: Kiosk) -> None:
    aisha = "per-aisha"
    told(
        kiosk,
        ("entered", aisha),
        ("left", aisha),
        "entered",
        "corrected",
        "left",
        ("entered", aisha),
        ("status_set", aisha),
    )
    assert [said for _, said in marked(xchart)] == [False, False, True, False, True, False, False]


def test_another_computers_records_stay_theirs(xchart: Xchart, kiosk: Kiosk) -> None:
    other = Kiosk(xchart.address)
    xchart.pass_time(minutes=1)
    xchart.join(other)
    told(kiosk, "entered", "corrected", "left")
    told(other, "entered", "status_set", "left")
    assert sum(said for _, said in marked(xchart)) == 2


def test_whoever_it_was_is_found_by_their_name(xchart: Xchart, kiosk: Kiosk) -> None:
    told(kiosk, "entered", "status_set", "corrected", "left", "entered", "left")
    found = [row for row, _ in marked(xchart, "james")]
    assert len(found) == 4
    assert sum("Seated" in row for row in found) == 1
    assert all(a != b for a, b in pairwise(found))


def test_a_month_of_corrections_can_be_asked_about(xchart: Xchart, kiosk: Kiosk) -> None:
    """Forty rooms with one a day: a database takes no condition for each."""
    told(kiosk, "entered", "status_set", "corrected", "left")
    with xchart.state.unit() as db:
        row = db.scalars(select(AuditRecord).where(AuditRecord.act == "corrected")).one()
        like = {each.name: getattr(row, each.name) for each in AuditRecord.__table__.columns}
        db.execute(insert(AuditRecord), [like | {"chain": f"aud-{n}"} for n in range(1_200)])
    session, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    assert "1,204 lines" in xchart.page("/audit?person=james", session).text


def test_a_correction_that_is_not_believed_corrects_nothing(xchart: Xchart, kiosk: Kiosk) -> None:
    audit = Audit(kiosk)
    audit.add(5, act="entered")
    audit.add(6, act="corrected", detail="per-james", actor="per-nobody")
    audit.push()
    assert not any(said for _, said in marked(xchart))
