"""``kiosk doctor``: what is right and wrong with this computer, and what to do about it.

Owns the sentences. Must never change anything but its canary in the keychain, show a secret, or
pass a doubt off as an all-clear.
"""

import platform
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.cli.audit import Report
from kiosk.cli.provision import Checked
from kiosk.desktop.display import SeenDisplay
from kiosk.desktop.scripts import Script
from kiosk.keychain.port import Found, Item, ItemName, Keychain, KeychainFault, Missing
from kiosk.keychain.protection import Level, Protection
from kiosk.local.page_trust import Sharing
from kiosk.local.settings import Settings, SettingsFault

FONTS = {
    Script.EAST_ASIAN: "fonts-noto-cjk",
    Script.EMOJI: "fonts-noto-color-emoji",
    Script.OTHER: "fonts-noto-core",
}
"""Packages of Debian and Ubuntu; Windows and macOS bring fonts of their own for all of them."""
A_ZONE = "America/Chicago"
CLOCK_LEEWAY = timedelta(minutes=2)


class Verdict(StrEnum):
    """How a finding is meant; one ``FAIL`` makes the command's exit code 1."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one topic; ``what_to_do`` is empty where all is well."""

    topic: str
    verdict: Verdict
    sentence: str
    what_to_do: str = ""


@dataclass(frozen=True, slots=True)
class ServerSeen:
    """A server that answered; ``time`` is its own, where it says."""

    name: str
    time: datetime | None
    contract: str


Ask = Callable[[str], ServerSeen | str]
"""Ask the server at an origin; a string says in a sentence why it did not answer."""

_CANARY = ItemName(Item.CANARY)
_KEYCHAIN_FAULTS = {
    KeychainFault.ABSENT: (
        "This computer has no keychain, or none is set up for this user.",
        (
            "Sign in to the desktop once with a password so that one is made; on Linux, install "
            "gnome-keyring and start the kiosk inside a desktop session."
        ),
    ),
    KeychainFault.LOCKED: (
        "The keychain is locked, so nobody can sign in by tapping.",
        "Sign out of the computer and in again with its password, or unlock the keychain by hand.",
    ),
    KeychainFault.SLOW: (
        "The keychain did not answer within two seconds.",
        (
            "Restart the computer. If it happens again, look for a window that asks for the "
            "keychain's password."
        ),
    ),
    KeychainFault.TOO_LARGE: (
        "The keychain took none of a few letters as too large.",
        "Report this to support.",
    ),
    KeychainFault.CORRUPT: (
        "What the kiosk kept in the keychain has been changed by something else.",
        "Run `kiosk wipe`, then set the computer up again with a provider's code.",
    ),
    KeychainFault.REFUSED: (
        "The keychain refuses the kiosk.",
        "Check that this user may use the keychain: no guest session, no policy against it.",
    ),
}


def judge_profile(profile_id: str) -> list[Finding]:
    """Judge whether a kiosk was ever started as this user; where not, there is little to see."""
    if profile_id:
        return []
    sentence = "No kiosk was started here as this user yet."
    what_to_do = (
        "Run this as the operatory's user: `runuser -l op3 -c 'kiosk doctor'` as root. If that is "
        "this user, provision the computer, and start the kiosk."
    )
    return [Finding("profile", Verdict.WARN, sentence, what_to_do)]


def judge_settings(settings: Settings | SettingsFault) -> list[Finding]:
    """Judge the settings file: one finding for each fault."""
    if isinstance(settings, SettingsFault):
        what_to_do = f"Correct {settings.path}, or run `kiosk provision` again."
        return [
            Finding("settings", Verdict.FAIL, fault.sentence, what_to_do)
            for fault in settings.faults
        ]
    if not settings.place.server:
        sentence = "This computer has not been told its server yet."
        what_to_do = "Run `kiosk provision FILE`, or fill in the form on the screen."
        return [Finding("settings", Verdict.WARN, sentence, what_to_do)]
    return [Finding("settings", Verdict.OK, "The settings are in order.")]


def judge_zones() -> Finding:
    """Judge the system's zone data: without it every clinic would be in Greenwich."""
    try:
        ZoneInfo(A_ZONE)
    except (ZoneInfoNotFoundError, OSError):
        sentence = "The time zones are missing, so the kiosk shows times of Greenwich."
        return Finding("time zones", Verdict.FAIL, sentence, "Install tzdata.")
    return Finding("time zones", Verdict.OK, "The clinic's time zone can be looked up.")


