"""What was settled when someone left: the one table of ``sandbox.admin.departures``."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from sandbox.tables.rows import Row


class Settled(Row):
    """What an admin settled when someone left: of what, by whom, and when.

    ``leaver`` is an id of the one who left, ``subject`` of what it is about, called ``name`` then.
    """

    __tablename__ = "settled"
    id: Mapped[int] = mapped_column(primary_key=True)
    leaver: Mapped[str] = mapped_column(index=True)
    what: Mapped[str]
    subject: Mapped[str]
    name: Mapped[str]
    account_id: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
