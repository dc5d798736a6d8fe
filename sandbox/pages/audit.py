"""The Audit page: who did what, when, on which computer, by which method, and how sure that is.

For admins only (facts.md S2). It answers "who opened this patient's record on March 3?", shows
what was made of each record when it arrived, and decides nothing itself.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.admin.members import demand_role
from sandbox.pages.audit_lines import STANDINGS, line
from sandbox.pages.visitor import page, see, state_of, visitor
from sandbox.records import exports, missing_audit, questions
from sandbox.records.answers import Answer
from sandbox.records.questions import Question
from sandbox.server.clinic_days import ZONE, day_of
from sandbox.server.moment import clock_words, date_words
from sandbox.tables.rows import AuditChain, Device

routes = APIRouter()
SHOWN = 200


@routes.get("/audit")
def show(request: Request) -> Response:
    """The answer to the question in the address, newest first; without one, today's audit."""
    return audit_page(request, request.query_params)


def audit_page(request: Request, given: Mapping[str, str], status: int = 200) -> Response:
    """The form, and the answer; of a question that does not fit, what is wrong with it."""
    state = state_of(request)
    now = state.clock.now()
    skip = given.get("skip", "")
    skipped = int(skip) if skip.isascii() and skip.isdigit() and len(skip) < 10 else 0
    with state.unit() as db:
        who = visitor(request, db)
        if who is None:
            return see("/signin")
        demand_role(who.account, "admin")
        asked, troubles = questions.read(db, given, date.fromisoformat(day_of(now)))
        answer = Answer(db, asked)
        count = 0 if troubles else answer.count()
        entries = [] if troubles else answer.lines(skipped, SHOWN)
        return page(
            request,
            db,
            "audit.html",
            status,
            who=who,
            title="Audit",
            asked=asked,
            troubles=troubles,
            until=_until(asked, given, troubles),
            rooms=questions.rooms(db),
            dates=_dates(asked),
            before=_address(asked.fields(-1)),
            after=_address(asked.fields(1)),
            count=count,
            most=exports.MOST,
            lines=[line(db, each) for each in entries],
            newer=_part(asked, skipped - SHOWN) if skipped else "",
            older=_part(asked, skipped + SHOWN) if count > skipped + SHOWN else "",
            forks=_forks(db),
            unheard=missing_audit.unheard(db, now),
            of_deleted=0 if troubles else answer.of_deleted(),
            standings=STANDINGS,
        )


def _until(asked: Question, given: Mapping[str, str], troubles: list[str]) -> str:
    """The last of several days; what was typed, while it still has to be put right."""
    if troubles:
        return given.get("to", "")[:10]
    return asked.last.isoformat() if asked.days > 1 else ""


def _address(fields: Mapping[str, str]) -> str:
    return f"/audit?{urlencode(fields)}"


def _part(asked: Question, skipped: int) -> str:
    return _address({**asked.fields(), "skip": str(max(skipped, 0))})


def _dates(asked: Question) -> str:
    """``Monday, November 23``, or from when to when."""
    days = (datetime.combine(each, time(12), ZONE) for each in (asked.first, asked.last))
    first, last = map(date_words, days)
    return first if asked.days == 1 else f"{first} to {last}"


def _forks(db: Session) -> list[tuple[Device, str]]:
    """The computers of which two copies were found, and when in words."""
    found = []
    forked = select(AuditChain).where(AuditChain.forked_at.is_not(None))
    for each in db.scalars(forked.order_by(AuditChain.forked_at.desc())):
        device = db.get(Device, each.forked_by)
        if device is not None and each.forked_at is not None:
            local = each.forked_at.astimezone(ZONE)
            found.append((device, f"{date_words(local)}, {clock_words(local)}"))
    return found
