"""How well a computer says that it keeps its secrets: of ``sandbox.access.protections``."""

from sqlalchemy.orm import Mapped, mapped_column

from sandbox.tables.rows import Row


class Protected(Row):
    """What a computer said last. Its own word: apart from ``Device``, and believed by nobody."""

    __tablename__ = "protected"
    jkt: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[str]
