"""An answer of the audit as a file for a spreadsheet; that it was taken along is recorded.

A cell that a spreadsheet would run as a formula is made text (OWASP, CSV Injection): names come
from whoever typed them.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from sandbox.records.openings import seated
from sandbox.records.questions import Question
from sandbox.server.moment import precise
from sandbox.tables.readings import AuditExport
from sandbox.tables.rows import Account, Device, KioskSession

MOST = 10_000
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n")
MARK = "\ufeff"  # without it a spreadsheet does not read a CSV file as UTF-8


def written(rows: Iterable[Sequence[str]]) -> bytes:
    """The file (RFC 4180), every cell quoted."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([harmless(c) for c in row] for row in rows)
    return (MARK + text.getvalue()).encode(errors="replace")


def harmless(cell: str) -> str:
    """A cell that every spreadsheet takes for text."""
    return f"'{cell}" if cell.startswith(RUN_BY_SPREADSHEETS) else cell


def taken(
    db: Session,
    asked: Question,
    lines: int,
    account: Account,
    kiosk: KioskSession | None,
    device: Device | None,
    now: datetime,
) -> None:
    """Somebody has taken so many lines along."""
    row = AuditExport(
        at=precise(now),
        patient=asked.patient,
        person=asked.person,
        room=asked.room,
        first=asked.first.isoformat(),
        last=asked.last.isoformat(),
        lines=lines,
        **seated(account, kiosk, device),
    )
    db.add(row)
    db.flush()


def file_name(asked: Question, *, cut: bool) -> str:
    """``audit-2026-11-23.csv``; it says where a file does not hold everything."""
    days = asked.first.isoformat()
    if asked.days > 1:
        days += f"-to-{asked.last.isoformat()}"
    return f"audit-{days}{f'-newest-{MOST}' if cut else ''}.csv"
