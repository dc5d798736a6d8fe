"""The command line: reads words, calls what does the work, prints plain sentences.

Owns arguments and exit codes. Must never import what a command does not need: each command
imports its own when it is called, so that the login screen paints at once.

Exit codes
    kiosk            0 ended in order, or the one that runs was brought to the front; 1 not;
                     3 one runs already and does not answer
                     After set-up has chosen another site the same process starts again.
    kiosk --autostart   0 too where the settings do not say that it starts with the session
    kiosk --supervised  as the last kiosk ended that was not started again
    kiosk --self-test   0 everything held; 1 something did not, each with a sentence
    kiosk provision  0 in force (--check: in order); 1 faults, each named; nothing changed
    kiosk status     0 a kiosk runs; 1 none does, or it cannot be known (root: of any user)
    kiosk status --busy   0 somebody is active, or may be: do not update; 1 nobody is
    kiosk doctor     0 nothing fails; 1 something does
    kiosk audit verify  0 the records are in order; 1 something was found, each with a sentence
    kiosk audit export  0 written to a new file; 1 not
    kiosk wipe       0 nothing is left; 1 not wiped, with the reason
    any              2 the arguments are not understood
"""

import argparse
import gc
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from importlib import import_module
from pathlib import Path

from kiosk.local.process import begin_process, keep_files_here
from kiosk.local.profile import (
    Profile,
    ProfileFault,
    config_place,
    find_profile,
    holds_something,
    open_profile,
)
from kiosk.local.settings import Settings, SettingsFault

NAMELESS = (
    "The file profile-id is missing or broken: what the keychain holds for this kiosk cannot be "
    "found. Put the file back, or remove folder and keychain items by hand. `kiosk audit export` "
    "still writes out the records."
)
NOTHING_YET = "No kiosk was started here as this user yet: there is nothing of one."


def main(arguments: list[str] | None = None) -> int:
    """Run one command in this process, from its beginning, and return its exit code."""
    # Every command: the doctor must see what the kiosk sees.
    begin_process()
    for stream in (sys.stdout, sys.stderr):
        # Into a file or a pipe Windows writes cp1252, which lacks most names: a letter that cannot
        # be written must not end the command. Without a console there is no stream.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    return run_command(arguments)


def run_command(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    if options.version:
        print(f"Operatory Kiosk {_build()}")
        return 0
    if options.self_test:
        return _self_test()
    if options.autostart and not _starts_with_session(options):
        return 0
    if options.command is _run and (options.supervised or options.autostart):
        return _supervise(options)
    if options.command in (_status, _doctor):
        # What looks has an answer also where there is nothing, or nothing can be opened.
        look: Callable[[argparse.Namespace], int] = options.command
        return look(options)
    # Only who works with a profile makes one.
    makes = options.command in (_run, _provision) and not getattr(options, "check", False)
    profile = (open_profile if makes else find_profile)(options.profile)
    if isinstance(profile, ProfileFault):
        return _say_no(profile.sentence)
    if not profile.id and not holds_something(profile):
        if options.command in (_audit_verify, _audit_export):
            return _say_no(NOTHING_YET)
        if options.command is _wipe:
            # To wipe what is not there has succeeded.
            return _said(True, (NOTHING_YET,))
    if not profile.id and options.command in (_audit_verify, _wipe):
        # Without its name nobody can say that nothing is left in the keychain.
        return _say_no(NAMELESS)
    command: Callable[[Profile, argparse.Namespace], int] = options.command
    return command(profile, options)


def _build() -> str:
    from kiosk.local.build import build

    return build()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kiosk",
        description="One tap, and Xchart is open in the right room.",
        # A supervisor that was told so by half a word would start supervisors.
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="store_true", help="say which build this is")
    parser.add_argument("--profile", type=Path, metavar="DIR", help="everything under DIR")
    show = parser.add_mutually_exclusive_group()
    show.add_argument(
        "--windowed", dest="show", action="store_const", const="window", help="in a window"
    )
    show.add_argument(
        "--fullscreen", dest="show", action="store_const", const="fullscreen", help="as the shell"
    )
    parser.add_argument(
        "--autostart", action="store_true", help="start only where the settings say so"
    )
    parser.add_argument(
        "--supervised", action="store_true", help="start again after a crash, as autostart does"
    )
    parser.add_argument(
        "--trace", action="store_true", help="print every step: names and codes, nobody's data"
    )
    parser.add_argument(
        "--self-test", action="store_true", help="prove this installation, without a server"
    )
    parser.set_defaults(command=_run)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    provision = commands.add_parser("provision", help="take a provisioning file over")
    provision.add_argument("file", type=Path, metavar="FILE")
    provision.add_argument("--check", action="store_true", help="only look whether it is in order")
    provision.add_argument("--offline", action="store_true", help="without asking its server")
    provision.set_defaults(command=_provision)

    status = commands.add_parser("status", help="what the running kiosk says of itself")
    status.add_argument("--json", action="store_true")
    status.add_argument("--busy", action="store_true", help="exit 0: somebody is active; 1: nobody")
    status.set_defaults(command=_status)

    doctor = commands.add_parser("doctor", help="what is right and wrong with this computer")
    doctor.add_argument("--json", action="store_true")
    doctor.set_defaults(command=_doctor)

    audit = commands.add_parser("audit", help="the records of who did what on this computer")
    audits = audit.add_subparsers(metavar="verify|export", required=True)
    verify = audits.add_parser("verify", help="prove that nothing was changed or cut")
    verify.set_defaults(command=_audit_verify)
    export = audits.add_parser("export", help="write them to a new file, an object a line")
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument("--unsent", action="store_true", help="only what was never sent")
    export.set_defaults(command=_audit_export)

    wipe = commands.add_parser("wipe", help="make this computer forget what it is")
    wipe.add_argument("--yes", action="store_true")
    wipe.add_argument("--yes-lose", type=int, metavar="N", help="and lose N unsent records")
    wipe.set_defaults(command=_wipe)

    for command in (provision, status, doctor, audit, verify, export, wipe):
        command.add_argument(
            "--profile",
            type=Path,
            metavar="DIR",
            default=argparse.SUPPRESS,
            help="everything under DIR",
        )
    return parser


