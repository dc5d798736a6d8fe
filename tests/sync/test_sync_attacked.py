"""What an attack on sync found, each shown to be mended: nothing swallowed, stuck, or in a loop."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kiosk.cli.sign_off import Parting
from kiosk.cli.wipe import NotWiped, wipe
from kiosk.session.model.audit import Act
from kiosk.session.model.challenge import Challenge, Purpose
from kiosk.session.model.commands import Command, Kind
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Code, Fault, Refusal, Unreachable
from kiosk.session.model.replies import Delivered, News, No
from kiosk.sync.records.audit_store import count_unsent
from kiosk.sync.records.chain import GENESIS, LogEntry
from kiosk.sync.wire.calls import Api
from kiosk.sync.wire.messages import AuditAnchorMessage
from sandbox.admin.members import revoke_trust
from tests.support.chairside import has_set, kept_there, recorded, sets, visit
from tests.sync.conftest import OFFICE, Computer, recollection

Told = AuditAnchorMessage | Refusal | Unreachable


def test_wiping_counts_what_was_put_aside_after_a_fork(computer: Computer) -> None:
    """Law 11, T23: the forked file goes too, with what it never sent."""
    computer.hear()
    computer.store.keep(recorded(computer, Act.ENTERED))
    sets(computer, visit(computer), "Seated")
    computer.outbox.forked()
    computer.stop()
    outcome = wipe(
        computer.profile,
        computer.keychain,
        [OFFICE],
        count_unsent,
        lambda: Parting(computer.profile, computer.keychain),
        yes=True,
        yes_lose=None,
    )
    computer.start()
    assert isinstance(outcome, NotWiped)
    assert "not been sent" in outcome.sentence


def test_records_of_a_forked_chain_are_never_said_to_be_sent(computer: Computer) -> None:
    computer.outbox.forked()
    computer.store.keep(recorded(computer, Act.ENTERED))
    told = computer.posting.send(OFFICE)
    assert isinstance(told, No)
    assert told.why is Fault.RECORDS_BROKEN


def test_a_conflict_is_told_also_where_the_round_ended_in_an_outage(
    computer: Computer, new_computer: Callable[[], Computer], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = new_computer()
    other.join()
    computer.hear()
    has_set(other, "Left")
    sets(computer, visit(computer), "Seated")
    with monkeypatch.context() as away:
        away.setattr(Api, "push_audit", lambda *_: Unreachable.NO_ANSWER)
        assert isinstance(computer.posting.send(OFFICE), No)
    told = computer.posting.send(OFFICE)
    assert isinstance(told, Delivered)
    assert len(told.conflicts) == 1
    assert computer.posting.send(OFFICE) == Delivered(0), "and told once"


@pytest.mark.parametrize(
    "answer",
    [
        AuditAnchorMessage("chain", 0, GENESIS, "receipt"),
        Refusal(Code.AUDIT_GAP, anchor_sequence=0, anchor_digest=GENESIS),
    ],
)
def test_an_answer_that_leads_nowhere_starts_no_storm(
    computer: Computer, monkeypatch: pytest.MonkeyPatch, answer: Told
) -> None:
    """T10: the same batch would go again at once, for ever."""
    computer.store.keep(recorded(computer, Act.ENTERED))
    calls: list[int] = []

    def told(_api: Api, chain: str, lines: Sequence[LogEntry], _head: str) -> Told:
        calls.append(len(lines))
        assert len(calls) < 5
        return replace_chain(answer, chain)

    monkeypatch.setattr(Api, "push_audit", told)
    assert isinstance(computer.posting.send(OFFICE), No)
    assert len(calls) == 1


def replace_chain(answer: Told, chain: str) -> Told:
    """The same answer, about this chain."""
    if isinstance(answer, AuditAnchorMessage):
        return AuditAnchorMessage(chain, answer.sequence, answer.digest, answer.receipt)
    return answer


def test_a_change_that_the_server_cannot_take_does_not_keep_the_records_here(
    computer: Computer,
) -> None:
    computer.hear()
    sets(computer, replace(visit(computer), version=2**53), "Seated")
    computer.store.keep(recorded(computer, Act.LOCKED))
    assert isinstance(computer.posting.send(OFFICE), No)
    assert [sequence for sequence, _ in kept_there(computer)] == [1, 2]


def test_a_change_from_another_century_blinds_nobody(
    computer: Computer, new_computer: Callable[[], Computer]
) -> None:
    """T19: one bad date, and every kiosk of the location understood nothing any more."""
    other = new_computer()
    other.join()
    computer.hear()
    other.hear()
    record = recorded(other, Act.STATUS_SET, detail="Seated", subject=visit(other).id)
    old = datetime(1999, 12, 31, tzinfo=UTC)
    command = sets_at(other, record.sequence, old)
    assert other.store.keep(replace(record, at=old), command) is None
    other.posting.send(OFFICE)
    assert isinstance(computer.listening.news(OFFICE), News)


def sets_at(computer: Computer, sequence: int, at: datetime) -> Command:
    """A change that claims to be of then."""
    seen = visit(computer)
    return Command(
        f"cmd-{'0' * 32}",
        sequence,
        Kind.STATUS,
        seen.id,
        "Seated",
        seen.version,
        "per-maria",
        Strength.TILE,
        OFFICE,
        at,
    )


def test_the_list_comes_back_after_a_new_code(computer: Computer) -> None:
    """The cache was dropped with the trust: the old cursor would bring changes only."""
    computer.hear()
    computer.xchart.pass_time(minutes=2)
    with computer.xchart.state.unit() as db:
        revoke_trust(db, account_id=OFFICE)
    assert isinstance(computer.listening.news(OFFICE), No)
    recollection(computer).forget_trust(OFFICE)
    challenge = computer.approval.open_challenge(Purpose.RETURN, OFFICE)
    assert isinstance(challenge, Challenge)
    computer.approval.text_code(computer.place, challenge, challenge.approvers[0].id)
    computer.approval.answer_code(computer.place, challenge, computer.xchart.newest_code())
    computer.hear()
    assert computer.days.day(OFFICE) is not None


def test_an_older_answer_does_not_undo_newer_news(
    computer: Computer, new_computer: Callable[[], Computer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lost answer is asked for again; what it says of the visit is old by then."""
    other = new_computer()
    other.join()
    computer.hear()
    sets(computer, visit(computer), "Seated")
    # Twice: a call that fails over a connection in use is made once more by itself.
    order = {"path": "/v1/commands", "kind": "lost", "count": 2}
    computer.xchart.control("POST", "/faults", order)
    assert isinstance(computer.posting.send(OFFICE), No)
    has_set(other, "Left")
    computer.hear()
    assert computer.posting.send(OFFICE) == Delivered(0, settled=1)
    assert visit(computer).status == "Left"


def test_nothing_that_the_server_says_is_shown_by_a_repr(computer: Computer) -> None:
    """Law 10."""
    anchor = AuditAnchorMessage("chain-canary", 1, "digest", "receipt")
    assert repr(anchor) == "<AuditAnchorMessage>"


def test_a_forked_file_that_somebody_reads_is_put_aside_whole_later(computer: Computer) -> None:
    """What is still in its log must not be parted from it."""
    computer.store.keep(recorded(computer, Act.ENTERED))
    with closing(sqlite3.connect(computer.profile.audit)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM records").fetchone() == (1,)
        computer.store.keep(recorded(computer, Act.LOCKED))
        computer.outbox.forked()
        computer.restart()
        assert computer.store.next_sequence == 3
        assert not list(computer.profile.data.glob("audit-aud-*.db"))
    computer.restart()
    (aside,) = computer.profile.data.glob("audit-aud-*.db")
    assert count_unsent(aside) == 2
    assert computer.store.next_sequence == 1