def judge_page_trust(sharing: Sharing) -> Finding:
    """Judge whether Xchart's page opens behind a certificate that IT added to this computer."""
    topic, whose = "page trust", "certificates that IT added to this computer"
    match sharing:
        case Sharing.SHARED:
            return Finding(topic, Verdict.OK, f"Xchart's page trusts {whose}.")
        case Sharing.NOT_YET:
            sentence = f"Xchart's page trusts {whose} from the next start on."
            return Finding(topic, Verdict.OK, sentence)
        case Sharing.NO_MODULE:
            what_to_do = "Install p11-kit-modules and restart the kiosk."
        case Sharing.NOT_WRITTEN:
            what_to_do = (
                "Let this user write the folder .pki/nssdb in the home folder (its own, mode 700), "
                "then restart the kiosk."
            )
        case _:
            assert_never(sharing)
    sentence = f"Xchart's page does not trust {whose}, and would not open behind one."
    return Finding(topic, Verdict.WARN, sentence, what_to_do)


def judge_provisioning(left: Checked | SettingsFault | None) -> list[Finding]:
    """Judge the file that IT left to be taken over at the next start; ``None``: there is none."""
    if left is None:
        return []
    if isinstance(left, Checked):
        sentence = "A provisioning file waits for the next start."
        return [Finding("provisioning", Verdict.OK, sentence)]
    what_to_do = f"Correct {left.path}, or put a whole one in its place."
    return [
        Finding(
            "provisioning", Verdict.FAIL, f"It was not taken over. {fault.sentence}", what_to_do
        )
        for fault in left.faults
    ]


def judge_keychain(keychain: Keychain, *, keeps: bool = True) -> Finding:
    """Look for the canary of an earlier time, and leave one for the next where it ``keeps`` any."""
    found = keychain.read(_CANARY)
    outcome = keychain.keep(_CANARY, "canary") if keeps and isinstance(found, Missing) else found
    if isinstance(outcome, KeychainFault):
        sentence, what_to_do = _KEYCHAIN_FAULTS[outcome]
        return Finding("keychain", Verdict.FAIL, sentence, what_to_do)
    if not keeps:
        return Finding("keychain", Verdict.OK, "The keychain answers.")
    if isinstance(found, Found):
        return Finding(
            "keychain", Verdict.OK, "The keychain works and still has what was kept before."
        )
    return Finding(
        "keychain",
        Verdict.WARN,
        "The keychain works; whether it keeps things over a restart is not known yet.",
        "Restart the computer and run `kiosk doctor` again.",
    )


def judge_protection(protection: Protection | None, settings: Settings | SettingsFault) -> Finding:
    """Judge what a copied disk would give away; ``None``: this system does not tell."""
    topic = "protection"
    known = settings if isinstance(settings, Settings) else Settings()
    if protection is None or protection.level is Level.UNKNOWN:
        return Finding(
            topic,
            Verdict.WARN,
            "Whether a copied disk would be worthless cannot be seen from here.",
            "Check that the disk is encrypted (BitLocker, FileVault, LUKS) and that the computer "
            "needs a login.",
        )
    if protection.level is Level.ENCRYPTED:
        return Finding(
            topic, Verdict.OK, "The keychain opens with a password: a copied disk is worthless."
        )
    if protection.level is Level.AUTO_LOGIN:
        sentence = "The computer signs in by itself; the disk is encrypted."
        if known.accept_auto_login:
            return Finding(topic, Verdict.OK, f"{sentence} The clinic accepts that.")
        what_to_do = (
            "Switch the automatic login off, or say why it is accepted: `accept_auto_login`."
        )
        return Finding(topic, Verdict.WARN, sentence, what_to_do)
    why = (
        "The keychain has no password"
        if protection.passwordless
        else "The computer signs in by itself and its disk is not encrypted"
    )
    what_to_do = (
        "Give the keychain a password (Passwords and Keys, Login, Change Password)."
        if protection.passwordless
        else "Encrypt the disk, or switch the automatic login off."
    )
    accepted = bool(known.accept_copyable)
    sentence = f"{why}: whoever copies the disk can sign in as this computer."
    if accepted:
        sentence += " The clinic accepts that."
    return Finding(topic, Verdict.WARN if accepted else Verdict.FAIL, sentence, what_to_do)


