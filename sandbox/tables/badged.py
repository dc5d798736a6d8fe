"""Who holds which badge: the one table of ``sandbox.access.badges``."""

from sqlalchemy.orm import Mapped, mapped_column

from sandbox.tables.rows import Row


class Badge(Row):
    """The badge of a personal account, or of an assistant named on a shared one.

    ``holder`` is the id of either. The number is nowhere: ``mark`` is what a key makes of it.
    """

    __tablename__ = "badge"
    holder: Mapped[str] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(unique=True)
