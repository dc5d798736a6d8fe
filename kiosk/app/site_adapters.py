"""Opening the ports of a site that has only a web sign-in: pages, keychain, audit, and what it
remembers. Runs on the local lane, after first paint.
"""

from collections.abc import Callable
from pathlib import Path

from kiosk.app.effects import Ports
from kiosk.local.profile import Profile
from kiosk.local.settings import Settings
from kiosk.session.model.carried import Carried
from kiosk.session.model.case import CaseNote
from kiosk.session.ports import Records, SitePages, TrustedTime
from kiosk.sync.files import LocalFiles
from kiosk.sync.none import NoDays, NoFeed, NoPages
from kiosk.sync.pins import Pins
from kiosk.sync.records.audit_store import Store
from kiosk.sync.secrets.safe import Safe
from kiosk.sync.web.accounts import SiteAccounts
from kiosk.sync.web.approval import SiteApproval
from kiosk.sync.web.badges import SiteBadges
from kiosk.sync.web.enrolment import SiteEnrolment
from kiosk.sync.web.farewell import SiteOutbox
from kiosk.sync.web.memory import SiteStartupLoader
from kiosk.sync.web.own_logins import OwnLogins
from kiosk.sync.web.password_check import PasswordCheck
from kiosk.sync.web.roster import KeptRoster, SiteRoster
from kiosk.sync.web.sign_in import SiteSignIn
from kiosk.sync.web.site_store import SiteStore
from kiosk.sync.web.submissions import Submissions

Carry = Callable[[Callable[[str], Carried], Callable[[str], object]], SitePages]
"""Makes the site's pages, given how what it remembered is read, and forgotten."""


def no_pages(_carried: Callable[[str], Carried], _forget: Callable[[str], object]) -> SitePages:
    """Nobody carries any: a kiosk that only says farewell."""
    return NoPages()


def site_ports(
    profile: Profile,
    settings: Settings,
    clock: TrustedTime,
    safe: Safe,
    store: Store,
    records: Records,
    remembers_in: Path | None,
    offers_own: bool,
    carry: Carry,
    keychain_opens: Callable[[], None],
    case: Callable[[], CaseNote | int | None],
) -> Ports:
    """Everything that the effects work with, and an honest *there is none* for the rest.

    ``remembers_in`` is where it is kept what the site remembers, None in memory only;
    ``offers_own`` whether somebody may have a login of their own, sealed by a PIN.
    """
    memory = SiteStore(remembers_in, safe, clock.now)
    pages, remembered = carry(memory.carried, memory.forget), LocalFiles(profile)
    own_logins = OwnLogins(safe, remembered, offered=offers_own)
    roster = KeptRoster(profile.roster, safe)
    submissions = Submissions(profile.submissions)
    accounts = SiteAccounts(
        pages, safe, remembered, submissions, roster, settings, clock.now, own_logins
    )
    enrolment = SiteEnrolment(accounts)

    def opens() -> None:
        keychain_opens()
        if known := remembered.accounts():
            # Killed before its farewell was said, what a site has of somebody gone would stay.
            memory.forget_others(known)

    def close() -> None:
        store.close()
        memory.close()

    return Ports(
        recollection=SiteStartupLoader(accounts, lambda: store.next_sequence, opens, case),
        records=records,
        enrolment=enrolment,
        approval=SiteApproval(accounts, enrolment),
        sign_in=SiteSignIn(accounts),
        pins=Pins(own_logins, safe, remembered, clock.now, offline=False),
        badges=SiteBadges(safe),
        roster=SiteRoster(PasswordCheck(safe, clock.now), roster),
        feed=NoFeed(clock.now),
        outbox=SiteOutbox(pages, own_logins),
        days=NoDays(),
        site_memory=memory,
        close=close,
    )
