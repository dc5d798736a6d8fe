"""The running kiosk: window, core, lanes and the operating system wired together.

Nothing is decided here. ``start`` imports this when the login screen is painted; everything slow
happens on a lane.
"""

import os
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from kiosk.app.again import start_again
from kiosk.app.case_guard import CaseGuard
from kiosk.app.effects import Effects, Ports, Unopened
from kiosk.app.first_window import Front
from kiosk.app.gc_timer import Collector
from kiosk.app.health import health
from kiosk.app.lanes import Lanes, Name
from kiosk.app.paper import Paper
from kiosk.app.runtime import Runtime, Transition
from kiosk.app.site_carrier import carrier_of
from kiosk.app.slots import Slots, text_in
from kiosk.app.trace import line_of, no_of
from kiosk.desktop.activation import FrontDoor
from kiosk.desktop.darkness import DarkWatch, darkness
from kiosk.desktop.key_locks import key_locks
from kiosk.desktop.own_input import OwnInput
from kiosk.desktop.watch import watch_desktop
from kiosk.local.build import build
from kiosk.local.log import Log
from kiosk.local.login_file import keep_painted
from kiosk.local.page_trust import Sharing, share_trust, trust_module
from kiosk.local.process import hide_memory
from kiosk.local.profile import Profile, replace_file
from kiosk.local.settings import Settings, Show
from kiosk.session.model.day import Day
from kiosk.session.model.effects import AnswerPage, TurnPageBack
from kiosk.session.model.events import (
    ClockJudged,
    CoverJudged,
    Event,
    PageAsked,
    PageDeclined,
    PageFailed,
    PageLost,
    PageShown,
    PageSpoke,
    PageTurned,
    ScreenLocked,
    Suspended,
)
from kiosk.session.model.intents import DoneWanted, Ticket
from kiosk.session.model.painted import Painted
from kiosk.session.model.refusals import Fault
from kiosk.session.model.session import PageFault, Question
from kiosk.session.model.state import State
from kiosk.session.pages.views import View
from kiosk.session.step import first
from kiosk.session.view import covers, may_print, page_server, reads_badges
from kiosk.ui.covering.covering import Covering
from kiosk.ui.widgets.legible import legible
from kiosk.ui.xchart.answering import Answering

PARTING_SECONDS = 3.0


class Bridge(QObject):
    """The one way back to the main thread: what any thread posts arrives there, in order.

    ``asked`` carries what a lane wants done there.
    """

    arrived = Signal(object)
    asked = Signal(object)