def judge_server(settings: Settings | SettingsFault, ask: Ask, wall: datetime) -> list[Finding]:
    """Ask the server, and hold the computer's clock against its time."""
    if isinstance(settings, SettingsFault) or not settings.place.server:
        return []
    seen = ask(settings.place.server)
    if isinstance(seen, str):
        what_to_do = "Check the network, the address of the server and the proxy in the settings."
        return [Finding("server", Verdict.FAIL, seen, what_to_do)]
    answered = Finding("server", Verdict.OK, f"{seen.name} answers at {settings.place.server}.")
    if seen.time is None:
        return [answered]
    off = wall - seen.time
    if abs(off) <= CLOCK_LEEWAY:
        return [answered, Finding("clock", Verdict.OK, "The computer's clock is right.")]
    side = "ahead of" if off > timedelta(0) else "behind"
    return [
        answered,
        Finding(
            "clock",
            Verdict.WARN,
            f"The computer's clock is {_span(abs(off))} {side} the server's. "
            "The kiosk goes by the server's.",
            "Switch on automatic time in the computer's date settings.",
        ),
    ]


def judge_display(seen: SeenDisplay) -> list[Finding]:
    """Judge whether the kiosk can be shown, cover the screens, and lock when it has to."""
    if seen.kind in {"none", "wayland"} or seen.kind.startswith("wayland"):
        sentence = (
            "There is no display to show the kiosk on."
            if seen.kind == "none"
            else "This is a Wayland session, which lets no program cover the others."
        )
        what_to_do = "Start the kiosk in an X11 desktop session (chosen at the computer's login)."
        return [Finding("display", Verdict.FAIL, sentence, what_to_do)]
    screens = f"{seen.screens} screen" + ("" if seen.screens == 1 else "s")
    findings = [Finding("display", Verdict.OK, f"The kiosk can show itself on {screens}.")]
    if not seen.fonts:
        what_to_do = "Install a font, such as the package fonts-dejavu-core."
        findings.append(Finding("fonts", Verdict.WARN, "The computer has no fonts.", what_to_do))
    findings += [
        Finding(
            "fonts",
            Verdict.WARN,
            f"Names in {script.value} would be boxes: no font here draws them.",
            f"Install fonts for them, such as the package {FONTS[script]}, and restart the kiosk.",
        )
        for script in seen.lost
    ]
    if seen.clipboard_manager:
        sentence = (
            f"A clipboard manager runs ({seen.clipboard_manager}): it keeps what was copied after "
            "the kiosk has cleared it."
        )
        what_to_do = "Take it out of this user's session, or switch its memory off."
        findings.append(Finding("clipboard", Verdict.WARN, sentence, what_to_do))
    told = (
        ("idle", seen.tells_idle, "how long nobody has touched it", "install libxss1"),
        ("screen lock", seen.tells_lock, "when its screen is locked", "use a desktop that tells"),
        ("sleep", seen.tells_sleep, "when it goes to sleep", "use a system with logind"),
    )
    for topic, tells, what, what_to_do in told:
        if tells:
            findings.append(Finding(topic, Verdict.OK, f"The computer tells {what}."))
        else:
            sentence = f"The computer does not tell {what}."
            advice = f"On Linux, {what_to_do}. Until then use *Lock* by hand."
            findings.append(Finding(topic, Verdict.WARN, sentence, advice))
    return findings


def judge_versions(kiosk: str, qt: str) -> Finding:
    """Name the versions, for whoever is asked for help."""
    system = f"{platform.system()} {platform.release()}"
    sentence = f"Kiosk {kiosk}, Python {platform.python_version()}, Qt {qt}, {system}."
    return Finding("versions", Verdict.OK, sentence)


def _span(span: timedelta) -> str:
    minutes = round(span / timedelta(minutes=1))
    if minutes < 120:
        return f"{minutes} minutes"
    hours = round(minutes / 60)
    return f"{hours} hours" if hours < 48 else f"{round(hours / 24)} days"


def judge_records(report: Report) -> Finding:
    """Whether the audit of this computer holds (threats.md T15)."""
    sentence = " ".join(report.sentences)
    if report.in_order:
        return Finding("records", Verdict.OK, sentence)
    return Finding(
        "records",
        Verdict.FAIL,
        sentence,
        "Put audit.db and what lies beside it aside as it is; `kiosk audit export` copies it.",
    )
