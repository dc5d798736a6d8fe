"""One kiosk's process at a site: the real core, effects and adapters over pages in virtual time."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kiosk.app.adapters import open_ports
from kiosk.app.effects import Ports, Unopened
from kiosk.app.slots import text_in
from kiosk.session.model import effects as do
from kiosk.session.model import events as said
from kiosk.session.model.audit import Record
from kiosk.session.model.carried import Carried
from kiosk.session.model.commands import Command
from kiosk.session.model.intents import Ticket
from kiosk.session.model.refusals import Fault
from kiosk.session.model.session import PageFault
from kiosk.session.model.site import PageState, Whose, read_whose
from kiosk.session.model.state import State
from kiosk.session.pages.views import View
from kiosk.session.ports import SitePages
from kiosk.sync.web.sign_in import SiteSignIn
from kiosk.sync.web.site_store import SiteStore
from kiosk.sync.web.submissions import Submissions
from tests.simulation.process import Computer, Process
from tests.simulation.site_pages import PagesInTime, Side
from tests.simulation.told_ports import ToldApproval, ToldEnrolment, ToldSignIn

SHOWN_SECONDS = 0.2


class Cramped(Submissions):
    """The count on a disk that takes no new file now and then."""

    def __init__(self, path: Path, side: Side) -> None:
        super().__init__(path)
        self._side = side

    def _write(self, counts: dict[str, int]) -> Fault | None:
        return Fault.RECORDS_FULL if self._side.is_full else super()._write(counts)


class SiteProcess(Process):
    """As beside a server. ``on_show`` is whose page is on the glass."""

    at_site = True

    def __init__(
        self,
        computer: Computer,
        side: Side,
        durable: Callable[[Record, Command | None], None],
        looks: Callable[[said.Event, tuple[do.Effect, ...]], None],
    ) -> None:
        self._side = side
        self._pages: PagesInTime | None = None
        self.on_show: Whose | None = None
        side.presses.process_began()
        super().__init__(computer, durable, looks)

    def works_on_page(self) -> None:
        """Somebody follows a link, or does what only a person can."""
        whose, side = self.on_show, self._side
        if whose is None:
            return
        side.settle()
        site = side.site_of(whose.account_id)
        wanted, seen = site.look(whose).state, site.press_on(whose)
        match seen.state:
            case PageState.IN if wanted is not PageState.IN:
                self.arrives(said.PageShown(self.now(), None))
            case PageState.DOWN:
                self.arrives(said.PageFailed(self.now(), PageFault.NETWORK))
            case PageState.ASKS_EMAIL | PageState.ASKS_PASSWORD | PageState.ASKS_CODE:
                self.arrives(said.PageFailed(self.now(), PageFault.SIGNED_OUT))
            case _:
                pass

    def let_go(self) -> None:
        super().let_go()
        if self.ports is not None and isinstance(self.ports.site_memory, SiteStore):
            self.ports.site_memory.close()

    def _carry(
        self, carried: Callable[[str], Carried], forget: Callable[[str], object]
    ) -> SitePages:
        self._pages = PagesInTime(self._side, self.running, self.on_local, carried, forget)
        return self._pages

    def _opened(self) -> Ports | Unopened:
        opened = open_ports(
            self.computer.profile,
            self._clock,
            self._heard,
            self.on_local,
            self.computer.keychain,
            luck=self.computer.draw.random,
            carry=self._carry,
        )
        if isinstance(opened, Unopened):
            return opened
        assert self._pages is not None
        self._pages.memory = opened.site_memory
        assert isinstance(opened.sign_in, SiteSignIn)
        counted = Cramped(self.computer.profile.submissions, self._side)
        # Where it is held: all three ports have the same accounts.
        object.__setattr__(opened.sign_in._accounts, "submissions", counted)
        presses = self._side.presses
        return replace(
            opened,
            sign_in=ToldSignIn(opened.sign_in, presses),
            approval=ToldApproval(opened.approval, presses),
            enrolment=ToldEnrolment(opened.enrolment, presses),
        )

    def _show(self, view: View, state: State) -> None:
        super()._show(view, state)
        told = repr(view) + repr(state)
        assert not any(each in told for each in self._side.secrets), "law 10: a secret in a state"

    def _show_page(self, ticket: Ticket) -> None:
        whose = read_whose(text_in(self.slots.take(ticket)))
        page = None if whose is None else self._side.site_of(whose.account_id).pages.get(whose)
        if whose is None or page is None:
            self.arrives(said.PageFailed(self.now(), PageFault.NO_PAGE))
            return
        self.on_show = whose
        wants = None if page.at is PageState.IN else page.at

        def shown() -> None:
            if self.on_show == whose:
                self.arrives(said.PageShown(self.now(), wants))

        self.hub.after(SHOWN_SECONDS, shown)

    def _close_page(self, finished: bool) -> None:
        whose, self.on_show = self.on_show, None
        if whose is not None:
            self._side.site_of(whose.account_id).leave(whose, finished=finished)
