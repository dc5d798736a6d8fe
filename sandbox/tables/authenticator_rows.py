"""The tables of ``sandbox.identity.authenticators``."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from sandbox.tables.rows import Row


class Authenticator(Row):
    """The authenticator app of one personal account; it counts once its first code was typed.

    The secret is kept as it is: codes are made from it. Apart from ``Account``, so that a database
    of before has it too.
    """

    __tablename__ = "authenticator"
    account_id: Mapped[str] = mapped_column(primary_key=True)
    totp_secret: Mapped[str]
    begun_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)


class UsedStep(Row):
    """The latest half minute of an account's app whose code was used. Outlives the app."""

    __tablename__ = "used_step"
    account_id: Mapped[str] = mapped_column(primary_key=True)
    step: Mapped[int]


class WrongAppCode(Row):
    """Somebody typed what is no code of this account's app."""

    __tablename__ = "wrong_app_code"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
