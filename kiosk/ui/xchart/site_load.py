"""What became of a load of a site's page: the how many-th, what the server said, whether it came.

After a network error, and after a step that was stopped, the old document stays alive: what is read
of it then says nothing of where the site is.
"""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtWebEngineCore import QWebEngineLoadingInfo

from kiosk.session.model.site import PageState
from kiosk.ui.xchart.fence import Origin

Status = QWebEngineLoadingInfo.LoadStatus
BY_STATUS = QWebEngineLoadingInfo.ErrorDomain.HttpStatusCodeDomain
LONGEST_WAIT = 24 * 3600
BEHIND = frozenset({PageState.DOWN, PageState.ELSEWHERE})
"""What became of a load that leaves the document before it alive."""


class Arrival:
    """The last load of a page. ``outcome`` where no document of it can be read.

    ``status`` is the server's, 0 where unknown; ``again_after`` in seconds.
    """

    def __init__(self, origins: tuple[Origin, ...]) -> None:
        """Nothing was loaded yet."""
        self.load = 0
        self.outcome: PageState | None = PageState.UNKNOWN
        self.status = 0
        self.again_after = 0
        self.has_document = False
        """Whether there is a process that draws one: what was typed into it is there."""
        self.is_in = False
        """Who is in stays in when something leads away: a link, a search elsewhere."""
        self._origins = origins
        self._is_loading = False
        self._is_expected = False
        self._before: tuple[PageState | None, int, int] = (self.outcome, 0, 0)
        self._asked_for_name = 0

    @property
    def is_loading(self) -> bool:
        """Whether the document that is there is about to go."""
        return self._is_loading or self._is_expected

    def expect(self) -> None:
        """A load was asked for; the engine says later that it starts."""
        self._is_expected = True

    def note(self, info: QWebEngineLoadingInfo) -> bool:
        """One step of a load; whether it has ended."""
        match info.status():
            case Status.LoadStartedStatus:
                self._start()
            case Status.LoadSucceededStatus | Status.LoadFailedStatus:
                self._end(info)
            case Status.LoadStoppedStatus:
                # A redirect is stopped at the address that it led to.
                away = not info.url().isEmpty() and not self._hold(info.url())
                self._stop(away)
        return not self.is_loading

    def note_sign_in(self, status: int) -> None:
        """A server or a proxy asks for a name and a password of its own: nobody here has one.

        Said within its load, now and then before that is said to start.
        """
        self._asked_for_name = status

    def note_end(self) -> None:
        """The process that draws the page has ended."""
        self.load += 1
        self._is_loading = self._is_expected = False
        self.outcome, self.status = PageState.DOWN, 0
        self.has_document = False

    def keep_words(self) -> bool:
        """Whether no document came: the one before it, with what somebody typed, then goes on."""
        if self.has_document and self.outcome in BEHIND:
            self.outcome = PageState.UNSENT
        return self.outcome is PageState.UNSENT

    def _hold(self, url: QUrl) -> bool:
        return any(each.holds(url) for each in self._origins)

    def _start(self) -> None:
        self.load += 1
        self._is_loading, self._is_expected = True, False
        self.has_document = True
        self._before = (self.outcome, self.status, self.again_after)
        self.outcome, self.status, self.again_after = None, 0, 0

    def _end(self, info: QWebEngineLoadingInfo) -> None:
        self._is_loading = False
        self._asked_for_name = 0
        if info.errorDomain() is BY_STATUS:
            self.status = info.errorCode()
            self.again_after = wait_of(headers_of(info))
        elif info.status() is Status.LoadFailedStatus:
            self.outcome = PageState.DOWN

    def _stop(self, away: bool) -> None:
        """The document that was there stays; it counts where the step meant nothing for it."""
        self._is_loading = False
        asked_for_name, self._asked_for_name = self._asked_for_name, 0
        if asked_for_name:
            self.outcome, self.status = PageState.DOWN, asked_for_name
        elif away and not self.is_in:
            self.outcome = PageState.ELSEWHERE
        else:
            self.outcome, self.status, self.again_after = self._before


def headers_of(info: QWebEngineLoadingInfo) -> Mapping[str, str]:
    """The answer's, by small names; the engine gives each name's values as a list."""
    found: dict[str, str] = {}
    for name, values in (info.responseHeaders() or {}).items():
        first = values[0] if isinstance(values, list) else values
        found[text_of(name).lower()] = text_of(first)
    return found


def text_of(value: object) -> str:
    """A header's name or value, whatever the engine has made of it."""
    raw = bytes(value.data()) if isinstance(value, QByteArray) else value
    return raw.decode("latin-1") if isinstance(raw, bytes) else str(raw)


def wait_of(headers: Mapping[str, str]) -> int:
    """The seconds of Retry-After (RFC 9110 section 10.2.3); a date is counted from the answer's."""
    said = headers.get("retry-after", "").strip()
    if said.isdecimal():
        return min(int(said), LONGEST_WAIT)
    until, now = date_of(said), date_of(headers.get("date", ""))
    if until is None or now is None:
        return 0
    return max(0, min(int((until - now).total_seconds()), LONGEST_WAIT))


def date_of(said: str) -> datetime | None:
    """A date as HTTP writes it."""
    try:
        found = parsedate_to_datetime(said)
    except ValueError:
        return None
    return found if found.tzinfo else None
