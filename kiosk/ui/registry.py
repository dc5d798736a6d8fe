"""Which page draws which view. Imported after the first paint: start paints the login screen alone.

Another page is one more line here, and a test says which view has none.
"""

from collections.abc import Callable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from kiosk.session.pages import views as v
from kiosk.ui.look.theme import Look
from kiosk.ui.pages.account import AccountPage
from kiosk.ui.pages.affirm import AffirmPage
from kiosk.ui.pages.approver import ApproverPage
from kiosk.ui.pages.code import CodePage
from kiosk.ui.pages.invitation import InvitationPage
from kiosk.ui.pages.name import NamePage
from kiosk.ui.pages.names import NamesPage
from kiosk.ui.pages.naming import NamingPage
from kiosk.ui.pages.page import Page
from kiosk.ui.pages.password import PasswordPage
from kiosk.ui.pages.pin import PinPage
from kiosk.ui.pages.place import PlacePage
from kiosk.ui.pages.setting_up import SettingUpPage
from kiosk.ui.pages.telling import MessagePage
from kiosk.ui.pages.this_computer import ThisComputerPage
from kiosk.ui.pages.who import ChangePersonPage
from kiosk.ui.pages.wiping import WipePage
from kiosk.ui.widgets.typed import KeepSecret
from kiosk.ui.workspace.workspace import WorkspacePage
from kiosk.ui.xchart.saying import ReadWords

P = TypeVar("P", bound=Page)
V = TypeVar("V")


class Means(NamedTuple):
    """What a page may need to be made."""

    look: Look
    keep_secret: KeepSecret
    read_words: ReadWords


class Entry(NamedTuple, Generic[P, V]):
    """A kind of page: how one is made, and how it draws its view."""

    page: type[P]
    make: Callable[[Means], P]
    show: Callable[[P, V], None]


PAGES: Mapping[type, Entry[Any, Any]] = {
    v.WipeView: Entry(WipePage, lambda m: WipePage(m.look), WipePage.show_view),
    v.NamingView: Entry(NamingPage, lambda m: NamingPage(m.look), NamingPage.show_view),
    v.NamesView: Entry(NamesPage, lambda m: NamesPage(m.look), NamesPage.show_view),
    v.NameView: Entry(NamePage, lambda m: NamePage(m.look), NamePage.show_view),
    v.WhoView: Entry(
        ChangePersonPage, lambda m: ChangePersonPage(m.look), ChangePersonPage.show_view
    ),
    v.PlaceView: Entry(PlacePage, lambda m: PlacePage(m.look), PlacePage.show_view),
    v.AccountView: Entry(AccountPage, lambda m: AccountPage(*m[:2]), AccountPage.show_view),
    v.PasswordView: Entry(PasswordPage, lambda m: PasswordPage(*m[:2]), PasswordPage.show_view),
    v.InvitationView: Entry(
        InvitationPage, lambda m: InvitationPage(*m[:2]), InvitationPage.show_view
    ),
    v.SettingUpView: Entry(SettingUpPage, lambda m: SettingUpPage(*m[:2]), SettingUpPage.show_view),
    v.AffirmView: Entry(AffirmPage, lambda m: AffirmPage(m.look), AffirmPage.show_view),
    v.ApproverView: Entry(ApproverPage, lambda m: ApproverPage(m.look), ApproverPage.show_view),
    v.CodeView: Entry(CodePage, lambda m: CodePage(*m[:2]), CodePage.show_view),
    v.PinView: Entry(PinPage, lambda m: PinPage(*m[:2]), PinPage.show_view),
    v.TellingView: Entry(MessagePage, lambda m: MessagePage(m.look), MessagePage.show_view),
    v.ThisComputerView: Entry(
        ThisComputerPage, lambda m: ThisComputerPage(m.look), ThisComputerPage.show_view
    ),
    v.WorkspaceView: Entry(WorkspacePage, lambda m: WorkspacePage(*m), WorkspacePage.show_view),
}
"""By the view that it draws; the login screen's is the window's own."""
