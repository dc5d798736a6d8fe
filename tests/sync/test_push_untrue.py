"""A change that somebody edited while it waited is never sent as theirs (T24, laws 4 and 11)."""

import pytest
from sqlalchemy import select

from kiosk.session.model.refusals import Fault
from kiosk.session.model.replies import Delivered, No
from kiosk.sync.records.chain import Flaw, verify
from kiosk.sync.records.ledger import open_ledger
from kiosk.sync.records.outbox import Unsent
from sandbox.tables.rows import CommandResult
from tests.support.chairside import recorded, sets, visit
from tests.sync.conftest import OFFICE, Computer, Noted
from tests.sync.records.test_chain import change, rewritten

EDITS = (
    "UPDATE commands SET actor = 'per-james' WHERE sequence = ?",
    "UPDATE commands SET strength = 'pin' WHERE sequence = ?",
    "UPDATE commands SET set_to = 'Left' WHERE sequence = ?",
    "UPDATE commands SET target = 'apt-other' WHERE sequence = ?",
    "UPDATE commands SET kind = 'operatory' WHERE sequence = ?",
    "UPDATE commands SET at = '2026-01-01T00:00:00.000000Z' WHERE sequence = ?",
    "UPDATE commands SET id = 'cmd-' || lower(hex(randomblob(16))) WHERE sequence = ?",
    "UPDATE commands SET sequence = 1 WHERE sequence = ?",
)


@pytest.mark.parametrize("edit", EDITS)
def test_a_change_that_is_not_what_its_record_says_is_not_sent(
    computer: Computer, edit: str
) -> None:
    """T24, laws 4, 11: who, what and of what cannot be given to it while it waits."""
    computer.hear()
    computer.store.keep(recorded(computer))
    before = visit(computer).status
    one = sets(computer, visit(computer), "Seated")
    two = sets(computer, visit(computer), "Ready for doctor")
    change(computer.profile.audit, edit, (one.sequence,))
    with open_ledger(computer.profile.audit) as ledger:
        (finding,) = verify(ledger, None).findings
    assert finding.flaw is Flaw.UNTRUE
    told = computer.posting.send(OFFICE)
    assert isinstance(told, Delivered)
    # The second counts upon the first, as the server sees for itself.
    assert (told.refused, len(told.conflicts), told.settled) == (1, 1, 2)
    with computer.xchart.state.unit() as db:
        assert [each.id for each in db.scalars(select(CommandResult))] == [two.id]
    assert visit(computer).status == before
    assert computer.outbox.unsent() == Unsent(0, 0)
    with open_ledger(computer.profile.audit) as ledger:
        assert [each.flaw for each in verify(ledger, None).findings] == [Flaw.UNTRUE]


def test_a_change_given_to_another_account_is_not_sent(computer: Computer) -> None:
    """Law 11: not with that one's trust either."""
    computer.hear()
    one = sets(computer, visit(computer), "Seated")
    own = computer.join_own()
    change(computer.profile.audit, "UPDATE commands SET account = ?", (own,))
    told = computer.posting.send(OFFICE)
    assert isinstance(told, Delivered)
    assert told.refused == 1
    with computer.xchart.state.unit() as db:
        assert db.get(CommandResult, one.id) is None


def test_a_change_whose_record_is_rewritten_with_it_is_not_sent(computer: Computer) -> None:
    """The record is in the chain, and the chain leads to what was written last."""
    computer.hear()
    sets(computer, visit(computer), "Seated")
    tail = computer.store.tail
    change(computer.profile.audit, "UPDATE records SET actor = 'per-james'")
    change(computer.profile.audit, "UPDATE commands SET actor = 'per-james'")
    rewritten(computer.profile.audit)
    computer.posting._witness = Noted(tail)
    told = computer.posting.send(OFFICE)
    assert isinstance(told, No)
    assert told.why is Fault.RECORDS_BROKEN
    with computer.xchart.state.unit() as db:
        assert db.scalar(select(CommandResult)) is None
