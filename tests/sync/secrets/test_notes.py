"""A note comes back as it was written, and an older kiosk's is one."""

import json

from hypothesis import given
from hypothesis import strategies as st

from kiosk.keychain.port import STORED_LIMIT, Item, ItemName, pack
from kiosk.sync.records.chain import Note, Tail
from kiosk.sync.secrets.notes import note_of, written_note

TAILS = st.builds(
    Tail,
    st.text("0123456789abcdef", min_size=32, max_size=32).map("aud-".__add__),
    st.integers(0, 2**63 - 1),
    st.text("0123456789abcdef", min_size=64, max_size=64),
)


@given(st.builds(Note, TAILS, st.booleans(), st.none() | TAILS))
def test_a_note_comes_back_and_fits_every_keychain(note: Note) -> None:
    written = written_note(note)
    assert note_of(written) == note
    packed = pack(ItemName(Item.AUDIT_TAIL), written)
    assert isinstance(packed, str)
    assert len(packed) < STORED_LIMIT


@given(TAILS)
def test_what_a_kiosk_of_before_wrote_is_a_note(tail: Tail) -> None:
    old = {"chain": tail.chain, "sequence": tail.sequence, "digest": tail.digest}
    assert note_of(json.dumps(old)) == Note(tail)
    assert note_of(json.dumps({**old, "sequence": "7"})) is None
    assert note_of(json.dumps({**old, "lost": 5})) == Note(tail)
