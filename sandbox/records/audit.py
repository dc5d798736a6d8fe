"""A computer's audit as it arrives: chained, anchored, kept once, never refused for what it says.

Owns the chains and their records. What is known already is skipped; what contradicts it shows a
clone, and ends that computer's trust (threats T2, T8, T15).
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from joserfc import jws
from joserfc.jwk import ECKey
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from sandbox.access import sessions
from sandbox.admin import members
from sandbox.contract.bodies import AuditBatch
from sandbox.contract.bodies import AuditRecord as Told
from sandbox.contract.refusals import Refusal
from sandbox.identity import floats
from sandbox.records.record_standing import NOT_BELIEVED, Witness
from sandbox.server.clinic_days import day_of
from sandbox.server.moment import precise, rfc3339
from sandbox.server.server_state import ServerState
from sandbox.server.signed import claims_of, header_of
from sandbox.tables.rows import AuditChain, AuditRecord, Device

GENESIS = "0" * 64


def push(db: Session, state: ServerState, key: ECKey, batch: AuditBatch) -> dict[str, object]:
    """``AuditAnchor`` of the contract: what is kept now, after this batch."""
    jkt, now = key.thumbprint(), state.clock.now()
    if db.get(Device, jkt) is None:
        raise Refusal("unknown", "this computer never joined")
    signed = _opened(key, batch)
    chain = db.get(AuditChain, batch.chain)
    if chain is None:
        chain = AuditChain(chain=batch.chain, jkt=jkt, sequence=0, digest=GENESIS)
    first = batch.records[0].sequence
    if first > chain.sequence + 1:
        raise Refusal("audit_gap", anchor_sequence=chain.sequence, anchor_digest=chain.digest)
    kept = _kept_digests(db, batch)
    digests = _digests(kept.get(first - 1, GENESIS), batch.records)
    if any(kept.get(number, digest) != digest for number, digest in digests.items()):
        _found_out(db, chain, jkt, now)
        raise Refusal("audit_forked")
    if signed != digests[batch.records[-1].sequence]:
        raise _invalid("the head is not that of these records")
    db.add(chain)
    chain.jkt = jkt
    fresh = [each for each in batch.records if each.sequence > chain.sequence]
    if fresh:
        _keep(db, chain, fresh, digests, now)
    return _anchor(state, chain, now)


def canonical(record: Told) -> str:
    """A record as it is digested: sorted keys, no spaces, ``subject`` only when there is one."""
    fields = record.model_dump()
    if not record.subject:
        del fields["subject"]
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _digests(before: str, records: list[Told]) -> dict[int, str]:
    found: dict[int, str] = {}
    for each in records:
        before = hashlib.sha256(f"{before}\n{canonical(each)}".encode()).hexdigest()
        found[each.sequence] = before
    return found


def _kept_digests(db: Session, batch: AuditBatch) -> dict[int, str]:
    first, last = batch.records[0].sequence, batch.records[-1].sequence
    wanted = select(AuditRecord.sequence, AuditRecord.digest).where(
        AuditRecord.chain == batch.chain, AuditRecord.sequence.between(first - 1, last)
    )
    return {row.sequence: row.digest for row in db.execute(wanted)}


def _opened(key: ECKey, batch: AuditBatch) -> str:
    """The digest that the device key has signed for the last record."""
    header, said = header_of(batch.head), claims_of(batch.head, key)
    if header is None or said is None:
        raise _invalid("the head cannot be read or verified")
    if header.get("typ") != "audit-head+jwt":
        raise _invalid("the head is not a head")
    digest = said.get("digest")
    about = said.get("chain"), said.get("sequence")
    if about != (batch.chain, batch.records[-1].sequence) or not isinstance(digest, str):
        raise _invalid("the head is about something else")
    return digest


def _invalid(what: str) -> Refusal:
    return Refusal("invalid", errors=[{"loc": ["head"], "msg": what}])


def _found_out(db: Session, chain: AuditChain, jkt: str, now: datetime) -> None:
    """Two histories under one key: that computer is out until a code lets it in again."""
    chain.forked_at, chain.forked_by = now, jkt
    sessions.end_all(db, now, jkt=jkt)
    members.revoke_trust(db, jkt=jkt)


@dataclass(frozen=True, slots=True)
class _Named:
    who: str
    account_label: str
    computer: str
    location: str
    operatory: str


def _keep(
    db: Session, chain: AuditChain, fresh: list[Told], digests: dict[int, str], now: datetime
) -> None:
    witness = Witness(db, chain.jkt, now)
    rows = []
    typed: dict[tuple[str, str], str] = {}
    told = db.scalars(select(AuditChain.believed_until).where(AuditChain.jkt == chain.jkt))
    closed = max([chain.believed_until, *told])
    chain.believed_until = closed
    until = datetime.fromisoformat(closed) if closed else None
    for each in fresh:
        standing = witness.standing(each, until)
        if standing != NOT_BELIEVED:
            # A clock that is fast may be put right: the past is closed up to now, and no further.
            chain.believed_until = max(chain.believed_until, min(each.at, precise(now)))
            if witness.floating(each) and day_of(datetime.fromisoformat(each.at)) == day_of(now):
                typed.setdefault((each.account, each.actor), each.device)
        named = _named(witness, each, standing, chain.jkt)
        rows.append(
            {
                **each.model_dump(),
                "chain": chain.chain,
                "digest": digests[each.sequence],
                "standing": standing,
                "who": named.who,
                "account_label": named.account_label,
                "computer": named.computer,
                "location": named.location,
                "operatory": named.operatory,
                "pushed_by": chain.jkt,
                "arrived_at": now,
            }
        )
    db.flush()
    db.execute(insert(AuditRecord), rows)
    for (account_id, name), jkt in typed.items():
        account, device = witness.account(account_id), witness.device(jkt)
        if account is not None and device is not None:
            floats.heard(db, account, name, device, now)
    chain.sequence, chain.digest = fresh[-1].sequence, digests[fresh[-1].sequence]


def _named(witness: Witness, record: Told, standing: str, pusher: str) -> _Named:
    """Names as they were when the record arrived; nobody's, where it is not believed."""
    device = witness.device(pusher if standing == NOT_BELIEVED else record.device)
    who = label = ""
    if standing != NOT_BELIEVED:
        account = witness.account(record.account)
        who = witness.name(record.account, record.device, record.actor, record.strength) or ""
        label = account.label if account is not None else ""
    if device is None:
        return _Named(who, label, "", "", "")
    return _Named(who, label, device.computer, device.location, device.operatory)


def _anchor(state: ServerState, chain: AuditChain, now: datetime) -> dict[str, object]:
    anchor = {"chain": chain.chain, "sequence": chain.sequence, "digest": chain.digest}
    header = {"alg": "ES256", "typ": "audit-anchor+jwt", "kid": state.grant_key.kid}
    payload = json.dumps({**anchor, "device": chain.jkt, "at": rfc3339(now)})
    receipt = jws.serialize_compact(header, payload, state.grant_key, ["ES256"])
    return {**anchor, "receipt": receipt}
