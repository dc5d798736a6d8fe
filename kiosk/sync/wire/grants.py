"""The grant's signature and content: from a compact JWS to a value of the core, or nothing.

RFC 7515 with ES256 only, ``typ: grant+jwt``, by the clinic's key that was pinned when this
computer joined, for this computer's own key. Anything else is no grant.
"""

from datetime import timedelta

import msgspec
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from kiosk.session.model.people import (
    OWN_LOGIN,
    SOMEONE_ELSE,
    Account,
    Approver,
    Person,
    Role,
    SelfNamed,
)
from kiosk.session.model.terms import Attribution, Badge, Limits, PersonalTerms, Terms
from kiosk.sync.wire.messages import AccountMessage, ApproverMessage, GrantMessage, LimitsMessage

TYPE = "grant+jwt"


def account_of(message: AccountMessage) -> Account | None:
    """The account, or None where it has a role that this kiosk does not know: fail closed."""
    try:
        roles = frozenset(Role(r) for r in message.roles)
    except ValueError:
        return None
    return Account(message.id, message.label, message.shared, roles)


def approver_of(message: ApproverMessage) -> Approver:
    """An approver as the core knows one."""
    return Approver(message.id, message.name, message.phone_ending[-2:], message.totp)


def floats_of(message: GrantMessage) -> tuple[SelfNamed, ...]:
    """Who typed a name; what cannot be read, or is somebody's id, is nobody's name."""
    ids = {message.account.id, SOMEONE_ELSE, OWN_LOGIN, *(each.id for each in message.people)}
    return tuple(
        SelfNamed(each.name, each.until)
        for each in message.self_named
        if each.name.strip() and each.name.isprintable() and each.name not in ids
    )


def personal_terms(message: GrantMessage) -> tuple[PersonalTerms, ...]:
    """The personal accounts of this computer; one with a role that is not known here is none."""
    read = ((account_of(each.account), each.trust_horizon_at) for each in message.own)
    return tuple(
        PersonalTerms(account, horizon_at)
        for account, horizon_at in read
        if account is not None and not account.shared
    )


def badges_of(message: GrantMessage) -> tuple[Badge, ...]:
    """Who has which badge, of those whom the grant names."""
    read = [(each.id, each.badge) for each in message.people]
    read += [(each.account.id, each.badge) for each in message.own]
    read.append((message.account.id, message.badge))
    return tuple(Badge(mark, holder) for holder, mark in read if mark)


def verified(compact: str, key: ECKey, device: str) -> Terms | None:
    """The grant inside, if its signature, kind, device and content are right; else None."""
    try:
        signed = jws.deserialize_compact(compact, key, ["ES256"])
        header = signed.headers()
        if header.get("typ") != TYPE:
            return None
        message = msgspec.json.decode(signed.payload, type=GrantMessage)
        attribution = Attribution(message.attribution)
    except (JoseError, msgspec.MsgspecError, ValueError, TypeError, RecursionError):
        # The header is read before the signature is checked: it is anybody's.
        return None
    account = account_of(message.account)
    if account is None or message.device != device:
        return None
    return Terms(
        account=account,
        location=message.place.location,
        operatory=message.place.operatory,
        zone=message.zone,
        people=tuple(Person(p.id, p.name) for p in message.people),
        approvers=tuple(approver_of(a) for a in message.approvers),
        attribution=attribution,
        limits=limits_of(message.limits),
        device=message.device,
        issued_at=message.issued_at,
        ends_at=message.ends_at,
        trust_horizon_at=message.trust_horizon_at,
        self_named=floats_of(message),
        own=personal_terms(message),
        badges=badges_of(message),
    )


def limits_of(message: LimitsMessage) -> Limits:
    """The limits of a grant; where it says nothing of badges, none stands in for a PIN."""
    window = timedelta(seconds=message.badge_window or 0)
    return Limits(
        idle_lock=timedelta(seconds=message.idle_lock),
        idle_warning=timedelta(seconds=message.idle_warning),
        session=timedelta(seconds=message.session),
        badge_window=window,
        badge_idle=timedelta(seconds=message.badge_idle) if message.badge_idle else window,
    )
