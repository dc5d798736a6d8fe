"""The tables of who read what: a patient's page that was opened, an audit that was taken along.

Kept by the server itself, when it serves. No patient's name is in an opening: it names the
appointment, and whose that is stands in the schedule. Room and computer are those of that moment,
because a computer may move.
"""

from sqlalchemy.orm import Mapped, mapped_column

from sandbox.tables.rows import Row

__all__ = ["AuditExport", "PageOpening", "Row"]


class Seat:
    """From where something was read: a kiosk's session on its computer, or a browser (none)."""

    account_id: Mapped[str]
    kiosk_session_id: Mapped[str | None]
    jkt: Mapped[str | None]
    computer: Mapped[str] = mapped_column(default="")
    location: Mapped[str] = mapped_column(default="")
    operatory: Mapped[str] = mapped_column(default="")


class PageOpening(Seat, Row):
    """The page of one appointment was served. ``at`` is written as audit records write theirs."""

    __tablename__ = "page_opening"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str] = mapped_column(index=True)
    appointment_id: Mapped[str] = mapped_column(index=True)


class AuditExport(Seat, Row):
    """A selection of the audit was taken along as a file: what was asked, and how much it held."""

    __tablename__ = "audit_export"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str] = mapped_column(index=True)
    patient: Mapped[str]
    person: Mapped[str]
    room: Mapped[str]
    first: Mapped[str]
    last: Mapped[str]
    lines: Mapped[int]
