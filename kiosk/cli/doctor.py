"""One examination of this computer, for ``kiosk doctor``: the real keychain, server and display.

Owns nothing but the order. Must never judge; ``doctor`` does.
"""

import os
import shutil
import sys
from collections.abc import MutableMapping
from dataclasses import replace
from pathlib import Path

from kiosk.cli.audit import verify_audit
from kiosk.cli.awake_findings import judge_awake
from kiosk.cli.findings import (
    Finding,
    ServerSeen,
    Verdict,
    judge_display,
    judge_keychain,
    judge_page_trust,
    judge_profile,
    judge_protection,
    judge_provisioning,
    judge_records,
    judge_server,
    judge_settings,
    judge_versions,
    judge_zones,
)
from kiosk.cli.provision import check
from kiosk.cli.status import look_at
from kiosk.cli.upkeep import (
    judge_files,
    judge_names,
    judge_outside,
    judge_room,
    judge_trust,
    judge_unsent,
    judge_waiting,
)
from kiosk.desktop.awake import SeenAwake, see_awake, ways_of
from kiosk.desktop.display import SeenDisplay, qt_version, see_display
from kiosk.keychain.os_keychain import open_keychain
from kiosk.keychain.port import Keychain
from kiosk.keychain.protection import see_protection
from kiosk.local.build import build
from kiosk.local.clock import ComputerReadings
from kiosk.local.environment import DRAWN_ON
from kiosk.local.installed import changed_files
from kiosk.local.login_file import read_painted
from kiosk.local.page_trust import see_trust, trust_module
from kiosk.local.profile import Profile, ProfileFault
from kiosk.local.settings import Mode, Settings, SettingsFault, read_settings
from kiosk.session.model.people import Place
from kiosk.session.model.refusals import Unreachable
from kiosk.sync.files import LocalFiles
from kiosk.sync.records.audit_store import count_unsent
from kiosk.sync.secrets.safe import Credential, Safe
from kiosk.sync.web.accounts import SERVER_ERRORS
from kiosk.sync.web.roster import KeptRoster
from kiosk.sync.wire.answers import date_of
from kiosk.sync.wire.calls import ask_server
from kiosk.sync.wire.transport import Transport

BUS = "DBUS_SESSION_BUS_ADDRESS"

_REACH = {
    Unreachable.NO_INTERNET: "The server's name is not found, or this computer has no network.",
    Unreachable.NO_ANSWER: "The server does not answer.",
    Unreachable.PORTAL: (
        "Something else answers in the server's place: a sign-in page of the network, "
        "or another site at that address."
    ),
    Unreachable.PROXY_SIGN_IN: "A proxy asks for a password, and the kiosk has none for it (407).",
    Unreachable.PROXY_FAULT: "The proxy does not answer, or does not get through to the server.",
    Unreachable.BLOCKED: "A proxy or filter refuses the server's address (403).",
    Unreachable.NOT_THERE: "Something else answers there: another site, or a filter's page.",
    Unreachable.TOO_LARGE: "A proxy or filter takes what the kiosk sends for too large (413).",
    Unreachable.BUSY: "A proxy, filter or gateway limits how often the server may be asked (429).",
    Unreachable.UNTRUSTED: "The server's certificate is not trusted by this computer.",
    Unreachable.SERVER_FAULT: "The server answers, but has a fault of its own.",
    Unreachable.NOT_UNDERSTOOD: "What answers at that address is not Xchart.",
    Unreachable.ADDRESS: "The server's address cannot be used.",
}


