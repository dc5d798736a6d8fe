"""Reading an answer of the server: its own words, a refusal, or somebody else's page (T9, T19).

Nothing is raised, whatever came: what cannot be read is None, or the reason why it is no answer.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar

import msgspec

from kiosk.session.refusals import Code, Reach, Refusal
from kiosk.sync.api_transport import Answer
from kiosk.sync.messages import Message, ProblemMessage

M = TypeVar("M", bound=Message)


def parsed(answer: Answer, kind: type[M], content_type: str) -> M | None:
    """The body as that message, if its content type is exactly that."""
    told = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if told != content_type:
        return None
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def foreign(answer: Answer) -> Reach:
    """Not the server's own words: a captive portal's page or redirect, or something else."""
    told = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if 300 <= answer.status < 400 or told in {"text/html", "application/xhtml+xml"}:
        return Reach.PORTAL
    return Reach.NOT_UNDERSTOOD


def refusal_of(problem: ProblemMessage, answer: Answer) -> Refusal:
    """The server's no as a value; a code that this kiosk does not know is said plainly."""
    try:
        code = Code(problem.code)
    except ValueError:
        code = Code.OTHER
    return Refusal(
        code,
        told=problem.code,
        tries_left=problem.tries_left,
        retry_at=retry_at(answer.headers),
        names=problem.operatories or problem.locations,
        anchor_sequence=problem.anchor_sequence,
        anchor_digest=problem.anchor_digest,
    )


def retry_at(headers: Mapping[str, str]) -> datetime | None:
    """``Retry-After`` in seconds or as a date (RFC 9110 section 10.2.3), by the server's clock."""
    told, now = headers.get("retry-after"), date_of(headers)
    if told is None:
        return None
    if not (told.isdecimal() and len(told) < 9):
        return date_from(told)
    try:
        return now + timedelta(seconds=int(told)) if now else None
    except OverflowError:
        return None


def date_of(headers: Mapping[str, str]) -> datetime | None:
    """The server's time, from ``Date`` (RFC 9110 section 6.6.1); one second fine."""
    return date_from(headers.get("date", ""))


def date_from(told: str) -> datetime | None:
    """An HTTP date as an aware instant, or None."""
    try:
        at = parsedate_to_datetime(told)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
