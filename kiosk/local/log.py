"""The kiosk's log: what happened, in codes, counts, durations and ids, and nothing else.

Owns the log file. Must never write a sentence, a name, an address, an exception's message or a
local variable: any of them may carry a secret or a patient (law 10, threats.md T18). A value that
does not have the form of its field is withheld, not refused: logging never stops the kiosk.
"""

import logging
import re
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path, PurePath

from kiosk.local.json_files import unwaited

MOST_BYTES = 1_000_000
OLD_FILES = 4

_CODE = re.compile(r"[a-z]+([_.-][a-z]+)*")
# Short, and begins with a letter: neither a code of six digits nor a token has this form.
_ID = re.compile(r"[A-Za-z][A-Za-z0-9]{0,11}([_-][A-Za-z0-9]{1,8})?")
# 0.1.0, 0.1.0~276.gf5a59efd, either with .changed or +word behind it.
_PROGRAM = re.compile(r"[A-Za-z][A-Za-z0-9._ -]{0,29}")
_BUILD = re.compile(
    r"\d{1,3}(\.\d{1,3}){1,3}(~\d{1,6}\.g[0-9a-f]{7,12})?(\.changed)?(\+[a-z]{1,10})?"
)
# "No#7 pin_wrong | AskingPin -> AskingPin | -"
_STEP = r"[A-Z][A-Za-z]{1,30}(#\d{1,9})?"
_CHANGE = r"[A-Z][A-Za-z]{1,30}( -> [A-Z][A-Za-z]{1,30})?"
_TRANSITION = re.compile(
    rf"{_STEP}( [a-z_]{{1,40}})? \| {_CHANGE} \| (-|{_STEP}(, {_STEP}){{0,20}})"
)
_WITHHELD = "(withheld)"
_LONGEST_CODE = 40
_LARGEST_ERROR = 10_000
_MOST_FRAMES = 40
PARTING_SECONDS = 1.0
TOGETHER_SECONDS = 0.3
"""How long steps wait for others: each by itself would take time from what it leads to."""
MOST_HELD = 1000
"""Steps that wait to be written, where a disk answers nothing for minutes."""


