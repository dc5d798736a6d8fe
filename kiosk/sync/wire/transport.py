"""One HTTPS request at a time: the seam where requests' errors become ours (threats.md T9, T19).

The operating system's trust store, no redirects, no proxies but the settings', no answer larger
than a megabyte or slower than its deadline. Nothing here knows what a message means.
"""

import re
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from queue import Empty, SimpleQueue
from threading import Event, Thread

import requests
import truststore
from requests.adapters import HTTPAdapter
from urllib3 import ProxyManager
from urllib3.exceptions import NameResolutionError, ProxyError

from kiosk.local.clock import ComputerReadings
from kiosk.session.model.refusals import Unreachable

CONNECT_SECONDS = 4.0
ANSWER_SECONDS = 8.0
REUSED_WITHIN = timedelta(seconds=30)
"""A firewall forgets a connection on which nothing is said, and tells neither side. The shortest
memories that are sold last a minute; a question for news is held for 25 seconds."""
SURELY_OPEN = timedelta(seconds=5)
"""So soon nobody has forgotten it: who does not answer is slow, and is not to be asked twice."""
HASTY = 1 / 3
"""The part of the deadline that a used connection gets, where another may be tried after it."""
ELAPSED = ComputerReadings().elapsed
LARGEST_ANSWER = 1_000_000
REFUSED_BY_PROXY = {
    403: Unreachable.BLOCKED,
    407: Unreachable.PROXY_SIGN_IN,
    429: Unreachable.BUSY,
    451: Unreachable.BLOCKED,
    511: Unreachable.PORTAL,
}
TUNNEL = re.compile(r"Tunnel connection failed: (\d{3})\b")
"""The standard library's own words, the only place where it says what a proxy answered."""
UNROUTED = frozenset({socket.EAI_NONAME, socket.EAI_AGAIN, 100, 101, 113, 10050, 10051, 10065})
"""Names that do not resolve; ENETDOWN, ENETUNREACH, EHOSTUNREACH here and on Windows."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: header names in lower case, at most ``LARGEST_ANSWER`` bytes."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class SystemTrust(HTTPAdapter):
    """Certificates as the operating system trusts them, towards proxies too."""

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **pool: object
    ) -> None:
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().init_poolmanager(connections, maxsize, block, ssl_context=context, **pool)

    def cert_verify(self, conn: object, url: str, verify: object, cert: object) -> None:
        """Nothing to add: requests would trust its own bundle beside the system's."""

    def proxy_manager_for(self, proxy: str, **pool: object) -> ProxyManager:
        manager: ProxyManager = super().proxy_manager_for(
            proxy,
            ssl_context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            proxy_ssl_context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            **pool,
        )
        return manager


class Unled(requests.Session):
    """Follows no redirect, nor prepares to, as ``allow_redirects=False`` does: all of a redirect's
    body is read for that."""

    def get_redirect_target(self, _resp: requests.Response) -> str | None:
        """Nowhere."""
        return None


