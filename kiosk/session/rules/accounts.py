"""Which account a rule is about: the one that the computer joined with, or one beside it.

The one place that tells them apart. Trust is per account (facts.md S3): what ends one, leaves the
others as they are.
"""

from dataclasses import replace
from datetime import UTC, datetime

from kiosk.session.model.effects import Effect, ForgetOwn, ForgetTrust
from kiosk.session.model.people import Account, Person, PersonalAccount
from kiosk.session.model.refusals import ENDS_TRUST, OF_THE_COMPUTER, Code, Fault, Refusal
from kiosk.session.model.state import Known
from kiosk.session.model.terms import Terms, Word
from kiosk.session.model.trust import NoTrust, Trust, holds, never_longer, trusts


def is_primary_account(known: Known, account_id: str) -> bool:
    """Whether it is the account that this computer joined with."""
    return known.account is not None and known.account.id == account_id


def personal_account(known: Known, account_id: str) -> PersonalAccount | None:
    """The personal account of that id on this computer, None where there is none."""
    return next((each for each in personal_accounts(known) if each.account.id == account_id), None)


def personal_accounts(known: Known) -> tuple[PersonalAccount, ...]:
    """Every personal account of this computer, also if it joined with one."""
    house = known.account
    if house is None or house.shared:
        return known.own
    since = known.terms.issued_at if known.terms else datetime.min.replace(tzinfo=UTC)
    return (PersonalAccount(house, known.trust, known.sealed, since), *known.own)


def offers_own_login(known: Known) -> bool:
    """Not before the computer joined, nor where a PIN would protect nothing."""
    return known.account is not None and known.offers_own


def trust_of(known: Known, account_id: str) -> Trust | NoTrust:
    """The trust of that account here."""
    if is_primary_account(known, account_id):
        return known.trust
    own = personal_account(known, account_id)
    return own.trust if own else NoTrust.NEVER


def polling_account(known: Known) -> Account | None:
    """With whose trust this computer hears news and reads its day; None before it joined.

    The account that it joined with; while that has no trust, a personal one that has.
    """
    house = known.account
    if house is None or trusts(known.trust, house.id):
        return house
    others = (own.account for own in known.own if trusts(own.trust, own.account.id))
    return next(others, house)


def account_now(known: Known, account: Account) -> Account:
    """The account with the rights that it was last heard to have."""
    if known.account is not None and known.account.id == account.id:
        return known.account
    own = personal_account(known, account.id)
    return own.account if own else account


def person_in(account: Account) -> Person:
    """Whoever uses a personal account is its holder."""
    return Person(account.id, account.label)


def governed(known: Known, account_id: str, at: datetime) -> bool:
    """Whether live trust and live terms allow an entry before the server has answered.

    Where they seem over the server decides: this computer's clock may be wrong by a year.
    """
    terms = known.terms
    if terms is None or not terms.holds(at) or not terms.covers(account_id):
        return False
    return holds(trust_of(known, account_id), account_id, at)


def with_personal_account(known: Known, own: PersonalAccount) -> Known:
    """The same with that personal account as it is now, the newest last."""
    if is_primary_account(known, own.account.id):
        return replace(known, account=own.account, trust=own.trust, sealed=own.sealed)
    if any(each.account.id == own.account.id for each in known.own):
        kept = tuple(own if each.account.id == own.account.id else each for each in known.own)
        return replace(known, own=kept)
    return replace(known, own=(*known.own, own))


def with_trust(known: Known, account_id: str, trust: Trust | NoTrust) -> Known:
    """The same with another trust of that account."""
    if is_primary_account(known, account_id):
        return replace(known, trust=trust)
    own = personal_account(known, account_id)
    return with_personal_account(known, replace(own, trust=trust)) if own else known


def with_seal(known: Known, account_id: str, *, sealed: bool) -> Known:
    """The same, with or without a PIN for that personal account."""
    own = personal_account(known, account_id)
    return with_personal_account(known, replace(own, sealed=sealed)) if own else known


def without(known: Known, account_id: str) -> Known:
    """The same without that personal account; the one that the computer joined with stays."""
    left = tuple(each for each in known.own if each.account.id != account_id)
    return replace(known, own=left)


def reconciled(known: Known, terms: Terms) -> tuple[Known, tuple[Effect, ...]]:
    """The personal accounts as the server lists them; whoever it does not list is gone (law 12).

    News never lengthens trust (law 7), and older news does not know who came since.
    """
    if terms.word is Word.HERE:
        return known, ()  # whoever set them knows of nobody's own login
    listed = {each.account.id: each for each in terms.own}
    gone: list[Effect] = []
    for own in known.own:
        theirs = listed.get(own.account.id)
        if theirs is not None:
            trust = never_longer(own.trust, theirs.trust_horizon_at)
            known = with_personal_account(known, replace(own, account=theirs.account, trust=trust))
        elif terms.issued_at > own.since and own.account.id != terms.account.id:
            known = without(known, own.account.id)
            gone.append(ForgetOwn(own.account.id))
    return known, tuple(gone)


def apply_no_to_trust(
    known: Known, reason: Refusal | Fault | None, account_id: str
) -> tuple[Known, tuple[Effect, ...]]:
    """What a refusal means for trust: some end it, here and in the keychain.

    What is said of the computer is said of every account on it. A new password ends no trust.
    """
    if isinstance(reason, Refusal) and reason.code is Code.PASSWORD_CHANGED:
        house = known.account
        due = house is not None and house.shared and house.id == account_id
        return replace(known, renewal_due=known.renewal_due or due), ()
    if not isinstance(reason, Refusal) or reason.code not in ENDS_TRUST:
        return known, ()
    if reason.code in OF_THE_COMPUTER:
        named = [each.account.id for each in personal_accounts(known)]
        if known.account is not None and known.account.id not in named:
            named.append(known.account.id)
    else:
        named = [account_id]
    effects: list[Effect] = []
    for each in named:
        own = personal_account(known, each)
        if (
            own is not None
            and not is_primary_account(known, each)
            and reason.code is Code.ACCOUNT_DEACTIVATED
        ):
            known = without(known, each)
            effects.append(ForgetOwn(each))
        elif own is not None or is_primary_account(known, each):
            known = with_trust(known, each, NoTrust.REFUSED)
            effects.append(ForgetTrust(each))
    return known, tuple(effects)