class Log:
    """Lines of a log file that rotates; any thread may write. ``now`` gives the trusted time.

    ``build`` names the build that runs; it stands in the first line of each start, and is asked
    when there is a line to write. ``echo`` is given each step too, as it is written.
    """

    def __init__(
        self,
        path: Path,
        now: Callable[[], datetime],
        build: Callable[[], str] | None = None,
        echo: Callable[[str], None] | None = None,
    ) -> None:
        self.path = path
        self._echo = echo
        self._now = now
        self._build = build
        self._lock = threading.Lock()
        self._crashes: set[str] = set()
        self._held: deque[tuple[str, str]] = deque(maxlen=MOST_HELD)
        self._told: deque[str] = deque(maxlen=MOST_HELD)
        self._due, self._over = threading.Event(), threading.Event()
        self._writer = threading.Thread(target=self._keep_up, name="log", daemon=True)

    def begin(self) -> None:
        """Write the first line, where no other did it yet; from now on steps are written too."""
        self._write([])
        if self._writer.ident is None:
            self._writer.start()

    def note(
        self,
        event: str,
        *,
        code: str | None = None,
        ref: str | None = None,
        count: int | None = None,
        status: int | None = None,
        error: int | None = None,
        took: timedelta | None = None,
        program: str | None = None,
    ) -> None:
        """Write one line: the event, and any of the seven fields there are.

        ``event`` and ``code`` are words of ours, ``ref`` an id of at most 20 characters that the
        server gave, ``status`` an HTTP status, ``error`` a number of the system's or the web
        engine's, ``program`` what another program calls itself.
        """
        parts = [_word(event)]
        if code is not None:
            parts.append(f"code={_word(code)}")
        if ref is not None:
            parts.append(f"ref={ref if _ID.fullmatch(ref) else _WITHHELD}")
        if count is not None:
            parts.append(f"count={count:d}")
        if status is not None:
            parts.append(f"status={status if 100 <= status <= 599 else _WITHHELD}")
        if error is not None:
            parts.append(f"error={error if abs(error) < _LARGEST_ERROR else _WITHHELD}")
        if took is not None:
            parts.append(f"took={took.total_seconds():.3f}s")
        if program is not None:
            parts.append(f"program={program if _PROGRAM.fullmatch(program) else _WITHHELD}")
        self._write([" ".join(parts)])

    def hold(self, line: str) -> None:
        """Keep what ``kiosk.app.trace`` says of a step until the next writing; no disk is asked."""
        self._held.append((self._stamp(), line if _TRANSITION.fullmatch(line) else _WITHHELD))
        self._due.set()

    def write_held(self) -> None:
        """Write the steps that are held; whatever was written meanwhile stands behind its own."""
        if self._held:
            self._write([])

    def end(self) -> None:
        """Write what is held, and let whoever reads along have it."""
        self._over.set()
        self._due.set()
        if self._writer.is_alive():
            self._writer.join(PARTING_SECONDS)
        self.write_held()

    def _keep_up(self) -> None:
        # A thread of its own: neither a window that hangs nor a reader who pauses holds anybody up.
        while not self._over.is_set():
            self._due.wait()
            self._over.wait(TOGETHER_SECONDS)
            self._due.clear()
            self.write_held()
            while self._echo is not None and self._told:
                self._tell(self._told.popleft())

    def crash(self, fault: BaseException) -> None:
        """Write an unexpected exception once: types and frames, never a message or a local."""
        lines = list(_outline(fault))
        with self._lock:
            outline = "\n".join(lines)
            if outline in self._crashes:
                return
            self._crashes.add(outline)
        self._write(["crash", *lines])

    def _stamp(self) -> str:
        return self._now().strftime("%Y-%m-%dT%H:%M:%SZ")

    def _write(self, lines: list[str]) -> None:
        with self._lock:
            stamp = self._stamp()
            first = []
            if self._build is not None:
                told = self._build()
                first = [f"started build={told if _BUILD.fullmatch(told) else _WITHHELD}"]
            steps = list(self._let_go())
            text = "".join(
                [
                    *(f"{stamp} {line}\n" for line in first),
                    *(f"{at} step {step}\n" for at, step in steps),
                    *(f"{stamp} {line}\n" for line in lines),
                ]
            )
            try:
                self._rotate(len(text))
                with open(
                    self.path, "a", encoding="ascii", errors="replace", opener=unwaited
                ) as file:
                    file.write(text)
                self._build = None
            except OSError:
                # A full disk: the audit says so where it matters (law 2); a log has no say.
                self._held.extendleft(reversed(steps))
                return
            if self._echo is not None:
                self._told.extend(step for _, step in steps)

    def _let_go(self) -> Iterator[tuple[str, str]]:
        while self._held:
            yield self._held.popleft()

    def _tell(self, step: str) -> None:
        try:
            if self._echo is not None:
                self._echo(step)
        except (OSError, ValueError):
            # Whoever read along has left. The line is in the file.
            self._echo = None

    def _rotate(self, coming: int) -> None:
        if not self.path.exists() or self.path.stat().st_size + coming <= MOST_BYTES:
            return
        for number in range(OLD_FILES, 0, -1):
            newer = self.path if number == 1 else self._old(number - 1)
            if newer.exists():
                newer.replace(self._old(number))

    def _old(self, number: int) -> Path:
        return self.path.with_name(f"{self.path.name}.{number}")


def catch_unexpected(log: Log) -> None:
    """Send every exception nobody caught to ``log``, and one plain sentence to the console.

    Other libraries' own logging is switched off: urllib3's, for one, writes addresses.
    """

    def uncaught(kind: type[BaseException], fault: BaseException | None) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            return
        log.crash(fault if fault is not None else kind())
        print(f"Something went wrong inside the kiosk. It is noted in {log.path}.", file=sys.stderr)

    sys.excepthook = lambda kind, fault, _: uncaught(kind, fault)
    threading.excepthook = lambda hook: uncaught(hook.exc_type, hook.exc_value)
    sys.unraisablehook = lambda hook: uncaught(hook.exc_type, hook.exc_value)
    logging.disable()


def _word(text: str) -> str:
    return text if len(text) <= _LONGEST_CODE and _CODE.fullmatch(text) else _WITHHELD


def _outline(fault: BaseException, seen: frozenset[int] = frozenset()) -> Iterator[str]:
    """Yield type and frames of an exception, of its cause, and of those in a group."""
    yield f"  {type(fault).__module__}.{type(fault).__qualname__}"
    trace = fault.__traceback__
    for _ in range(_MOST_FRAMES):
        if trace is None:
            break
        code = trace.tb_frame.f_code
        place = "/".join(PurePath(code.co_filename).parts[-2:])
        yield f"    {place}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next
    seen |= {id(fault)}
    inner = [fault.__cause__ or fault.__context__]
    if isinstance(fault, BaseExceptionGroup):
        inner += fault.exceptions
    for one in inner:
        if one is not None and id(one) not in seen:
            yield "  after"
            yield from _outline(one, seen)