def _starts_with_session(options: argparse.Namespace) -> bool:
    """Asked before a profile is made: the session may be of somebody who has none."""
    from kiosk.cli.provision import starts_with_session

    return starts_with_session(config_place(options.profile))


def _run(profile: Profile, options: argparse.Namespace) -> int:
    # Not one pause before the first paint; the collector of the window takes over there.
    gc.disable()
    from kiosk.cli.provision import take_over
    from kiosk.local.clock import ComputerReadings
    from kiosk.local.log import Log, catch_unexpected
    from kiosk.local.settings import Show, read_settings

    # Before Qt: it reads the source of every module that is imported after it.
    import_module("kiosk.session.pages.painted")
    echo = partial(print, flush=True) if options.trace else None
    log = Log(profile.log, ComputerReadings().wall, _build, echo)
    catch_unexpected(log)
    left = take_over(profile)
    if isinstance(left, SettingsFault):
        # The kiosk starts as it was: nobody at the chair can mend a file.
        log.note("provisioning", code="faults", count=len(left.faults))
        _say_faults(left)
    elif left is not None:
        log.note("provisioning", code="taken_over_and_left" if left.left else "taken_over")
    show = None if options.show is None else Show(options.show)
    from kiosk.app.again import AGAIN
    from kiosk.app.start import run

    code = run(profile, read_settings(profile.settings), show, log)
    return _run_again() if code == AGAIN else code


def _run_again() -> int:
    """The same command once more, in this process where the system lets one do that."""
    from kiosk.cli.supervisor import command_without

    command = command_without()
    if sys.platform != "win32":
        keep_files_here()
        os.execv(command[0], command)  # noqa: S606 - our own command
    return subprocess.run(command, check=False).returncode  # noqa: S603 - the same


def _supervise(options: argparse.Namespace) -> int:
    from kiosk.cli.supervisor import Supervisor, command_without
    from kiosk.local.clock import ComputerReadings
    from kiosk.local.log import Log

    profile = open_profile(options.profile)
    if isinstance(profile, ProfileFault):
        _say_no(profile.sentence)
        _say_down(profile.sentence)
        return 1
    readings = ComputerReadings()
    log = Log(profile.log, readings.wall)
    command = command_without("--supervised", "--autostart")
    return Supervisor(command, log, readings.elapsed, _say_down).run()


def _say_down(*sentence: str) -> bool:
    """Say it on the screen, as far as there is one."""
    from kiosk.desktop.display import see_no_display

    if see_no_display() is not None:
        return False
    from kiosk.ui.pages.down import say_down

    return say_down(*sentence)


def _provision(profile: Profile, options: argparse.Namespace) -> int:
    from kiosk.cli.provision import check, provision, unasked

    ask = unasked if options.offline else _ask_server
    outcome = check(options.file, ask) if options.check else provision(profile, options.file, ask)
    if isinstance(outcome, SettingsFault):
        return _say_faults(outcome)
    print(f"{options.file} is in order.")
    if not options.check:
        print("Its settings are in force from the next start on.")
    return 0


