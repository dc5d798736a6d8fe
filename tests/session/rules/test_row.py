"""A line of the table: its own phase is always reachable, and it says which records it makes."""

from kiosk.session.model import intents as want
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act
from kiosk.session.rules.removing import looked_away
from kiosk.session.rules.row import row


def test_a_line_leads_back_to_its_own_phase_and_makes_no_record_unasked() -> None:
    line = row(s.ThisComputer, want.WentBack, looked_away, s.Active)
    assert line.leads_to == (s.ThisComputer, s.Active)
    assert line.records == frozenset()
    assert row(s.ThisComputer, want.WentBack, looked_away, records=[Act.LEFT]).records == frozenset(
        {Act.LEFT}
    )
