"""Saying farewell to a login of one's own: pressed at the site as well as may be, gone here anyway.

Nothing else goes up to a site. The shared account's removal is waited for (``approval``); here the
holder has gone, and nobody stands there to be told.
"""

from kiosk.session.model.replies import Delivered
from kiosk.session.ports import SitePages
from kiosk.sync.web.own_logins import OwnLogins


class SiteOutbox:
    """What a site is told in the background. On the sync lane."""

    def __init__(self, pages: SitePages, own_logins: OwnLogins) -> None:
        self._pages = pages
        self._own_logins = own_logins

    def send(self, account_id: str) -> Delivered:
        """Records stay here, where ``kiosk audit`` reads them."""
        return Delivered(0)

    def drop_trust(self, account_id: str) -> None:
        """Sign it out there; what the site remembers of this computer goes here in any case."""
        if not self._own_logins.may_say_farewell(account_id):
            return
        if not self._pages.sign_out(account_id):
            self._pages.let_go(account_id)
