"""How the keychain's note of a case is written, and read again."""

import json
from dataclasses import asdict, dataclass

from kiosk.local.json_files import instant_in, object_in
from kiosk.session.model.audit import Cause
from kiosk.session.model.case import CaseNote, Pending
from kiosk.session.model.people import Person, Strength
from kiosk.session.model.refusals import Code, Fault, Refusal
from kiosk.sync.records.chain import Tail

STRENGTHS = [each.value for each in Strength]


@dataclass(frozen=True, slots=True)
class KeptCase:
    """A case, and the record that began it: without that one it is nobody's (T24)."""

    note: CaseNote
    record: Tail


def written_case(kept: KeptCase) -> str:
    """As JSON."""
    note = kept.note
    return json.dumps(
        {
            "record": asdict(kept.record),
            "whose": asdict(note.whose),
            "began_at": note.began_at.isoformat(),
            "until": note.until.isoformat(),
            "account": note.account_id,
            "person": asdict(note.person),
            "strength": note.strength.value,
            "visit": note.visit,
            "pending": [written_pending(each) for each in note.pending],
        },
        ensure_ascii=False,  # an item holds few signs, and names may be wide
    )


def written_pending(waits: Pending) -> dict[str, str]:
    """The cause, and the code of what waits."""
    reason = waits.reason
    if isinstance(reason, Refusal):
        return {"cause": waits.cause.value, "code": reason.code.value}
    return {"cause": waits.cause.value, "fault": reason.value}


def pending_of(told: object) -> Pending | None:
    """The same, read."""
    try:
        match told:
            case {"cause": str(cause), "code": str(code)}:
                return Pending(Cause(cause), Refusal(Code(code)))
            case {"cause": str(cause), "fault": str(fault)}:
                return Pending(Cause(cause), Fault(fault))
            case _:
                return None
    except ValueError:
        return None


def case_of(text: str) -> KeptCase | None:
    """As it was written; None where it cannot be understood."""
    match object_in(text):
        case {
            "record": {"chain": str(chain), "sequence": int(sequence), "digest": str(digest)},
            "whose": {"id": str(whose), "name": str(whose_name)},
            "began_at": str(began),
            "until": str(end),
            "account": str(account_id),
            "person": {"id": str(person), "name": str(name)},
            "strength": str(strength),
            "visit": str(visit),
            "pending": list(waiting),
        } if strength in STRENGTHS:
            began_at, until = instant_in(began), instant_in(end)
        case _:
            return None
    pending = tuple(pending_of(each) for each in waiting)
    read = tuple(each for each in pending if each is not None)
    if began_at is None or until is None or len(read) < len(pending):
        return None
    note = CaseNote(
        sequence,
        Person(whose, whose_name),
        began_at,
        until,
        account_id,
        Person(person, name),
        Strength(strength),
        visit,
        read,
    )
    return KeptCase(note, Tail(chain, sequence, digest))
