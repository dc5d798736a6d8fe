"""How the keychain's note of the audit is written, and read again."""

import json
from dataclasses import asdict

from kiosk.local.json_files import object_in
from kiosk.sync.records.chain import Note, Tail


def note_of(text: str) -> Note | None:
    """A note as it was written; None where it is none."""
    told = object_in(text)
    tail = _tail_of(told)
    return Note(tail, told.get("over") is True, _tail_of(told.get("lost"))) if tail else None


def written_note(note: Note) -> str:
    """As JSON; what a kiosk of before wrote is a note without the rest."""
    told: dict[str, object] = asdict(note.tail)
    if note.over:
        told["over"] = True
    if note.lost is not None:
        told["lost"] = asdict(note.lost)
    return json.dumps(told)


def _tail_of(told: object) -> Tail | None:
    match told:
        case {"chain": str(chain), "sequence": int(sequence), "digest": str(digest)}:
            return Tail(chain, sequence, digest)
        case _:
            return None
