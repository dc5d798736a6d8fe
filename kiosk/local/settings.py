"""The settings of one kiosk: what the file may say, and what is wrong with it, by line and key.

Owns the form of ``settings.toml``, which a provisioning file shares. Must never hold a secret,
repeat a value that might be one, or guess at a setting it does not know.
"""

import difflib
import re
import tomllib
from collections.abc import Callable
from dataclasses import field
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.local.json_files import read_bytes
from kiosk.session.model.origin import read_origin
from kiosk.session.model.people import Place
from kiosk.session.model.value import value


class Theme(StrEnum):
    """Which colours."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class Show(StrEnum):
    """As the shell, or beside the imaging and practice software."""

    FULLSCREEN = "fullscreen"
    WINDOW = "window"


@value
class Display:
    """How the kiosk shows itself. ``leave_screens`` are names of screens it never covers.

    ``printer`` is the one that Xchart's page prints on; empty: it does not print.
    """

    show: Show = Show.FULLSCREEN
    theme: Theme = Theme.AUTO
    text_scale: float = 1.0
    leave_screens: tuple[str, ...] = ()
    printer: str = ""


@value
class Settings:
    """Everything the file may say. An empty string: not said.

    ``proxy`` is ``http://host:port``, used for the server. ``zone`` is an IANA name.
    ``accept_auto_login`` and ``accept_copyable`` hold the clinic's reason for accepting that
    protection level (design.md section 6). ``autostart``: the kiosk starts with its user's session.
    """

    place: Place = field(default_factory=lambda: Place("", "", ""))
    zone: str = ""
    proxy: str = ""
    accept_auto_login: str = ""
    accept_copyable: str = ""
    display: Display = field(default_factory=Display)
    autostart: bool = False


@value
class SettingFault:
    """One thing wrong: ``line`` from 1 (0: the file as a whole), the key, a sentence about it."""

    line: int
    key: str
    sentence: str


@value
class SettingsFault:
    """A file that cannot be used, and everything that is wrong with it, in its order."""

    path: Path
    faults: tuple[SettingFault, ...]


Value = str | float | bool | tuple[str, ...] | None
Check = Callable[[object], "Value | _Wrong"]


@value
class _Wrong:
    """What is wrong with a value, in words that follow its key."""

    saying: str


def read_settings(path: Path) -> Settings | SettingsFault:
    """Read a file; one that does not exist says nothing, as on a new computer."""
    try:
        # Windows puts a mark of the encoding before the first line.
        text = read_bytes(path).decode("utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError as fault:
        line = fault.object[: fault.start].count(b"\n") + 1
        return _unreadable(path, line, "is not text in UTF-8")
    except OSError as fault:
        return _unreadable(path, 0, f"The file cannot be read: {fault.strerror}.")
    return parse_settings(text, path)


def parse_settings(text: str, path: Path) -> Settings | SettingsFault:
    """Read the text of a file; ``path`` is for the faults only."""
    try:
        pairs = _flat(tomllib.loads(text))
    except RecursionError:
        return _unreadable(path, 1, "cannot be understood: it is nested too deeply")
    except ValueError as fault:  # a number of thousands of digits is Python's to refuse
        # Its message may repeat what stands there, so only the position is taken from it.
        found = re.search(r"line (\d+)", str(fault))
        last = text.count("\n") + 1
        line = int(found[1]) if found else last
        what = "cannot be understood: words need quotes, and a key may stand only once"
        return _unreadable(path, line, what)
    lines = lines_of_keys(text)
    values: dict[str, Value] = {}
    faults: list[SettingFault] = []
    for key, raw in pairs:
        line = lines.get(key, 0)
        checked = _WHAT[key](raw) if key in _WHAT else _unknown(key)
        if isinstance(checked, _Wrong):
            sentence = f"Line {line}: `{key}` {checked.saying}".rstrip("?.")
            end = "?" if checked.saying.endswith("?") else "."
            faults.append(SettingFault(line, key, sentence + end))
        else:
            values[key] = checked
    if faults:
        return SettingsFault(path, tuple(sorted(faults, key=lambda fault: fault.line)))
    return _settings(values)


def render(settings: Settings) -> str:
    """Return the text of a file that reads back as ``settings``; what is not said is left out."""
    display, plain = settings.display, Display()
    said = {
        "server": settings.place.server,
        "location": settings.place.location,
        "operatory": settings.place.operatory,
        "zone": settings.zone,
        "proxy": settings.proxy,
        "accept_auto_login": settings.accept_auto_login,
        "accept_copyable": settings.accept_copyable,
    }
    lines = [f"{key} = {_quoted(value)}" for key, value in said.items() if value]
    if settings.autostart:
        lines.append("autostart = true")
    shown: list[str] = []
    if display.show is not plain.show:
        shown.append(f"show = {_quoted(display.show)}")
    if display.theme is not plain.theme:
        shown.append(f"theme = {_quoted(display.theme)}")
    if display.text_scale != plain.text_scale:
        shown.append(f"text_scale = {display.text_scale}")
    if display.leave_screens:
        names = ", ".join(_quoted(name) for name in display.leave_screens)
        shown.append(f"leave_screens = [{names}]")
    if display.printer:
        shown.append(f"printer = {_quoted(display.printer)}")
    if shown:
        lines += ["", "[display]", *shown]
    return "\n".join(lines) + "\n"


def _settings(values: dict[str, Value]) -> Settings:
    def text(key: str) -> str:
        return str(values.get(key, ""))

    scale = values.get("display.text_scale", 1.0)
    leave = values.get("display.leave_screens", ())
    return Settings(
        place=Place(text("server"), text("location"), text("operatory")),
        zone=text("zone"),
        proxy=text("proxy"),
        accept_auto_login=text("accept_auto_login"),
        accept_copyable=text("accept_copyable"),
        display=Display(
            show=Show(text("display.show") or Show.FULLSCREEN),
            theme=Theme(text("display.theme") or Theme.AUTO),
            text_scale=scale if isinstance(scale, float) else 1.0,
            leave_screens=leave if isinstance(leave, tuple) else (),
            printer=text("display.printer"),
        ),
        autostart=values.get("autostart") is True,
    )


def _words(raw: object) -> Value | _Wrong:
    if isinstance(raw, str) and raw.strip() and raw.isprintable() and len(raw) <= 200:
        return raw.strip()
    return _Wrong("must be words in quotes, 200 letters at most")


def _server(raw: object) -> Value | _Wrong:
    wrong = _Wrong('must be an address such as "https://xchart.example", without a path')
    origin = read_origin(raw) if isinstance(raw, str) else None
    if origin is None:
        return wrong
    if origin.is_safe:
        return str(origin)
    return _Wrong("must begin with https:// (http:// is for this computer itself only)")


def _proxy(raw: object) -> Value | _Wrong:
    origin = read_origin(raw) if isinstance(raw, str) else None
    if origin is None:
        return _Wrong(
            'must be an address such as "http://proxy.example:3128", without a name or password'
        )
    return origin.with_port


def _zone(raw: object) -> Value | _Wrong:
    try:
        return ZoneInfo(raw).key if isinstance(raw, str) else _Wrong(_ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a directory
        return _Wrong(_ZONE)


def _one_of(choices: type[StrEnum]) -> Check:
    def check(raw: object) -> Value | _Wrong:
        known = [choice.value for choice in choices]
        if isinstance(raw, str) and raw in known:
            return raw
        return _Wrong("must be one of " + ", ".join(f'"{choice}"' for choice in known))

    return check


def _yes_or_no(raw: object) -> Value | _Wrong:
    return raw if isinstance(raw, bool) else _Wrong("must be true or false, without quotes")


def _end(raw: object) -> Value | _Wrong:
    return None if raw == {} else _Wrong("must be the empty table [end]")


def _scale(raw: object) -> Value | _Wrong:
    if isinstance(raw, int | float) and not isinstance(raw, bool) and 0.8 <= raw <= 2.0:
        return float(raw)
    return _Wrong("must be a number from 0.8 to 2.0")


def _names(raw: object) -> Value | _Wrong:
    if isinstance(raw, list) and all(_words(name) == name for name in raw):
        return tuple(raw)
    return _Wrong('must be a list of screen names such as ["DP-2"]')


def _printer(raw: object) -> Value | _Wrong:
    # As CUPS names them; it goes to a program as a word of its command line.
    if isinstance(raw, str) and re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.+-]{0,126}", raw):
        return raw
    return _Wrong('must be the name of a printer of this computer, such as "Front_Desk"')


_ZONE = 'must be a time zone such as "America/Chicago"'
_WHAT: dict[str, Check] = {
    "server": _server,
    "location": _words,
    "operatory": _words,
    "zone": _zone,
    "proxy": _proxy,
    "accept_auto_login": _words,
    "accept_copyable": _words,
    "autostart": _yes_or_no,
    # The last line of a provisioning file (see ``provision``); settings may keep it.
    "end": _end,
    "display.show": _one_of(Show),
    "display.theme": _one_of(Theme),
    "display.text_scale": _scale,
    "display.leave_screens": _names,
    "display.printer": _printer,
}
_SECRETS = re.compile(r"passw|passphrase|secret|token|pin$|_key$|credential|code$", re.IGNORECASE)


def _unknown(key: str) -> _Wrong:
    if _SECRETS.search(key):
        return _Wrong(
            "must not be here: settings never hold a secret. Take the line out, "
            "and change what it gave away"
        )
    near = difflib.get_close_matches(key, _WHAT, n=1)
    return _Wrong("is not a setting" + (f". Did you mean `{near[0]}`?" if near else ""))


def _flat(table: dict[str, object], above: str = "") -> list[tuple[str, object]]:
    """Return every key with its tables before it, in the order of the file."""
    pairs: list[tuple[str, object]] = []
    for key, said in table.items():
        path = f"{above}{key}"
        if isinstance(said, dict):
            pairs += _flat(said, f"{path}.") or [(path, said)]
        else:
            pairs.append((path, said))
    return pairs


def lines_of_keys(text: str) -> dict[str, int]:
    """Return where each key stands; ``tomllib`` does not say."""
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[+\s*([^\[\]]+?)\s*\]", line):
            table = _bare(header[1])
            lines.setdefault(table, number)
            table += "."
        elif key := re.match(r"""\s*((?:[\w.\- ]|"[^"]*"|'[^']*')+?)\s*=""", line):
            path = table + _bare(key[1])
            lines.setdefault(path, number)
            for inner in re.findall(r"([\w\-]+)\s*=", line[key.end() :]):
                lines.setdefault(f"{path}.{inner}", number)
    return lines


def _bare(key: str) -> str:
    return ".".join(part.strip(" \"'") for part in key.split("."))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _unreadable(path: Path, line: int, what: str) -> SettingsFault:
    sentence = f"Line {line} {what}." if line else what
    return SettingsFault(path, (SettingFault(line, "", sentence),))