def examine(profile: Profile | ProfileFault) -> list[Finding]:
    """Examine everything; takes some seconds where something does not answer."""
    if isinstance(profile, ProfileFault):
        what_to_do = "Give the folder back to this user: a folder of its own, and no link."
        return [Finding("profile", Verdict.FAIL, profile.sentence, what_to_do)]
    outside = reach_session(os.environ)
    # Without a profile there are no items, and none is left behind.
    keychain = open_keychain(profile.id or "none")
    settings = read_settings(profile.settings)
    if isinstance(settings, Settings) and not settings.place.server:
        settings = replace(settings, place=joined_place(profile, keychain) or settings.place)
    readings = ComputerReadings()
    protection = see_protection(profile.data) if sys.platform == "linux" else None
    standing = look_at(profile.data)
    unsent = [count_unsent(each) for each in profile.audits]
    display = see_display(painted_names(profile))
    findings = [
        *judge_profile(profile.id),
        *judge_settings(settings),
        *judge_provisioning(check(profile.provisioning) if profile.provisioning.exists() else None),
        judge_keychain(keychain, keeps=bool(profile.id)),
        judge_protection(protection, settings),
        judge_records(verify_audit(profile, keychain)),
        judge_unsent(None if None in unsent else sum(each or 0 for each in unsent)),
        judge_room(free_bytes(profile.data)),
        *judge_names(KeptRoster(profile.roster, Safe(keychain, readings.wall)).is_whole()),
        *judge_server(settings, lambda _: see_server(settings), readings.wall()),
        *judge_display(display),
        *judge_awake(None if outside else see_awake_on(display)),
        judge_page_trust(see_trust(Path.home(), trust_module())),
        judge_zones(),
        *judge_trust(standing.told, readings.wall()),
        *judge_files(changed_files()),
        *judge_waiting(str(standing.told.get("version", "")), build()),
        judge_versions(build(), qt_version()),
    ]
    return judge_outside(findings, running=outside and standing.running is True)


def reach_session(environ: MutableMapping[str, str], runtime: Path = Path("/run/user")) -> bool:
    """Whether this is outside the desktop (ssh, cron); the user's bus is used where it is known.

    It lies where systemd puts it (pam_systemd(8), $XDG_RUNTIME_DIR).
    """
    if sys.platform != "linux" or any(environ.get(name) for name in DRAWN_ON):
        return False
    bus = runtime / str(os.geteuid()) / "bus"
    if BUS not in environ and bus.is_socket():
        environ[BUS] = f"unix:path={bus}"
    return True


def see_awake_on(display: SeenDisplay) -> SeenAwake | None:
    """Try whether the computer can be held awake, for a moment; None: no kiosk could run here."""
    return see_awake(ways_of(display.kind)) if display.screens else None


def free_bytes(folder: Path) -> int:
    """The bytes that this user may still write there, or where it would be made."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    return shutil.disk_usage(there).free


def painted_names(profile: Profile) -> tuple[str, ...]:
    """What stands on the login screen of this computer."""
    painted = read_painted(profile.login_file)
    return tuple(each.name for each in (*painted.tiles, *painted.floats)) if painted else ()


def see_server(settings: Settings | SettingsFault) -> ServerSeen | str:
    """Ask whether Xchart is where the settings say; a string says in a sentence why not."""
    if isinstance(settings, SettingsFault):
        return _REACH[Unreachable.ADDRESS]
    origin, transport = settings.place.server, Transport(settings.proxy)
    try:
        if settings.mode is Mode.WEB:
            return _see_site(f"{origin}{settings.site.start}", transport)
        answer = ask_server(origin, transport)
    finally:
        transport.close()
    if isinstance(answer, Unreachable):
        return _REACH[answer]
    return ServerSeen(answer.name, answer.time, answer.contract)


def _see_site(address: str, transport: Transport) -> ServerSeen | str:
    """Whether a page answers there: what else could be asked of a site without an API?"""
    answer = transport.send("GET", address, {"Accept": "text/html"}, None)
    if isinstance(answer, Unreachable):
        return _REACH[answer]
    if answer.status >= SERVER_ERRORS:
        return _REACH[Unreachable.SERVER_FAULT]
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return _REACH[Unreachable.NOT_UNDERSTOOD]
    return ServerSeen("A sign-in page", date_of(answer.headers), "")


def joined_place(profile: Profile, keychain: Keychain) -> Place | None:
    """The place of a computer that was set up on its screen and not by a file."""
    joining = LocalFiles(profile).joining()
    if joining is None:
        return None
    credential = Safe(keychain, ComputerReadings().wall).credential(joining.account_id)
    if not isinstance(credential, Credential):
        return None
    return Place(credential.server, joining.location, joining.operatory)
