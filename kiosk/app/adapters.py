"""Opening the ports: keychain, audit, files, server. Runs on the local lane, after first paint.

requests, keyring and cryptography cost most of a second to import, so this module and everything
it imports is itself imported late, by ``wiring`` (design.md section 4, Start).
"""

import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import SystemRandom

from kiosk.app.effects import Ports, Unopened
from kiosk.app.site_adapters import Carry, no_pages, site_ports
from kiosk.keychain.os_keychain import open_keychain
from kiosk.keychain.port import Keychain
from kiosk.keychain.protection import Level, see_protection
from kiosk.local.clock import Clock
from kiosk.local.profile import Profile
from kiosk.local.settings import Mode, Settings, SettingsFault, read_settings
from kiosk.session.model.refusals import Fault
from kiosk.sync.account_calls import AccountCalls, JoinedServer
from kiosk.sync.approval import Approval
from kiosk.sync.backoff import Backoff
from kiosk.sync.badges import Badges
from kiosk.sync.cache import Cache
from kiosk.sync.days import Days
from kiosk.sync.enrolment import Enrolment
from kiosk.sync.files import LocalFiles
from kiosk.sync.memory import StartupLoader
from kiosk.sync.none import NoRoster
from kiosk.sync.pins import Pins
from kiosk.sync.pull import ChangesPoller
from kiosk.sync.push import OutboxSender
from kiosk.sync.recording import AuditWriter
from kiosk.sync.records.audit_store import Store, open_store
from kiosk.sync.records.outbox import Outbox, open_outbox
from kiosk.sync.secrets.safe import Safe
from kiosk.sync.sign_in import SignIn
from kiosk.sync.wire.calls import Nonce
from kiosk.sync.wire.line import Line
from kiosk.sync.wire.transport import Transport

MARK_EVERY = timedelta(minutes=10)
LUCK = SystemRandom().random


def open_ports(
    profile: Profile,
    clock: Clock,
    heard: Callable[[datetime], None],
    on_local: Callable[[Callable[[], None]], None],
    keychain: Keychain | None = None,
    transport: Callable[[str], Transport] = Transport,
    luck: Callable[[], float] = LUCK,
    carry: Carry = no_pages,
) -> Ports | Unopened:
    """Everything that the effects work with, or why not.

    ``carry`` makes the pages of a site that has only a web sign-in.

    ``heard`` is told the server's time on any thread; ``on_local`` puts a job on the local lane.
    ``keychain``, ``transport`` (made with the settings' proxy) and ``luck`` (0 to 1) are the ways
    out of this process: a simulation brings its own.
    """
    settings = read_settings(profile.settings)
    if isinstance(settings, SettingsFault):
        sentences = " ".join(fault.sentence for fault in settings.faults)
        return Unopened(Fault.SETTINGS_UNREADABLE, f"{settings.path.name}: {sentences}")
    store = open_store(profile.audit)
    if isinstance(store, Fault):
        return Unopened(store)
    safe = Safe(keychain or open_keychain(profile.id), clock.now)
    marking = HighWaterMark(safe, clock, on_local)
    marking.recall()

    def told(at: datetime) -> None:
        heard(at)
        marking.look()

    level = see_protection(profile.data).level if sys.platform == "linux" else Level.UNKNOWN
    witness = AuditWriter(store, safe, clock.now, on_local)
    if settings.mode is Mode.WEB:
        sites = site_file(profile, settings, level)
        # Nobody but this computer counts the tries of a PIN there.
        own = level is not Level.COPYABLE
        return site_ports(
            profile,
            settings,
            clock,
            safe,
            store,
            witness,
            sites,
            own,
            carry,
            marking.recall,
            witness.case,
        )
    outbox = open_outbox(profile.audit)
    if isinstance(outbox, Fault):
        store.close()
        return Unopened(outbox)
    remembered, nonce = LocalFiles(profile), Nonce()
    cache = Cache(cache_file(profile, settings, level), safe)

    def holding(way: Transport) -> AccountCalls:
        return AccountCalls(Line(way, nonce, told), safe, remembered)

    def failures() -> Backoff:
        return Backoff(clock.now, luck)

    joined_server = JoinedServer(safe, remembered)
    ear, mouth = transport(settings.proxy), transport(settings.proxy)
    # In a keychain that can be copied a share beside its pepper is a PIN that can be guessed.
    offline = level is not Level.COPYABLE
    asking = holding(mouth)
    pins = Pins(asking, safe, remembered, clock.now, offline=offline)

    def keychain_opens() -> None:
        marking.recall()
        if not offline:
            pins.let_go_of_shares()

    return Ports(
        recollection=StartupLoader(
            safe, remembered, store, outbox, cache, settings.place, keychain_opens, witness.case
        ),
        records=witness,
        enrolment=Enrolment(Line(mouth, nonce, told), safe, asking),
        approval=Approval(safe, remembered, asking),
        sign_in=SignIn(safe, asking, joined_server, outbox.owe_end, level.value),
        pins=pins,
        badges=Badges(safe),
        roster=NoRoster(),
        feed=ChangesPoller(holding(ear), cache, failures(), clock.now, ear.hang_up),
        outbox=OutboxSender(
            holding(transport(settings.proxy)),
            outbox,
            cache,
            failures(),
            witness,
            joined_server,
            clock.now,
        ),
        days=Days(cache, outbox, clock.now),
        close=partial(close_all, store, outbox, cache),
    )


def cache_file(profile: Profile, settings: Settings, level: Level) -> Path | None:
    """Where patients are kept; None, in memory only, on a disk that gives everything away.

    Unless the clinic has accepted that by name (design.md section 6, protection level).
    """
    if level is Level.COPYABLE and not settings.accept_copyable:
        return None
    return profile.cache


def site_file(profile: Profile, settings: Settings, level: Level) -> Path | None:
    """Where it is kept what sites remember: under the same condition."""
    return profile.sites if cache_file(profile, settings, level) else None


def close_all(store: Store, outbox: Outbox, cache: Cache) -> None:
    """Let go of the files."""
    store.close()
    outbox.close()
    cache.close()


class HighWaterMark:
    """Keeps the high-water mark of server time, every ten minutes at most (law 7)."""

    def __init__(
        self,
        safe: Safe,
        clock: Clock,
        on_local: Callable[[Callable[[], None]], None],
    ) -> None:
        self._safe = safe
        self._clock = clock
        self._kept: datetime | None = None
        self._on_local = on_local

    def recall(self) -> None:
        """Have the clock know of the mark. A keychain that was locked at the start has it later."""
        if self._kept is None:
            self._kept = self._safe.high_water()
            if self._kept is not None:
                self._clock.remember(self._kept)

    def look(self) -> None:
        """Keep the mark if it moved on far enough."""
        mark = self._clock.high_water
        if mark is None or (self._kept is not None and mark - self._kept < MARK_EVERY):
            return
        self._kept = mark
        self._on_local(lambda: self._keep(mark))

    def _keep(self, mark: datetime) -> None:
        self._safe.keep_high_water(mark)
