"""One page of a site that has only a web sign-in: opened, looked at, filled in, signed out.

Owns the page; the profile is its account's, which several persons' pages share, and the fence is
the profile's. Everything is on the main thread and ends by a call back within seconds. Never import
this before the login screen is painted.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEngineLoadingInfo, QWebEngineProfile

from kiosk.session.model.session import Question
from kiosk.session.model.site import PageState, Part, Press, Seen
from kiosk.ui.xchart.fence import Fence, Origin
from kiosk.ui.xchart.fenced_page import Ask, FencedPage, nobody
from kiosk.ui.xchart.site_fill import Filling, Outgoing
from kiosk.ui.xchart.site_load import Arrival
from kiosk.ui.xchart.site_look import SteadyLook
from kiosk.ui.xchart.site_refusal import Pressed, seen_of
from kiosk.ui.xchart.site_script import Caller, Sight, SitePlace

FOLLOW_EVERY_MS = 250
FOLLOWED_MS = 10_000
LAST_LOOK_MS = 1000
WATCH_EVERY_MS = 5000
SOON_MS = 250
FIRST_ERROR = 400
STANDING = frozenset({PageState.REFUSED, PageState.DOWN, PageState.ELSEWHERE})
"""Where a page that was filled in may still stand, with what was typed."""
NOT_OUT = frozenset({PageState.IN, PageState.UNKNOWN})
SIGNED_OUT = frozenset({PageState.ASKS_EMAIL, PageState.ASKS_PASSWORD})
Then = Callable[[Seen], None]


class SitePage(QObject):
    """A page of an account's profile. ``page`` is what a view shows; it must have been shown once.

    ``changed`` when the page was in and no longer is: its session has ended in the middle. ``came``
    when a load has ended, ``ended`` when the process that draws it has.
    ``ask`` is whom the page's questions are put to.
    """

    changed = Signal(Seen)
    came = Signal()
    ended = Signal()

    def __init__(
        self, profile: QWebEngineProfile, fence: Fence, place: SitePlace, parent: QObject
    ) -> None:
        """Nothing is loaded before ``open_start``. ``fence`` is the one that ``profile`` has."""
        super().__init__(parent)
        self.ask: Ask = nobody
        self.is_patients = False
        """Whether a patient is treated with it: what it holds is not asked, it is theirs."""
        self.page = FencedPage(profile, self)
        self.page.ask = self.put
        self._fence = fence
        self._place = place
        self._email = ""
        self._doc = 0
        self._is_filling = False
        self._is_going = False
        self._was_in = False
        # The load in whose document somebody was in.
        self._in_load = -1
        self._pressed = Pressed()
        self._arrival = Arrival(place.held())
        self._outgoing = Outgoing(self.page)
        self._caller = Caller(self.page)
        self._watch = QTimer(self, interval=WATCH_EVERY_MS)
        self._watch.timeout.connect(self._watch_over)
        fence.allow(*place.held(), parts=place.fed())
        self.page.allow(*place.held())
        self.page.setUrlRequestInterceptor(self._outgoing)
        self.page.sign_in_wanted.connect(self._arrival.note_sign_in)
        self.page.loadingChanged.connect(self._loading)
        self.page.renderProcessTerminated.connect(lambda *_: self._end())

    def expect(self, email: str) -> None:
        """Whose login it is."""
        self._email = email

    def open_start(self) -> None:
        """Go to the site's start, whatever was there; what was typed there is not asked about."""
        self._pressed.forget()
        self._leave_in()
        self._is_going = True
        self._arrival.expect()
        self.page.setUrl(QUrl(self._place.start))

    def look(self, then: Then) -> None:
        """What the page shows, the same twice."""
        self._look(then)

    def fill(self, seen: Seen, typed: Mapping[Part, str], then: Callable[[Press], None]) -> None:
        """Fill that in and press, if the page is still the one that was seen."""
        arrival = self._arrival
        stale = seen.load != arrival.load or arrival.is_loading or arrival.outcome is not None
        if self._is_filling or stale or not self._doc or not self._is_at_sign_in():
            QTimer.singleShot(0, self, lambda: then(Press.GONE))
            return
        self._is_filling = True
        self._email = typed.get(Part.EMAIL, self._email)
        load, parts = arrival.load, tuple(typed)

        def end(how: Press) -> None:
            self._is_filling = False
            if how is Press.PRESSED:
                self._pressed.send(parts, load)
            then(how)

        filling = Filling(self._caller, self._fence, arrival, self._outgoing, end)
        filling.begin(self._place.told(self._email), typed, self._doc)

    def follow(self, seen: Seen, then: Then) -> None:
        """Tell when the page shows something else than that, or what it shows after a while."""
        patience = QTimer(self, singleShot=True, interval=FOLLOWED_MS)
        patience.start()
        self._follow(seen, then, patience)

    def is_ours(self, email: str, then: Callable[[bool], None]) -> None:
        """Whether the page says that it is that login's: where somebody signed in by hand."""
        told = self._place.told(email)
        self._caller.call("isOurs", told, then=lambda answer: then(answer.get("ours") is True))

    def ask_unsent(self, then: Callable[[bool | None], None]) -> None:
        """Whether somebody has typed what the page has not sent; None where it does not say so.

        One whose process has ended holds nothing. A patient's does: a record that nobody typed, and
        that nothing is loaded over (law 9).
        """
        if self._arrival.has_document and not self.is_patients:
            self._caller.ask_unsent(then)
        else:
            holds = self._arrival.has_document
            QTimer.singleShot(0, self, lambda: then(holds))

    def keep_words(self) -> bool:
        """The document that is there goes on, for what was typed; whether it stands on its own.

        Either no other came, and that stands from now on; or it is the one in which somebody was
        in, and says by itself what it wants. A patient's does, whatever it shows, unless it is
        the site's error in its place.
        """
        stands = self._arrival.outcome is None and self._arrival.status < FIRST_ERROR
        if self._arrival.keep_words() or self._in_load == self._arrival.load:
            return True
        return self.is_patients and stands

    def sign_out(self, then: Callable[[bool], None]) -> None:
        """Press the site's own sign-out; whether the site took it, as its start then shows."""

        def pressed(before: Seen, answer: Mapping[str, object]) -> None:
            if answer.get("end") != Press.PRESSED.value:
                self._is_going = False
                then(False)
                return
            self._leave_in()
            self.follow(before, judge)

        def judge(after: Seen) -> None:
            self._is_going = False
            if after.state is PageState.UNKNOWN:
                # Some say no more than goodbye: what their start asks for is the answer.
                self.open_start()
                self.look(lambda start: then(start.state in SIGNED_OUT))
            else:
                then(after.state in SIGNED_OUT)

        def begin(before: Seen) -> None:
            if before.state is not PageState.IN:
                then(False)
                return
            self._is_going = True
            told = self._place.told(self._email)
            self._caller.call("signOut", told, self._doc, then=lambda got: pressed(before, got))

        self.look(begin)

    @property
    def record(self) -> str:
        """The selector of what goes on by itself there, empty where it is not said."""
        return self._place.marks.get("record", "")

    @property
    def is_in(self) -> bool:
        """Whether the last look found somebody in, and nothing has happened to the page since."""
        return self._was_in and not self._arrival.is_loading and self._arrival.outcome is None

    def discard(self) -> None:
        """Let the page go; the profile stays."""
        self._watch.stop()
        self.page.deleteLater()
        self.deleteLater()

    def _look(self, then: Then, last: bool = False, within_ms: int = 0) -> None:
        def end(sight: Sight | None) -> None:
            seen = self._seen(sight, last)
            self._note_seen(seen)
            then(seen)

        SteadyLook(self, self._glance, end, self.came, lambda: self._arrival.is_loading, within_ms)

    def _glance(self, then: Callable[[Sight | None], None]) -> None:
        """One look, also at what is on its way: whose document it is, it says itself."""
        load, stands = self._arrival.load, self._stands()
        if stands is not None:
            then(Sight(0, stands, False, False, False))
            return
        told = self._place.told(self._email)
        self._caller.look(told, lambda sight: then(sight if self._arrival.load == load else None))

    def _stands(self) -> PageState | None:
        """What is known without a look: no document came, or it is one of another place."""
        if self._arrival.is_loading:
            return None
        if self._arrival.outcome is not None:
            return self._arrival.outcome
        return None if self.page.holds(self.page.url()) else PageState.ELSEWHERE

    def _seen(self, sight: Sight | None, last: bool) -> Seen:
        arrival, stands = self._arrival, self._stands()
        if sight is None or stands is not None:
            state = stands or PageState.UNKNOWN
            return Seen(state, arrival.load, arrival.again_after, status=arrival.status)
        self._doc = sight.doc
        return seen_of(sight, arrival, self._pressed, last)

    def _note_seen(self, seen: Seen) -> None:
        """Watch over who is in; leave nothing typed in a page that did not go on."""
        if seen.state in STANDING:
            self._caller.call("clear", then=lambda _: None)
        if seen.state is PageState.IN:
            self._was_in = self._arrival.is_in = True
            self._in_load = seen.load
            if not self._watch.isActive():
                # What was only being drawn is another page by then.
                QTimer.singleShot(SOON_MS, self, self._watch_over)
            self._watch.start()
        elif self._was_in and seen.state not in NOT_OUT:
            self._leave_in()
            self.changed.emit(seen)

    def _follow(self, seen: Seen, then: Then, patience: QTimer) -> None:
        last = not patience.isActive()

        def again() -> None:
            self._follow(seen, then, patience)

        def judge(now: Seen) -> None:
            same = (now.state, now.load) == (seen.state, seen.load)
            if not last and (same or now.state is PageState.UNKNOWN):
                QTimer.singleShot(FOLLOW_EVERY_MS, self, again)
                return
            patience.deleteLater()
            if last:
                # Nothing came of it: what was typed does not wait there for the next person.
                self._caller.call("clear", then=lambda _: None)
            then(now)

        self._look(judge, last, max(LAST_LOOK_MS, patience.remainingTime()))

    def _is_at_sign_in(self) -> bool:
        return Origin(QUrl(self._place.sign_in)).holds(self.page.url())

    def _loading(self, info: QWebEngineLoadingInfo) -> None:
        if self._arrival.note(info):
            self._is_going = False
            self.came.emit()
            if self._was_in:
                self._watch_over()

    def _end(self) -> None:
        self._arrival.note_end()
        self.ended.emit()

    def _watch_over(self) -> None:
        if self._was_in and not self._arrival.is_loading:
            self.look(lambda _: None)

    def _leave_in(self) -> None:
        self._was_in = self._arrival.is_in = False
        self._watch.stop()

    def put(self, question: Question, words: str, offered: str) -> str | None:
        """What the kiosk itself does, a page that holds on to what was typed does not hinder."""
        if self._is_going and question is Question.LEAVE:
            return ""
        return self.ask(question, words, offered)