class Transport:
    """Requests to one server, one at a time, over a connection that is kept.

    ``proxy`` is an address from the settings, or empty. ``deadline`` is for the whole answer, in
    seconds: a request runs on a thread of its own and is left behind when its time is over, so
    that no server, however slowly it drips, holds a lane. ``elapsed`` is the time since some fixed
    moment, sleep included.
    """

    worth_another = False
    """Whether the last request failed soon, over a connection that was used before: a new one may
    do. Whether the request may be made twice is not known here, nor how to prove it anew."""

    def __init__(
        self,
        proxy: str,
        deadline: float = ANSWER_SECONDS,
        elapsed: Callable[[], timedelta] = ELAPSED,
    ) -> None:
        self._proxy = proxy
        self._deadline = deadline
        self._elapsed = elapsed
        self._answered_at: timedelta | None = None
        self._session = self._opened()
        self._asked: SimpleQueue[Answer | Unreachable | BaseException] | None = None
        self._hung_up = False

    def close(self) -> None:
        """Give the connection back."""
        self._session.close()

    def hang_up(self) -> None:
        """Leave the request that is under way, and make no other; from any thread."""
        self._hung_up = True
        asked = self._asked
        if asked is not None:
            asked.put(Unreachable.NO_ANSWER)

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        held: float = 0.0,
        repeatable: bool = False,
    ) -> Answer | Unreachable:
        """One request, answered within the deadline or not at all.

        ``held`` are the seconds that the server may take before it begins to answer. A
        ``repeatable`` request waits less long for a connection that may be dead
        (``worth_another``).
        """
        quiet, self.worth_another = self._quiet_for(), False
        # A held question is the background's: when a server restarts, all of them break at once,
        # and each is asked again in its own time (threats.md T10).
        used = quiet is not None and not held
        doubted = quiet is not None and used and repeatable and quiet >= SURELY_OPEN
        patience = self._deadline * HASTY if doubted else self._deadline + held
        request = requests.Request(method, url, headers=dict(headers), data=body)
        answers: SimpleQueue[Answer | Unreachable | BaseException] = SimpleQueue()
        given_up, session = Event(), self._session
        self._asked = answers
        if self._hung_up:
            return Unreachable.NO_ANSWER

        def run() -> None:
            try:
                answers.put(exchange(session, request, given_up, patience))
            except BaseException as error:  # raised again where it was asked
                answers.put(error)

        Thread(target=run, name=f"{method} request", daemon=True).start()
        late = False
        try:
            told = answers.get(timeout=patience)
        except Empty:
            given_up.set()
            told, late = Unreachable.NO_ANSWER, True
        if isinstance(told, Answer):
            self._answered_at = self._elapsed()
            return told
        self._start_anew()
        if isinstance(told, BaseException):
            raise told
        self.worth_another = used and (doubted or not late) and not self._hung_up
        return told

    def _quiet_for(self) -> timedelta | None:
        """How long nothing was said on the open connection; None where the next is a new one."""
        if self._answered_at is None:
            return None
        quiet = self._elapsed() - self._answered_at
        if quiet < REUSED_WITHIN:
            return quiet
        self._start_anew()
        return None

    def _start_anew(self) -> None:
        """The next request goes over a new connection."""
        self._session.close()
        self._session, self._answered_at = self._opened(), None

    def _opened(self) -> requests.Session:
        session = Unled()
        session.trust_env = False
        session.mount("https://", SystemTrust(max_retries=0))
        session.mount("http://", HTTPAdapter(max_retries=0))
        if self._proxy:
            session.proxies = {"https": self._proxy}
        return session


def exchange(
    session: requests.Session, request: requests.Request, given_up: Event, patience: float
) -> Answer | Unreachable:
    """One request and its answer, or why there is none. Nobody waits longer than ``patience``."""
    try:
        with session.send(
            session.prepare_request(request),
            # After whoever asked has given up: they tell lateness from a connection that broke.
            timeout=(CONNECT_SECONDS, patience + CONNECT_SECONDS),
            proxies=dict(session.proxies),
            stream=True,
        ) as response:
            received = bytearray()
            for chunk in response.iter_content(16384):
                received += chunk
                if len(received) > LARGEST_ANSWER or given_up.is_set():
                    return Unreachable.NOT_UNDERSTOOD
            lowered = {k.lower(): v for k, v in response.headers.items()}
            return Answer(response.status_code, lowered, bytes(received))
    except requests.exceptions.Timeout:
        return Unreachable.NO_ANSWER
    except requests.exceptions.ConnectionError as error:
        return why(error)
    except (requests.exceptions.RequestException, ValueError):
        return Unreachable.NOT_UNDERSTOOD


def why(error: BaseException) -> Unreachable:
    """No internet, a proxy, or a server that does not answer: told by the innermost cause."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    proxied = distrusted = False
    while waiting:
        cause = waiting.pop()
        if not isinstance(cause, BaseException) or id(cause) in seen:
            continue
        seen.add(id(cause))
        if isinstance(cause, NameResolutionError | socket.gaierror):
            return Unreachable.NO_INTERNET
        if isinstance(cause, ssl.SSLEOFError | ssl.SSLZeroReturnError):
            # It hung up in the middle of the handshake; Python 3.11.2 calls that the other thing.
            return Unreachable.NO_ANSWER
        if isinstance(cause, ssl.SSLError):
            return Unreachable.UNTRUSTED
        if isinstance(cause, OSError) and cause.errno in UNROUTED:
            return Unreachable.NO_INTERNET
        refused = TUNNEL.match(str(cause)) if isinstance(cause, OSError) else None
        if refused:
            return at_the_proxy(int(refused[1]))
        proxied |= isinstance(cause, ProxyError)
        distrusted |= isinstance(cause, requests.exceptions.SSLError)
        waiting += [cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args]
    if distrusted:
        return Unreachable.UNTRUSTED
    return Unreachable.PROXY_FAULT if proxied else Unreachable.NO_ANSWER


def at_the_proxy(status: int) -> Unreachable:
    """What a proxy means that opens no way to the server (CONNECT, RFC 9110 section 9.3.6)."""
    if status in REFUSED_BY_PROXY:
        return REFUSED_BY_PROXY[status]
    return Unreachable.PORTAL if 300 <= status < 400 else Unreachable.PROXY_FAULT
