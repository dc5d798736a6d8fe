"""*Export* on the Audit page: the same question, its answer as a file."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from sandbox.admin.members import demand_role
from sandbox.pages.audit import audit_page
from sandbox.pages.audit_lines import Line, line
from sandbox.pages.visitor import demand_own_origin, demand_visitor, state_of
from sandbox.records import exports, questions
from sandbox.records.answers import Answer
from sandbox.server.clinic_days import day_of

routes = APIRouter()
Field = Annotated[str, Form()]

HEADINGS = (
    "Clinic time",
    "Who",
    "Later said",
    "Login",
    "What",
    "Patient",
    "More",
    "Computer",
    "Room",
    "Location",
    "Method",
    "How sure",
)


@routes.post("/audit/export")
def export(
    request: Request,
    patient: Field = "",
    person: Field = "",
    room: Field = "",
    first: Annotated[str, Form(alias="from")] = "",
    last: Annotated[str, Form(alias="to")] = "",
    day: Field = "",
) -> Response:
    """The file; it does not hold the line that says that it was taken."""
    demand_own_origin(request)
    state = state_of(request)
    now = state.clock.now()
    given = {"patient": patient, "person": person, "room": room}
    given |= {"from": first, "to": last, "day": day}
    with state.unit() as db:
        who = demand_visitor(request, db)
        demand_role(who.account, "admin")
        asked, troubles = questions.read(db, given, date.fromisoformat(day_of(now)))
        if not troubles:
            answer = Answer(db, asked)
            lines = [line(db, each) for each in answer.lines(0, exports.MOST)]
            name = exports.file_name(asked, cut=answer.count() > exports.MOST)
            exports.taken(db, asked, len(lines), who.account, who.kiosk, who.device, now)
            held = exports.written([HEADINGS, *map(_cells, lines)])
            return Response(
                held,
                media_type="text/csv; charset=utf-8",
                headers={"Content-Disposition": f'attachment; filename="{name}"'},
            )
    return audit_page(request, given, 422)


def _cells(each: Line) -> tuple[str, ...]:
    return (
        each.at.isoformat(sep=" ", timespec="seconds"),
        each.who,
        each.later,
        each.account,
        each.what,
        each.visit.patient if each.visit else "",
        each.aside,
        each.place.computer,
        each.place.operatory,
        each.place.location,
        each.how,
        each.standing,
    )
