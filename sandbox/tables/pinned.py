"""The server's share of a PIN: the one table of ``sandbox.access.pins``."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from sandbox.tables.rows import Row


class PinShare(Row):
    """A third of what opens an account's credential on one computer, and how often it was given.

    Kept as it is, for it must be given back; without that computer's own two thirds it opens
    nothing. ``share`` is empty once it was destroyed. ``released``: how
    often it was given since a sign-in confirmed it.
    """

    __tablename__ = "pin_share"
    account_id: Mapped[str] = mapped_column(primary_key=True)
    jkt: Mapped[str] = mapped_column(primary_key=True)
    share: Mapped[str]
    released: Mapped[int] = mapped_column(default=0)
    released_at: Mapped[datetime | None] = mapped_column(default=None)
