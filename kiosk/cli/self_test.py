"""``kiosk --self-test``: does this installation work? Without a server, without a profile.

Owns the order and the sentences. Tries the real thing on this computer (libraries, display,
fonts, keychain, stores, web engine, the core) and leaves nothing behind. Must never touch what a
kiosk of this user keeps.
"""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

from kiosk.cli.findings import (
    Finding,
    Verdict,
    judge_display,
    judge_keychain,
    judge_page_trust,
    judge_zones,
)
from kiosk.cli.upkeep import judge_files
from kiosk.desktop.display import see_display, see_no_display
from kiosk.keychain.os_keychain import open_keychain
from kiosk.keychain.port import Item, ItemName, Keychain
from kiosk.local.environment import WITHOUT_SANDBOX
from kiosk.local.installed import changed_files
from kiosk.local.page_trust import see_trust, trust_module
from kiosk.session.model import events as said
from kiosk.session.model import replies
from kiosk.session.model.audit import Act, Cause, Record
from kiosk.session.model.day import Schedule
from kiosk.session.model.effects import KeepRecord
from kiosk.session.model.intents import LockWanted, TileTapped
from kiosk.session.model.people import Account, Person, Place, Role, Strength
from kiosk.session.model.state import Active, AtLogin, Locked, State
from kiosk.session.model.terms import Attribution, Limits, Terms
from kiosk.session.model.trust import Trust
from kiosk.session.pages.painted import painted_login
from kiosk.session.step import first, step

NOON = datetime(2026, 11, 26, 18, tzinfo=UTC)
PLACE = Place("https://xchart.example", "Self-test", "Op 0")
OFFICE = Account("acc-test", "Office Assistant", True, frozenset({Role.MEMBER}))
MARIA, JAMES = Person("per-maria", "Maria"), Person("per-james", "James")
LIBRARIES = ("kiosk.app.adapters", "kiosk.app.wiring", "kiosk.cli.doctor")
"""With these everything that the kiosk ever imports is there, but for the web engine."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of one topic, in a sentence."""

    topic: str
    held: bool
    sentence: str


def prove() -> Iterator[Proof]:
    """Try everything, one topic after the other; each when it is known."""
    yield prove_libraries()
    yield from prove_files()
    yield prove_zones()
    yield prove_trust(Path.home(), trust_module())
    yield from prove_drawing()
    keychain = open_keychain(f"self-test-{os.urandom(4).hex()}")
    yield prove_keychain(keychain)
    with tempfile.TemporaryDirectory() as made:
        yield prove_store(Path(made))
        yield prove_cache(Path(made), keychain)
    yield prove_core()


def prove_libraries() -> Proof:
    """Everything that is imported late can be imported now."""
    for name in LIBRARIES:
        try:
            import_module(name)
        except ImportError as fault:
            sentence = f"{fault.name or name} is missing. Install the package again."
            return Proof("libraries", False, sentence)
    return Proof("libraries", True, "Everything that the kiosk needs is there.")


def prove_files() -> Iterator[Proof]:
    """What runs is what was installed, as far as there is a package to compare it with."""
    for finding in judge_files(changed_files()):
        yield Proof(finding.topic, finding.verdict is Verdict.OK, _whole(finding))


def prove_zones() -> Proof:
    """The clinic's day begins where the clinic is."""
    finding = judge_zones()
    return Proof("time zones", finding.verdict is Verdict.OK, _whole(finding))


def prove_trust(home: Path, module: Path | None) -> Proof:
    """Xchart's page opens behind a certificate of the clinic's own."""
    finding = judge_page_trust(see_trust(home, module))
    return Proof("page trust", finding.verdict is Verdict.OK, _whole(finding))


def _whole(finding: Finding) -> str:
    return f"{finding.sentence} {finding.what_to_do}".strip()


def prove_drawing() -> Iterator[Proof]:
    """Display, fonts, a page of the kiosk, and a page of the web engine."""
    without = see_no_display()
    if without is not None:
        yield Proof("display", False, _whole(judge_display(without)[0]))
        return
    from kiosk.session.model.session import PageFault
    from kiosk.ui.self_test import Drawing
    from kiosk.ui.xchart.place import why_none

    drawing = Drawing()
    finding = judge_display(see_display())[0]
    yield Proof("display", finding.verdict is not Verdict.FAIL, finding.sentence)
    lost = drawing.lost_fonts()
    if lost:
        yield Proof("fonts", False, f"These cannot be used: {', '.join(lost)}.")
    else:
        yield Proof("fonts", True, "The kiosk's own fonts can be used.")
    drawn = drawing.draws(painted_login(PLACE, None, NOON))
    sentence = "The login screen can be drawn." if drawn else "The login screen stays empty."
    yield Proof("drawing", drawn, sentence)
    if is_root():
        sentence = "It cannot be tried as root. Run this as the operatory's user."
        yield Proof("web view", False, sentence)
        return
    try:
        opens = drawing.opens_page()
    except ImportError as fault:
        sentence = "This package is without the web view, so Xchart's page cannot be shown."
        if why_none(fault) is not PageFault.ENGINE_LEFT_OUT:
            sentence = (
                f"The web view is there and cannot be loaded: {fault}. "
                "Install the package again, with everything that it needs."
            )
        yield Proof("web view", False, sentence)
        return
    sentence = (
        "The web view opens a page."
        if opens
        else "The web view does not start. Its sandbox needs user namespaces."
    )
    yield Proof("web view", opens, sentence)