class App:
    """One kiosk, from its first paint to its end."""

    def __init__(self, front: Front, profile: Profile, settings: Settings, log: Log) -> None:
        self._front = front
        self._profile = profile
        self._display = settings.display
        self._log = log
        self._clock = front.clock
        self._slots = front.slots
        self._words = front.words
        self._answering = Answering()
        self.window = front.window
        self._days = Slots[Day]()
        self._hang_up: Callable[[], None] = nothing_to_cancel
        self._bridge = Bridge()
        self._system_idle: Callable[[], timedelta | None] = no_idle_source
        self._own_input: OwnInput | None = None
        self._lanes = Lanes(self._unexpected)
        post, platform = self._bridge.arrived.emit, front.qt.platformName()
        self._guard = CaseGuard(front.window, platform, self._now, post)
        self._effects = Effects(
            lanes=self._lanes,
            slots=self._slots,
            days=self._days,
            words=self._words,
            clock=self._clock,
            open_ports=self._open_ports,
            post=post,
            show_page=self._show_page,
            show_day=self._show_day,
            close_page=self._close_page,
            tell_reader=self.window.hands.badges.tell,
            tell_page=self._tell_page,
            keep_painted=self._keep_painted,
            start_again=lambda wanted: start_again(profile, wanted, front.qt.exit),
            protect_case=self._guard.protect,
            unexpected=self._unexpected,
        )
        on_main, local = self._bridge.asked.emit, self._on_local
        self._site = carrier_of(settings, self.window.xchart, on_main, local, self._now, post)
        self._paper = Paper(
            self._display.printer,
            lambda job: self._lanes.do(Name.SYNC, job),
            lambda why: post(PageDeclined(self._now(), why)),
        )
        self._timer = QTimer(singleShot=True, timerType=Qt.TimerType.CoarseTimer)
        fills = self._display.show is Show.FULLSCREEN
        leave = frozenset(self._display.leave_screens)
        self._covering = Covering(self.window, front.look, leave, full_screen=fills)
        web = self._site is not None
        state, self._first = first(settings.place, front.painted, windowed=not fills, at_site=web)
        self.runtime = Runtime(
            state,
            now=self._clock.now,
            idle=self._idle,
            perform=self._effects.perform,
            show=self._show,
            wake=self._wake,
            unexpected=self._unexpected,
            stepped=self._stepped,
        )
        self._build = build()
        self._told_status = self._last_no = ""
        self._unopened: Fault | None = None
        # The server whose page the engine is confined to: the joined one, once it is known.
        self._expected = ""
        self._proxy = settings.proxy
        self._ending = False
        self._connect()

    def begin(self) -> None:
        """Read the memory, listen to the desktop, and take over what was asked for so far."""
        self._log.begin()
        Collector(self.window)
        self._lanes.start()
        self.runtime.begin(self._first)
        self._front.hand_over(self.runtime.ask)
        self._listen()

    def finish(self) -> None:
        """End what is open, and let the lanes do what they have."""
        self._ending = True
        self.runtime.ask(DoneWanted())
        self._hang_up()
        self._guard.protect(False)
        self.window.xchart.finish()
        # The engine's profile must be gone before Qt is: nothing else empties this queue now.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._lanes.finish(PARTING_SECONDS)
        self._log.end()
        self._profile.status.unlink(missing_ok=True)

    def _connect(self) -> None:
        self._bridge.arrived.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        self._bridge.asked.connect(lambda call: call(), Qt.ConnectionType.QueuedConnection)
        self._timer.timeout.connect(self.runtime.tick)
        self.window.closing.connect(self._closing)

    def _listen(self) -> None:
        door = FrontDoor(self._profile, self.window)
        door.wanted.connect(self._come_to_front)
        if not door.open:
            self._log.note("no_front_door")
        watch = watch_desktop(self._front.qt, self.window)
        self._system_idle = watch.idle_for
        dark = DarkWatch(darkness(self._front.qt.platformName()), watch.idle_for, self.window)
        dark.seen.connect(self.window.hands.see_dark)
        watch.follow(self.window.winId())
        self.window.tell_locks(key_locks(self._front.qt.platformName()))
        watch.screen_locked.connect(lambda: self.runtime.post(ScreenLocked(self._now())))
        watch.suspending.connect(lambda: self._suspending(watch.let_sleep))
        watch.resumed.connect(lambda: self.runtime.post(Suspended(self._now())))
        above = watch.see_above(self._front.qt.platformName())
        if above is not None:
            above.changed.connect(self._covering.look_soon)
            self._covering.ask(above)
        self._covering.hidden.connect(self._hidden)
        self.window.xchart.started.connect(self._hide_memory)
        self.window.xchart.failed.connect(self._hide_memory)

    def _hide_memory(self) -> None:
        """The engine's first processes are there, or never will be."""
        self.window.xchart.started.disconnect(self._hide_memory)
        self.window.xchart.failed.disconnect(self._hide_memory)
        if sys.platform == "linux" and not hide_memory():
            self._log.note("memory_not_hidden")

    def _suspending(self, let_sleep: Callable[[], None]) -> None:
        self.runtime.post(Suspended(self._now()))
        self._covering.when_seen(let_sleep)

    def _hidden(self, program: str) -> None:
        self._log.note("window_above" if program else "window_above_gone", program=program or None)
        self.runtime.post(CoverJudged(self._now(), program))

    def _idle(self) -> timedelta:
        told = self._system_idle()
        if told is not None:
            return told
        if self._own_input is None:
            self._own_input = OwnInput(self._front.qt)
        return self._own_input.idle_for()

    def _come_to_front(self) -> None:
        # As large as it was: full screen stays full screen.
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    def _open_ports(self) -> Ports | Unopened:
        # Half a second of libraries, imported on the local lane.
        opening = import_module("kiosk.app.adapters")
        opened: Ports | Unopened = opening.open_ports(
            self._profile,
            self._clock,
            self._heard,
            self._on_local,
            **({} if self._site is None else {"carry": self._site.carry}),
        )
        if isinstance(opened, Unopened):
            # Once: it may be looked at again every few seconds.
            if opened.fault is not self._unopened:
                self._log.note("not_opened", code=opened.fault.value)
            self._unopened = opened.fault
        else:
            self._hang_up = opened.feed.hang_up
            if self._site is not None:
                self._site.remember_in(opened.site_memory)
            self._bridge.arrived.emit(None)
        return opened

    def _on_local(self, job: Callable[[], None]) -> None:
        self._lanes.do(Name.LOCAL, job)

    def _heard(self, at: datetime) -> None:
        self._clock.heard(at)
        off = self._clock.disagreement()
        if off is not None:
            self._bridge.arrived.emit(ClockJudged(self._now(), off))

    def _arrived(self, event: Event | None) -> None:
        if event is None:
            xchart = self.window.xchart
            xchart.shown.connect(lambda: self.runtime.post(PageShown(self._now(), xchart.wants)))
            xchart.failed.connect(self._page_failed)
            xchart.spoke.connect(self._page_spoke)
            xchart.declined.connect(lambda what: self.runtime.post(PageDeclined(self._now(), what)))
            xchart.turned.connect(lambda aside: self.runtime.post(PageTurned(self._now(), aside)))
            xchart.print_wanted.connect(self._print)
            xchart.lost.connect(lambda: self.runtime.post(PageLost(self._now())))
            xchart.ask = self._page_asked
        else:
            self.runtime.post(event)

    def _page_failed(self, why: str, number: int) -> None:
        fault = PageFault(why)
        status = number if fault in (PageFault.ANSWER, PageFault.PROXY_SIGN_IN) else None
        error = number if number and status is None else None
        self._log.note("page_failed", code=fault, status=status, error=error)
        self.runtime.post(PageFailed(self._now(), fault))

    def _page_spoke(self, words: str) -> None:
        self.runtime.post(PageSpoke(self._now(), self._words.put(legible(words))))

    def _page_asked(self, question: Question, words: str) -> str | None:
        """What the page is answered; it stands still meanwhile. Never within a step of the core."""
        ticket = self._words.put(legible(words))
        if self.runtime.working or self._answering.waiting:
            self.runtime.post(PageSpoke(self._now(), ticket, question))
            return None
        self._answering.expect(ticket)
        self.runtime.post(PageAsked(self._now(), ticket, question))
        return self._answering.wait(self.window.xchart.process_id())

    def _tell_page(self, effect: AnswerPage | TurnPageBack) -> None:
        if isinstance(effect, TurnPageBack):
            self.window.xchart.turn_back()
            return
        typed = "" if effect.typed is None else text_in(self._slots.take(effect.typed))
        self._answering.give(effect.words, typed if effect.yes else None)

    def _print(self) -> None:
        xchart = self.window.xchart
        self._paper.print_page(xchart.as_document, is_seen=may_print(self.runtime.state))

    def _now(self) -> datetime:
        return self._clock.now()

    def _wake(self, after: timedelta) -> None:
        self._timer.start(int(after / timedelta(milliseconds=1)) + 1)

    def _show(self, view: View, state: State) -> None:
        cover = covers(state)
        try:
            # Xchart's page leaves the glass first; the other monitors, and what lies above, follow.
            self.window.show_view(view)
        finally:
            if cover != self._covering.covered:
                (self._covering.cover if cover else self._covering.uncover)()
        server = page_server(state)
        if self._site is not None:
            account = state.known.account
            self._site.expect(state.known.place.server, account.id if account else "")
        if server and not self._expected:
            self._expected = server
            self._share_trust()
            self.window.xchart.expect(server, self._proxy, self._display.text_scale)
            QTimer.singleShot(0, self.window.xchart.warm)

    def _share_trust(self) -> None:
        """Before the engine starts; where it cannot be, the log says so, and ``doctor`` why."""
        sharing = share_trust(Path.home(), trust_module())
        if sharing is not Sharing.SHARED:
            self._log.note("trust_not_shared", code=sharing)

    def _stepped(self, taken: Transition) -> None:
        state = taken.after
        self._last_no = no_of(taken.event) or self._last_no
        if line := line_of(taken):
            self._log.hold(line)
        self.window.hands.read_in_page(reads_badges(state))
        self._tell_status(state)

    def _tell_status(self, state: State) -> None:
        text = health(state, self._now(), os.getpid(), self._build, self._last_no)
        if text != self._told_status:
            self._told_status = text
            self._on_local(lambda: self._keep_status(text))

    def _keep_status(self, text: str) -> None:
        """What cannot be written anew is taken away: no word counts as busy, an old one may lie."""
        try:
            replace_file(self._profile.status, text, durable=False)
        except OSError:
            self._profile.status.unlink(missing_ok=True)
            self._told_status = ""

    def _show_page(self, ticket: Ticket) -> None:
        address = text_in(self._slots.take(ticket))
        if address:
            self.window.xchart.open(address)

    def _show_day(self, ticket: Ticket) -> None:
        day = self._days.take(ticket)
        if day is not None:
            self.window.show_day(day)

    def _close_page(self, finished: bool) -> None:
        xchart = self.window.xchart
        xchart.close_page(finished=finished)
        self._paper.is_busy = False
        if not self._ending:
            # The next tap finds an empty page ready; the login screen is drawn first.
            QTimer.singleShot(0, xchart.warm)

    def _keep_painted(self, painted: Painted) -> None:
        self._on_local(lambda: keep_painted(self._profile.login_file, painted))

    def _closing(self) -> None:
        if self._display.show is not Show.FULLSCREEN:
            self._front.qt.quit()

    def _unexpected(self, error: BaseException) -> None:
        self._log.crash(error)


def no_idle_source() -> timedelta | None:
    """What the desktop tells before it is asked."""
    return None


def nothing_to_cancel() -> None:
    """Hanging up before there is a line."""