def _ask_server(settings: Settings) -> str:
    from kiosk.cli.doctor import see_server

    seen = see_server(settings)
    return f"{seen} To take it over all the same, say --offline." if isinstance(seen, str) else ""


def _say_faults(fault: SettingsFault) -> int:
    print(f"{fault.path}:", file=sys.stderr)
    return _say_no(*(each.sentence for each in fault.faults))


def _status(options: argparse.Namespace) -> int:
    from kiosk.cli.status import look_at, unknown

    is_root = sys.platform == "linux" and os.geteuid() == 0
    if is_root and options.profile is None:
        return _status_of_everybody(options)
    profile = find_profile(options.profile)
    if isinstance(profile, ProfileFault):
        # It counts as busy: no update on a guess.
        seen = unknown(profile.path, profile.sentence)
    elif is_root:
        from kiosk.cli.everybody import owners

        seen = owners(profile.data)
    else:
        seen = look_at(profile.data)
    if options.json:
        print(json.dumps(seen.as_json()))
    elif not options.busy or seen.why:
        print(seen.sentence, file=sys.stderr if seen.why else sys.stdout)
    return int(not seen.busy) if options.busy else int(not seen.running)


def _status_of_everybody(options: argparse.Namespace) -> int:
    from kiosk.cli.everybody import everybodys

    seen = everybodys()
    busy = any(each.busy for each in seen)
    if options.json:
        kiosks = [
            {"user": each.user, "folder": str(each.folder), **each.as_json()} for each in seen
        ]
        print(json.dumps({"running": bool(seen), "busy": busy, "kiosks": kiosks}))
    elif not options.busy:
        for each in seen:
            print(f"{each.user}: {each.sentence}")
        if not seen:
            print("No kiosk is running on this computer.")
    return int(not busy) if options.busy else int(not seen)


def _self_test() -> int:
    """Before a profile is made: it is run in an image, and as root, where no kiosk will be."""
    from kiosk.cli.self_test import prove

    held = True
    for proof in prove():
        print(f"{'OK' if proof.held else 'FAIL':4}  {proof.topic}: {proof.sentence}", flush=True)
        held = held and proof.held
    print("This installation works." if held else "This installation does not work as it is.")
    return int(not held)


def _doctor(options: argparse.Namespace) -> int:
    from kiosk.cli.doctor import examine

    findings = examine(find_profile(options.profile))
    if options.json:
        print(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            print(f"{finding.verdict.upper():4}  {finding.topic}: {finding.sentence}")
            if finding.what_to_do:
                print(f"      {finding.what_to_do}")
    return int(any(finding.verdict == "fail" for finding in findings))


def _audit_verify(profile: Profile, _options: argparse.Namespace) -> int:
    from kiosk.cli.audit import verify_audit
    from kiosk.keychain.os_keychain import open_keychain

    report = verify_audit(profile, open_keychain(profile.id))
    return _said(report.in_order, report.sentences)


def _audit_export(profile: Profile, options: argparse.Namespace) -> int:
    from kiosk.cli.audit import STANDARD_OUTPUT, export_audit

    report = export_audit(profile, options.file, unsent=options.unsent)
    if options.file == STANDARD_OUTPUT and report.in_order:
        return 0
    return _said(report.in_order, report.sentences)


def _said(in_order: bool, sentences: tuple[str, ...]) -> int:
    if not in_order:
        return _say_no(*sentences)
    for sentence in sentences:
        print(sentence)
    return 0


def _wipe(profile: Profile, options: argparse.Namespace) -> int:
    from kiosk.cli.sign_off import Parting
    from kiosk.cli.wipe import NotWiped, wipe
    from kiosk.keychain.os_keychain import open_keychain
    from kiosk.sync.files import LocalFiles
    from kiosk.sync.records.audit_store import accounts_in, count_unsent

    keychain = open_keychain(profile.id)
    # The audit knows an account too, where the file that names it was broken.
    known = LocalFiles(profile).accounts().union(*map(accounts_in, profile.audits)) - {""}
    outcome = wipe(
        profile,
        keychain,
        sorted(known),
        count_unsent,
        lambda: Parting(profile, keychain),
        yes=options.yes,
        yes_lose=options.yes_lose,
    )
    if isinstance(outcome, NotWiped):
        return _say_no(outcome.sentence)
    print("This computer has forgotten what it was. A provider's code is needed next time.")
    if outcome.lost:
        print(f"Unsent records lost: {outcome.lost}.")
    return 0


def _say_no(*sentences: str) -> int:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return 1