def is_root() -> bool:
    """Whether Chromium would end this process rather than do without its sandbox."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return root and WITHOUT_SANDBOX not in os.environ


def prove_keychain(keychain: Keychain) -> Proof:
    """Something is kept, found again and forgotten."""
    first_look = judge_keychain(keychain)
    second_look = judge_keychain(keychain)
    keychain.forget(ItemName(Item.CANARY))
    if Verdict.FAIL in {first_look.verdict, second_look.verdict}:
        bad = first_look if first_look.verdict is Verdict.FAIL else second_look
        return Proof("keychain", False, _whole(bad))
    if second_look.verdict is not Verdict.OK:
        return Proof("keychain", False, "The keychain does not keep what it is given.")
    return Proof("keychain", True, "The keychain keeps, finds and forgets.")


def prove_store(folder: Path) -> Proof:
    """A record is durable."""
    from kiosk.sync.records.audit_store import Store, open_store

    record = Record(1, NOON, Act.ENTERED, Cause.PERSON, MARIA.id, OFFICE.id, Strength.TILE, "test")
    for again in (False, True):
        store = open_store(folder / "audit.db")
        if not isinstance(store, Store):
            return Proof("store", False, f"The records cannot be opened: {store.value}.")
        fault = None if again else store.keep(record)
        found = store.tail.sequence
        store.close()
        if fault is not None or found != 1:
            why = fault.value if fault is not None else "not there when looked for"
            return Proof("store", False, f"A record cannot be kept: {why}.")
    return Proof("store", True, "A record is kept, and found again.")


def prove_cache(folder: Path, keychain: Keychain) -> Proof:
    """The day is kept encrypted, under a key out of the keychain, and can be forgotten."""
    from kiosk.sync.cache import Cache
    from kiosk.sync.secrets.safe import Safe

    day = Schedule(True, (NOON.date(),), "America/Chicago", (), (), ())
    caches = [Cache(folder / "cache.db", Safe(keychain, lambda: NOON)) for _ in range(2)]
    why = caches[0].keep(OFFICE.id, "cursor", day, NOON)
    caches[0].close()
    found = caches[1].cursor(OFFICE.id)
    caches[1].forget()
    if why is not None or found != "cursor":
        told = why.value if why is not None else "not there when looked for"
        return Proof("cache", False, f"The day cannot be kept encrypted: {told}.")
    return Proof("cache", True, "The day is kept encrypted, and found again.")


def prove_core() -> Proof:
    """One tap, one lock, one unlock, decided by the core as in a clinic."""
    state, _ = first(PLACE, None)
    state, _ = step(state, said.Answered(NOON, 1, _memory()))
    passed: list[type] = [type(state.phase)]
    for intent in (TileTapped(MARIA.id), LockWanted(), TileTapped(MARIA.id)):
        state = _asked(state, said.Asked(NOON, intent))
        passed.append(type(state.phase))
    if passed == [AtLogin, Active, Locked, Active]:
        return Proof("core", True, "A tap enters, a lock covers, and the same tap comes back.")
    names = ", ".join(phase.__name__ for phase in passed)
    return Proof("core", False, f"A tap, a lock and a tap led through {names}.")


def _asked(state: State, event: said.Event) -> State:
    """The state once what it asked to be recorded is."""
    state, effects = step(state, event)
    for effect in effects:
        if isinstance(effect, KeepRecord) and effect.attempt:
            state, _ = step(state, said.Answered(NOON, effect.attempt, replies.RecordKept()))
    return state


def _memory() -> replies.StartupState:
    limits = Limits(
        idle_lock=timedelta(minutes=5),
        idle_warning=timedelta(seconds=30),
        session=timedelta(hours=12),
        badge_window=timedelta(hours=4),
        badge_idle=timedelta(hours=1),
    )
    horizon = NOON + timedelta(days=30)
    grant = Terms(
        account=OFFICE,
        location=PLACE.location,
        operatory=PLACE.operatory,
        zone="America/Chicago",
        people=(MARIA, JAMES),
        approvers=(),
        attribution=Attribution.TAP,
        limits=limits,
        device="test",
        issued_at=NOON,
        ends_at=NOON + timedelta(days=2),
        trust_horizon_at=horizon,
    )
    return replies.StartupState(PLACE, OFFICE, Trust(OFFICE.id, horizon), grant, "test", 1)
