"""The settings of one kiosk: what the file may say, and what is wrong with it, by line and key.

Owns the form of ``settings.toml``, which a provisioning file shares. Must never hold a secret,
repeat a value that might be one, or guess at a setting it does not know.
"""

import difflib
import re
import tomllib
from dataclasses import field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from kiosk.local.json_files import read_bytes
from kiosk.local.setting_checks import (
    Check,
    Value,
    Wrong,
    days,
    end_mark,
    hosts,
    one_of,
    path,
    people,
    phone_ending,
    printer_name,
    proxy_address,
    scale,
    screen_names,
    selector,
    server_address,
    time_zone,
    words,
    yes_or_no,
)
from kiosk.session.model.people import Place
from kiosk.session.model.value import value


class Theme(StrEnum):
    """Which colours."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class Mode(StrEnum):
    """What the kiosk speaks to (design.md section 4)."""

    CONTRACT = "contract"
    """A server that keeps the published contract."""
    WEB = "web"
    """A site that has only a web sign-in, as Xchart has today."""


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
class Marks:
    """Selectors (CSS) of what the kiosk does not find on a page by itself; an empty one: guessed.

    A password is looked for in nothing but a password's field, whatever is said here. ``record`` is
    what goes on by itself while a patient is treated, such as the vitals.
    """

    email: str = ""
    password: str = ""
    code: str = ""
    button: str = ""
    signed_in: str = ""
    sign_out: str = ""
    record: str = ""


@value
class Site:
    """A site that has only a web sign-in: what it does not say of itself is said here.

    ``start`` is the path that is opened, ``sign_in`` the one origin that is told the password,
    where it is another than the server's, ``hosts`` those that parts of pages may come from.
    ``account`` is what the shared account is called, ``assistants`` the names of those who share
    it, ``code_phone`` whose phone the code goes to and ``code_phone_ending`` its last two digits.
    ``code_after_days`` is how long the site remembers a computer that nobody uses, 0 where nobody
    knows. ``marks`` are for a page that is not recognised.
    """

    start: str = "/"
    sign_in: str = ""
    hosts: tuple[str, ...] = ()
    account: str = "Office Assistant"
    assistants: tuple[str, ...] = ()
    code_phone: str = ""
    code_phone_ending: str = ""
    code_after_days: int = 0
    marks: Marks = field(default_factory=Marks)


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
    mode: Mode = Mode.CONTRACT
    site: Site = field(default_factory=Site)


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
        if isinstance(checked, Wrong):
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
        "mode": "" if settings.mode is Mode.CONTRACT else settings.mode.value,
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
    for table, part in (("site", settings.site), ("site.marks", settings.site.marks)):
        told = _rendered(part)
        if told:
            lines += ["", f"[{table}]", *told]
    return "\n".join(lines) + "\n"


def _rendered(table: Site | Marks) -> list[str]:
    plain, lines = type(table)(), list[str]()
    for each in fields(table):
        said = getattr(table, each.name)
        if said == getattr(plain, each.name) or isinstance(said, Marks):
            continue
        if isinstance(said, tuple):
            names = ", ".join(_quoted(name) for name in said)
            lines.append(f"{each.name} = [{names}]")
        else:
            lines.append(f"{each.name} = {said if isinstance(said, int) else _quoted(said)}")
    return lines


def _site(values: dict[str, Value]) -> Site:
    marks = Marks(**cast(dict[str, Any], _of_table("site.marks", Marks, values)))
    return Site(**cast(dict[str, Any], _of_table("site", Site, values)), marks=marks)


def _of_table(name: str, table: type[Site | Marks], values: dict[str, Value]) -> dict[str, Value]:
    keys = {each.name: f"{name}.{each.name}" for each in fields(table)}
    return {field: values[key] for field, key in keys.items() if key in values}


def _settings(values: dict[str, Value]) -> Settings:
    def text(key: str) -> str:
        return str(values.get(key, ""))

    scale = values.get("display.text_scale", 1.0)
    leave = values.get("display.leave_screens", ())
    return Settings(
        place=Place(text("server"), text("location"), text("operatory")),
        mode=Mode(text("mode") or Mode.CONTRACT),
        site=_site(values),
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


_WHAT: dict[str, Check] = {
    "mode": one_of(Mode),
    "server": server_address,
    "location": words,
    "operatory": words,
    "zone": time_zone,
    "proxy": proxy_address,
    "accept_auto_login": words,
    "accept_copyable": words,
    "autostart": yes_or_no,
    "end": end_mark,
    "display.show": one_of(Show),
    "display.theme": one_of(Theme),
    "display.text_scale": scale,
    "display.leave_screens": screen_names,
    "display.printer": printer_name,
    "site.start": path,
    "site.sign_in": server_address,
    "site.hosts": hosts,
    "site.account": words,
    "site.assistants": people,
    "site.code_phone": words,
    "site.code_phone_ending": phone_ending,
    "site.code_after_days": days,
    **{f"site.marks.{each.name}": selector for each in fields(Marks)},
}
_SECRETS = re.compile(r"passw|passphrase|secret|token|pin$|_key$|credential|code$", re.IGNORECASE)


def _unknown(key: str) -> Wrong:
    if _SECRETS.search(key):
        return Wrong(
            "must not be here: settings never hold a secret. Take the line out, "
            "and change what it gave away"
        )
    near = difflib.get_close_matches(key, _WHAT, n=1)
    return Wrong("is not a setting" + (f". Did you mean `{near[0]}`?" if near else ""))


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
