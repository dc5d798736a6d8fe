"""What lies outside Xchart in real life, shown for the demo: phones with texts, and e-mail."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import or_, select

from sandbox.identity import authenticators
from sandbox.pages.visitor import at_a_kiosk, page, state_of, telling
from sandbox.server.clinic_days import ZONE
from sandbox.server.moment import clock_words
from sandbox.tables.rows import Account, Mail, Text

routes = APIRouter()
SHOWN = 4


@routes.get("/phones")
def phones(request: Request) -> Response:
    """The approvers' phones, their newest texts and their apps; refreshed every two seconds."""
    state = state_of(request)
    with state.unit() as db:
        if at_a_kiosk(request, db):
            return _not_here(request)
        apps = authenticators.holders(db)
        reached = or_(Account.phone.is_not(None), Account.id.in_(apps))
        owners = db.scalars(select(Account).where(reached, ~Account.shared).order_by(Account.id))
        shown = []
        for owner in sorted(owners, key=lambda each: (not each.approver, each.label)):
            texts = db.scalars(
                select(Text)
                .where(Text.approver_id == owner.id)
                .order_by(Text.id.desc())
                .limit(SHOWN)
            ).all()
            app = ""
            if owner.id in apps:
                app = authenticators.current(db, owner.id, state.clock.now())
            if texts or owner.approver or app:
                shown.append((owner, app, [(each, _when(each)) for each in texts]))
        return page(request, db, "phones.html", title="Phones", phones=shown, refresh=2)


@routes.get("/outbox")
def outbox(request: Request) -> Response:
    """The e-mails that were sent, newest first."""
    with state_of(request).unit() as db:
        if at_a_kiosk(request, db):
            return _not_here(request)
        mails = db.scalars(select(Mail).order_by(Mail.id.desc())).all()
        return page(request, db, "outbox.html", title="E-mail", mails=mails)


def _not_here(request: Request) -> Response:
    """In real life nobody reads a provider's phone on the kiosk that asks for its code."""
    text = "Phones and mailboxes of this demonstration are looked at in another browser."
    return telling(request, "Not at a kiosk", text, 403, "/today")


def _when(text: Text) -> str:
    return clock_words(text.sent_at.astimezone(ZONE))
