"""Who opened a patient's page is recorded by the server that serves it, not by the computer.

A page that is looked at again within a minute, in the same session, is one opening: reloading
says nothing new. Browsers have no session of a kiosk; of them the account counts.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.server.moment import precise
from sandbox.tables.readings import PageOpening
from sandbox.tables.rows import Account, Appointment, Device, KioskSession

ONCE_PER = timedelta(minutes=1)


def opened(
    db: Session,
    visit: Appointment,
    account: Account,
    kiosk: KioskSession | None,
    device: Device | None,
    now: datetime,
) -> None:
    """The page of this visit is about to be shown."""
    session_id = kiosk.id if kiosk is not None else None
    just_now = select(PageOpening.id).where(
        PageOpening.appointment_id == visit.id,
        PageOpening.account_id == account.id,
        PageOpening.kiosk_session_id.is_not_distinct_from(session_id),
        PageOpening.at > precise(now - ONCE_PER),
    )
    if db.scalar(just_now.limit(1)) is None:
        seat = seated(account, kiosk, device)
        db.add(PageOpening(at=precise(now), appointment_id=visit.id, **seat))


def seated(
    account: Account, kiosk: KioskSession | None, device: Device | None
) -> dict[str, str | None]:
    """From where it is read, as the table keeps it."""
    return {
        "account_id": account.id,
        "kiosk_session_id": kiosk.id if kiosk is not None else None,
        "jkt": kiosk.jkt if kiosk is not None else None,
        "computer": device.computer if device is not None else "",
        "location": device.location if device is not None else "",
        "operatory": device.operatory if device is not None else "",
    }
