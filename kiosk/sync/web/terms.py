"""Terms that are set at the computer, where no server says who may be tapped and until when."""

import hashlib
import re
from datetime import datetime, timedelta

from kiosk.local.setting_checks import LONGEST_NAME
from kiosk.local.settings import Settings, Site
from kiosk.session.model.people import Account, Approver, Person, Place, Role
from kiosk.session.model.terms import DEFAULT_LIMITS, Attribution, Roster, Terms, Word

PHONE = "phone"
"""The id of whoever gets the site's code; the site does not say who that is."""
NAME_LENGTH = 24


def account_of(site: Site, server: str, email: str) -> Account:
    """The shared account.

    That it holds no rights it must not have an admin affirms (facts.md S7): no page says so.
    """
    told = hashlib.sha256(f"{server} {email.strip().casefold()}".encode()).hexdigest()
    name = f"web-{told[:NAME_LENGTH]}"
    return Account(name, site.account, True, frozenset({Role.MEMBER}))


def own_account_of(account_id: str, email: str) -> Account:
    """A login of somebody's own, called by what stands before the sign: the page says no name."""
    parts = re.split(r"[._+-]+", email.strip().partition("@")[0])
    label = " ".join(each.capitalize() for each in parts if each)
    return Account(account_id, label[:LONGEST_NAME] or email, False, frozenset({Role.MEMBER}))


def terms_of(
    account: Account, settings: Settings, roster: Roster, place: Place, device: str, at: datetime
) -> Terms:
    """Who shares the account, and the design's own limits. They end with what they are set in.

    IT's come first, and a name that it sets too is IT's from then on.
    """
    by_it = tuple(Person(name, name) for name in settings.site.assistants)
    theirs = {each.name.casefold() for each in by_it}
    people = by_it + tuple(each for each in roster.people if each.name.casefold() not in theirs)
    there = {each.id for each in people}
    return Terms(
        account=account,
        location=place.location,
        operatory=place.operatory,
        zone=settings.zone,
        people=people,
        approvers=approvers_of(settings.site),
        attribution=Attribution.TAP,
        limits=DEFAULT_LIMITS,
        device=device,
        issued_at=at,
        ends_at=None,
        trust_horizon_at=None,
        badges=tuple(each for each in roster.badges if each.holder in there),
        word=Word.HERE,
        by_it=tuple(each.id for each in by_it),
    )


def approvers_of(site: Site) -> tuple[Approver, ...]:
    """Whose phone the site texts to, where somebody said."""
    if not site.code_phone:
        return ()
    return (Approver(PHONE, site.code_phone, site.code_phone_ending),)


def phone_of(site: Site) -> Approver:
    """The same, for a code that is out: somebody's phone it is."""
    return next(iter(approvers_of(site)), Approver(PHONE, "the provider", site.code_phone_ending))


def horizon_after(site: Site, at: datetime) -> datetime | None:
    """Until when the site remembers a computer that is not used; None where nobody knows."""
    return at + timedelta(days=site.code_after_days) if site.code_after_days else None
