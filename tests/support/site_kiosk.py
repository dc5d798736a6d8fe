"""The adapters of a site, over a site that is none, a keychain in memory and a profile on disk."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kiosk.local.profile import Profile, open_profile
from kiosk.local.settings import Mode, Settings, Site
from kiosk.session.model.challenge import Challenge, Purpose
from kiosk.session.model.people import Place
from kiosk.session.model.replies import Accepted
from kiosk.sync.files import LocalFiles
from kiosk.sync.pins import Pins
from kiosk.sync.secrets.safe import Safe
from kiosk.sync.web.accounts import SiteAccounts
from kiosk.sync.web.approval import SiteApproval
from kiosk.sync.web.enrolment import SiteEnrolment
from kiosk.sync.web.own_logins import OwnLogins
from kiosk.sync.web.roster import KeptRoster
from kiosk.sync.web.sign_in import SiteSignIn
from kiosk.sync.web.submissions import Submissions
from tests.support.fake_keychain import FakeKeychain
from tests.support.fake_site import CODE, EMAIL, PASSWORD, FakeSite

PLACE = Place("https://xchart.example", "Main Street", "Op 3")
SITE = Site(assistants=("Maria L.", "Jo"), code_phone="Dr. Rivera", code_phone_ending="21")
SETTINGS = Settings(place=PLACE, mode=Mode.WEB, site=SITE)


@dataclass
class SiteKiosk:
    """One kiosk at one site."""

    site: FakeSite
    accounts: SiteAccounts
    enrolment: SiteEnrolment
    approval: SiteApproval
    sign_in: SiteSignIn
    keychain: FakeKeychain
    pins: Pins

    def fresh_safe(self) -> Safe:
        """Without what was read before."""
        return Safe(self.keychain, self.accounts.now)

    @property
    def account_id(self) -> str:
        """Of the account that it joined with."""
        joining = self.accounts.remembered.joining()
        assert joining is not None
        return joining.account_id

    def join(self) -> Accepted:
        """The first day."""
        challenge = self.enrolment.open_challenge(Purpose.JOIN, PLACE, EMAIL, PASSWORD)
        assert isinstance(challenge, Challenge), challenge
        accepted = self.approval.answer_code(PLACE, challenge, CODE)
        assert isinstance(accepted, Accepted), accepted
        return accepted


def site_kiosk(
    folder: Path,
    now: datetime,
    site: FakeSite,
    keychain: FakeKeychain,
    days: int = 0,
    *,
    offers_own: bool = True,
) -> SiteKiosk:
    """Made anew over the same folder and keychain it is the next start."""
    profile = open_profile(folder)
    assert isinstance(profile, Profile)
    settings = replace(SETTINGS, site=replace(SITE, code_after_days=days))
    safe, remembered = Safe(keychain, lambda: now), LocalFiles(profile)
    own_logins = OwnLogins(safe, remembered, offered=offers_own)
    roster = KeptRoster(profile.roster, safe)
    submissions = Submissions(profile.data / "sent.json")
    accounts = SiteAccounts(
        site, safe, remembered, submissions, roster, settings, lambda: now, own_logins
    )
    enrolment = SiteEnrolment(accounts)
    return SiteKiosk(
        site,
        accounts,
        enrolment,
        SiteApproval(accounts, enrolment),
        SiteSignIn(accounts),
        keychain,
        Pins(own_logins, safe, remembered, lambda: now, offline=False),
    )
