"""Taking a provisioning file over: all of it or none of it.

Owns the rule that IT hears every fault at once, and that the settings in force stay as they were
until a file without a fault is on the disk. Must never take a file with a secret in it.
"""

from dataclasses import dataclass
from pathlib import Path

from kiosk.profile import Profile, replace_file
from kiosk.settings import SettingFault, Settings, SettingsFault, read_settings, render


@dataclass(frozen=True, slots=True)
class Checked:
    """The file is in order; nothing was written."""

    settings: Settings


@dataclass(frozen=True, slots=True)
class Provisioned:
    """The settings are in force from the next start on."""

    settings: Settings


def check(file: Path) -> Checked | SettingsFault:
    """Read a provisioning file as the kiosk will. It has to say at least which server."""
    if not file.exists():
        return SettingsFault(file, (SettingFault(0, "", "There is no such file."),))
    settings = read_settings(file)
    if isinstance(settings, SettingsFault):
        return settings
    if not settings.place.server:
        sentence = "`server` is missing: the address of the clinic's Xchart."
        return SettingsFault(file, (SettingFault(0, "server", sentence),))
    return Checked(settings)


def provision(profile: Profile, file: Path) -> Provisioned | SettingsFault:
    """Check a file and put its settings in force, replacing the former ones whole."""
    checked = check(file)
    if isinstance(checked, SettingsFault):
        return checked
    try:
        replace_file(profile.settings, render(checked.settings))
    except OSError as fault:
        sentence = f"The settings cannot be written: {fault.strerror}."
        return SettingsFault(profile.settings, (SettingFault(0, "", sentence),))
    return Provisioned(checked.settings)
