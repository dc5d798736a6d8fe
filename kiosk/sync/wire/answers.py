"""Reading an answer of the server: its own words, a refusal, or somebody else's page (T9, T19).

Nothing is raised, whatever came: what cannot be read is None, or the reason why it is no answer.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar

import msgspec

from kiosk.session.model.refusals import Code, Refusal, Unreachable
from kiosk.sync.wire.messages import Message, ProblemMessage
from kiosk.sync.wire.transport import Answer

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


def says_done(answer: Answer) -> bool:
    """Whether it is the server that says so without a word: a filter's 204 is as empty.

    The server's answers all bring a nonce, and nobody else's does (docs/server-contract.md).
    """
    return answer.status == 204 and "dpop-nonce" in answer.headers


SAID_BETWEEN = {
    401: Unreachable.PORTAL,
    403: Unreachable.BLOCKED,
    404: Unreachable.NOT_THERE,
    405: Unreachable.NOT_THERE,
    407: Unreachable.PROXY_SIGN_IN,
    410: Unreachable.NOT_THERE,
    413: Unreachable.TOO_LARGE,
    414: Unreachable.TOO_LARGE,
    429: Unreachable.BUSY,
    431: Unreachable.TOO_LARGE,
    451: Unreachable.BLOCKED,
    511: Unreachable.PORTAL,
}
"""What a status means that does not come with the server's own words: RFC 9110 section 15, RFC
6585, RFC 7725. Whoever says it stands between, or in the server's place."""


def foreign(answer: Answer) -> Unreachable:
    """Not the server's own words: a portal's, a proxy's, a filter's, or something else's."""
    told = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    page = told in {"text/html", "application/xhtml+xml"}
    if answer.status in SAID_BETWEEN:
        return SAID_BETWEEN[answer.status]
    if answer.status >= 500:
        return Unreachable.SERVER_FAULT
    if answer.status >= 400:
        return Unreachable.NOT_THERE if page else Unreachable.NOT_UNDERSTOOD
    return Unreachable.PORTAL if answer.status >= 300 or page else Unreachable.NOT_UNDERSTOOD


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
