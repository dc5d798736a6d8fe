"""Taking a provisioning file over: all of it or none of it.

Owns the rule that IT hears every fault at once, and that the settings in force stay as they were
until a file without a fault is on the disk. Must never take a file with a secret in it, nor half
of one: its last line has to be ``[end]``.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kiosk.local.json_files import read_bytes
from kiosk.local.profile import PROVISIONING, SETTINGS, Profile, patiently, replace_file
from kiosk.local.settings import (
    SettingFault,
    Settings,
    SettingsFault,
    lines_of_keys,
    read_settings,
    render,
)
from kiosk.session.model.value import value

Ask = Callable[[Settings], str]
"""Ask the server of those settings: empty, or a sentence about why it is not one."""
END = "[end]"


@value
class Checked:
    """The file is in order; nothing was written."""

    settings: Settings


@value
class Provisioned:
    """The settings are in force from the next start on. ``left``: the file could not be removed."""

    settings: Settings
    left: bool = False


def unasked(_settings: Settings) -> str:
    """Take the server at the file's word."""
    return ""


def check(file: Path, ask: Ask = unasked) -> Checked | SettingsFault:
    """Read a provisioning file as the kiosk will. It has to say at least which server."""
    try:
        # Before the settings are read: a file that has its end by now does not grow any more.
        lines = patiently(lambda: read_bytes(file)).decode("utf-8-sig", "replace").splitlines()
    except FileNotFoundError:
        return SettingsFault(file, (SettingFault(0, "", "There is no such file."),))
    except OSError:
        lines = []
    settings = read_settings(file)
    if isinstance(settings, SettingsFault) and (not lines or settings.faults[0].line == 0):
        return settings
    last = max((number for number, line in enumerate(lines, 1) if line.strip()), default=0)
    if not last:
        return SettingsFault(file, (SettingFault(0, "", "The file is empty."),))
    faults = list(settings.faults) if isinstance(settings, SettingsFault) else []
    if isinstance(settings, Settings) and not settings.place.server:
        sentence = "`server` is missing: the address of the clinic's Xchart."
        faults.append(SettingFault(0, "server", sentence))
    if lines[last - 1].partition("#")[0].strip() != END:
        sentence = f"Line {last}: the last line must be `{END}`. The file may be half written."
        faults.append(SettingFault(last, "end", sentence))
    if isinstance(settings, Settings) and not faults and (why := ask(settings)):
        line = lines_of_keys("\n".join(lines)).get("server", 0)
        sentence = f"Line {line}: `server` {settings.place.server}: {why}"
        faults.append(SettingFault(line, "server", sentence))
    if faults or isinstance(settings, SettingsFault):
        return SettingsFault(file, tuple(faults))
    return Checked(settings)


def provision(profile: Profile, file: Path, ask: Ask = unasked) -> Provisioned | SettingsFault:
    """Check a file and put its settings in force, replacing the former ones whole."""
    checked = check(file, ask)
    if isinstance(checked, SettingsFault):
        return checked
    try:
        replace_file(profile.settings, render(checked.settings))
    except OSError as fault:
        sentence = f"The settings cannot be written: {fault.strerror}."
        return SettingsFault(profile.settings, (SettingFault(0, "", sentence),))
    return Provisioned(checked.settings)


def take_over(profile: Profile) -> Provisioned | SettingsFault | None:
    """Take over what IT left for this profile, once, and remove it; None where nothing is.

    A file with a fault stays where it is, for ``kiosk doctor`` to name. The server is not asked:
    at a start the network may not be there yet, and a computer that joined keeps to its server.
    """
    if not profile.provisioning.exists():
        return None
    done = provision(profile, profile.provisioning)
    if isinstance(done, Provisioned):
        try:
            patiently(profile.provisioning.unlink)
        except OSError:
            return replace(done, left=True)
    return done


def starts_with_session(config: Path) -> bool:
    """Whether a file left in that folder, or else the settings there, say ``autostart = true``.

    Settings that cannot be read do too: the kiosk says on the screen what is wrong with them, and
    an operatory whose kiosk stays away in silence has nothing that does.
    """
    left = check(config / PROVISIONING)
    told = left.settings if isinstance(left, Checked) else read_settings(config / SETTINGS)
    return isinstance(told, SettingsFault) or told.autostart
