"""Posting to the real server: in order, once, as whoever made it; and what contradicts is said."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from kiosk.session.model.audit import Act
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Code, Fault, Refusal, Unreachable
from kiosk.session.model.replies import Delivered, No
from kiosk.session.ports import Started
from kiosk.session.rules.chairside import command_id
from kiosk.sync.records.outbox import Unsent
from sandbox.tables.rows import AuditChain, AuditRecord, CommandResult, KioskSession
from tests.support.chairside import MARIA, has_set, kept_there, recorded, sets, visit
from tests.support.digits import typed
from tests.sync.conftest import OFFICE, Computer, Noted


def test_records_arrive_once_and_in_order(computer: Computer) -> None:
    for act in (Act.ENTERED, Act.LOCKED, Act.RESUMED, Act.LEFT):
        assert computer.store.keep(recorded(computer, act)) is None
    assert computer.posting.send(OFFICE) == Delivered(0)
    assert computer.posting.send(OFFICE) == Delivered(0)
    acts = ["entered", "locked", "resumed", "left"]
    assert kept_there(computer) == list(enumerate(acts, start=1))
    assert computer.outbox.unsent() == Unsent(0, 0)


def test_what_is_left_of_an_outage_arrives_after_it(computer: Computer) -> None:
    """Law 11: many batches, the server away in between, a restart."""
    for _ in range(1201):
        computer.store.keep(recorded(computer))
    computer.listening.hang_up()
    told = computer.posting.send(OFFICE)
    assert isinstance(told, No)
    assert told.why is Unreachable.NO_ANSWER
    computer.restart()
    assert computer.posting.send("") == Delivered(0)
    assert [sequence for sequence, _ in kept_there(computer)] == list(range(1, 1202))


def test_a_status_is_set_and_known_at_once(computer: Computer) -> None:
    computer.hear()
    before = visit(computer)
    sets(computer, before, "Seated")
    waiting = computer.days.day(OFFICE)
    assert waiting is not None
    assert set(waiting.day.waiting) == {before.id}
    assert computer.posting.send(OFFICE) == Delivered(0, settled=1)
    after = visit(computer)
    assert (after.status, after.version) == ("Seated", before.version + 1)
    assert after.set_by is not None
    assert after.set_by.name == "Maria Lopez"
    settled = computer.days.day(OFFICE)
    assert settled is not None
    assert settled.day.waiting == {}


def test_several_changes_of_one_visit_made_offline_follow_each_other(computer: Computer) -> None:
    computer.hear()
    for to in ("Seated", "Ready for doctor", "Doctor here"):
        sets(computer, visit(computer), to)
    assert computer.posting.send(OFFICE) == Delivered(0, settled=3)
    assert visit(computer).status == "Doctor here"


def test_another_room_that_was_first_is_a_conflict_and_nothing_is_overwritten(
    computer: Computer, new_computer: Callable[[], Computer]
) -> None:
    other = new_computer()
    other.join()
    computer.hear()
    target = visit(computer)
    has_set(other, "Left")
    sets(computer, target, "Seated")
    told = computer.posting.send(OFFICE)
    assert isinstance(told, Delivered)
    (conflict,) = told.conflicts
    assert (conflict.target, conflict.to, conflict.theirs) == (target.id, "Seated", "Left")
    assert conflict.version == target.version + 1
    assert visit(computer).status == "Left"
    sets(computer, visit(computer), "Seated")
    assert computer.posting.send(OFFICE) == Delivered(0, settled=1)
    assert visit(computer).status == "Seated"


def test_what_the_server_will_not_do_is_counted_and_not_sent_again(computer: Computer) -> None:
    computer.hear()
    unknown = replace(visit(computer), id="apt-nowhere")
    sets(computer, unknown, "Seated")
    assert computer.posting.send(OFFICE) == Delivered(0, refused=1, settled=1)
    assert computer.posting.send(OFFICE) == Delivered(0)


def test_a_change_that_arrived_is_said_though_its_record_does_not(computer: Computer) -> None:
    """The mark that it waits would stand until the filter in between lets records pass."""
    computer.hear()
    sets(computer, visit(computer), "Seated")
    fault = {"path": "/v1/audit", "kind": "status", "status": 413, "count": 1}
    computer.xchart.control("POST", "/faults", fault)
    told = computer.posting.send(OFFICE)
    assert isinstance(told, No)
    assert (told.why, told.settled) == (Unreachable.TOO_LARGE, 1)
    assert computer.outbox.queued() == ()
    assert computer.posting.send(OFFICE) == Delivered(0)


def test_without_trust_records_go_and_changes_wait(computer: Computer) -> None:
    computer.hear()
    sets(computer, visit(computer), "Seated")
    assert computer.posting.send("") == Delivered(1)
    assert len(kept_there(computer)) == 1
    assert computer.posting.send(OFFICE) == Delivered(0, settled=1)


def test_everybody_sends_what_they_set_themselves(computer: Computer) -> None:
    """Law 11: with their own trust, in one round, in order, and never as someone else."""
    nina = computer.join_own()
    assert computer.pins.seal(nina, typed("482915"), typed("482915")) is None
    assert isinstance(computer.sign_in.start_session(nina, nina, Strength.PIN), Started)
    computer.pins.close("")
    computer.hear()
    command = sets(computer, visit(computer), "Seated")
    left = recorded(computer, Act.STATUS_SET, detail="Left", subject=command.target)
    own = replace(left, account=nina, actor=nina, strength=Strength.PIN)
    theirs = replace(
        command,
        id=command_id(own.device, own.sequence, own.at),
        sequence=own.sequence,
        actor=nina,
        account=nina,
        strength=Strength.PIN,
        to="Left",
        seen=command.seen + 1,
        after=command.id,
    )
    assert computer.store.keep(own, theirs) is None
    assert computer.posting.send(OFFICE) == Delivered(0, settled=2)
    with computer.xchart.state.unit() as db:
        said = {each.id: each.account_id for each in db.scalars(select(CommandResult))}
    assert said == {command.id: OFFICE, theirs.id: nina}


def test_a_no_to_one_person_concerns_nobody_else(computer: Computer) -> None:
    """facts.md S3: hers waits or is refused; Maria's goes, and nobody is taken out for it."""
    nina = computer.join_own()
    computer.hear()
    first = visit(computer)
    seated = recorded(computer, Act.STATUS_SET, detail="Seated", subject=first.id)
    own = replace(seated, account=nina, actor=nina, strength=Strength.PIN)
    hers = replace(
        sets(computer, first, "Seated"),
        id=command_id(own.device, own.sequence + 1, own.at),
        sequence=own.sequence + 1,
        actor=nina,
        account=nina,
        strength=Strength.PIN,
    )
    assert computer.store.keep(replace(own, sequence=own.sequence + 1), hers) is None
    computer.xchart.control("POST", f"/members/{nina}", {"active": False})
    told = computer.posting.send(OFFICE)
    assert isinstance(told, Delivered)
    assert told.changes == 1


def test_a_server_put_back_gets_again_what_it_lost(computer: Computer) -> None:
    """The anchor it names is believed only where it fits the chain here."""
    for _ in range(3):
        computer.store.keep(recorded(computer))
        assert computer.posting.send(OFFICE) == Delivered(0)
    backed_up_until(computer, 1)
    computer.store.keep(recorded(computer))
    assert computer.posting.send(OFFICE) == Delivered(0)
    assert [sequence for sequence, _ in kept_there(computer)] == [1, 2, 3, 4]


def backed_up_until(computer: Computer, sequence: int) -> None:
    """The server is put back to when it had that many records."""
    with computer.xchart.state.unit() as db:
        for row in db.scalars(select(AuditRecord).where(AuditRecord.sequence > sequence)):
            db.delete(row)
        last = db.scalars(select(AuditRecord).where(AuditRecord.sequence == sequence)).one()
        chain = db.scalars(select(AuditChain)).one()
        chain.sequence, chain.digest = last.sequence, last.digest


def test_a_clone_is_found_out_and_loses_trust(
    computer: Computer, new_computer: Callable[[], Computer]
) -> None:
    """T2: two kiosks with one key and one history; the second to push is refused."""
    computer.store.keep(recorded(computer))
    assert computer.posting.send(OFFICE) == Delivered(0)
    clone = new_computer()
    clone.stop()
    computer.stop()
    for name in ("audit.db", "joined.json"):
        clone.profile.data.joinpath(name).write_bytes((computer.profile.data / name).read_bytes())
    clone.keychain = computer.keychain
    clone.start()
    computer.start()
    computer.store.keep(recorded(computer, Act.LEFT))
    assert computer.posting.send(OFFICE) == Delivered(0)
    computer.xchart.pass_time(seconds=5)
    clone.store.keep(recorded(clone, Act.ENTERED))
    told = clone.posting.send(OFFICE)
    assert isinstance(told, No)
    assert told.why == Refusal(Code.AUDIT_FORKED, told="audit_forked")
    refused = computer.listening.news(OFFICE)
    assert isinstance(refused, No)
    assert isinstance(refused.why, Refusal)
    # What the server refuses as another's is not sent again, and that is said as long as it is so.
    assert clone.outbox.unsent() == Unsent(1, 0)
    again = clone.posting.send(OFFICE)
    assert isinstance(again, No)
    assert again.why is Fault.RECORDS_BROKEN
    clone.restart()
    assert clone.store.next_sequence == 1
    evidence = list(clone.profile.data.glob("audit-aud-*.db"))
    assert len(evidence) == 1
    clone.restart()
    assert list(clone.profile.data.glob("audit-aud-*.db")) == evidence


def test_an_edited_record_is_not_sent(computer: Computer) -> None:
    """T15: what does not fit its chain stops there, and is said; nothing is dropped."""
    computer.store.keep(recorded(computer))
    computer.store.keep(recorded(computer))
    computer.store._db.execute("UPDATE records SET actor = 'per-james' WHERE sequence = 1")
    computer.store._db.commit()
    told = computer.posting.send(OFFICE)
    assert isinstance(told, No)
    assert told.why is Fault.RECORDS_BROKEN
    assert computer.outbox.unsent() == Unsent(2, 0)
    assert kept_there(computer) == []


def test_an_answer_that_is_lost_after_the_work_was_done_changes_nothing(
    computer: Computer,
) -> None:
    """T8: committed, the answer dropped, sent again: one row each."""
    computer.hear()
    sets(computer, visit(computer), "Seated")
    # Twice: a call that fails over a connection in use is made once more by itself.
    order = {"path": "/v1/commands", "kind": "lost", "count": 2}
    computer.xchart.control("POST", "/faults", order)
    assert isinstance(computer.posting.send(OFFICE), No)
    assert computer.posting.send(OFFICE) == Delivered(0, settled=1)
    assert visit(computer).status == "Seated"
    assert len(kept_there(computer)) == 1


def test_what_counts_upon_a_change_that_was_not_done_is_not_done_either(
    computer: Computer, new_computer: Callable[[], Computer]
) -> None:
    """The number would fit the other room's version by chance; what it counts upon does not."""
    other = new_computer()
    other.join()
    computer.hear()
    has_set(other, "Left")
    sets(computer, visit(computer), "Seated")
    first = computer.days.day(OFFICE)
    assert first is not None
    counts_upon = first.day.after(visit(computer).id)
    told = computer.posting.send(OFFICE)
    assert isinstance(told, Delivered)
    assert len(told.conflicts) == 1
    sets(computer, visit(computer), "Recovery", after=counts_upon)
    told = computer.posting.send(OFFICE)
    assert isinstance(told, Delivered)
    assert len(told.conflicts) == 1, "it overwrote what the other room had set"
    assert visit(computer).status == "Left"


def test_a_session_that_ended_during_an_outage_ends_on_the_server_after_it(
    computer: Computer,
) -> None:
    """By the device key alone: whoever it was has long gone home."""
    started = computer.sign_in.start_session(OFFICE, MARIA, Strength.TILE)
    assert isinstance(started, Started)
    computer.xchart.control(
        "POST", "/faults", {"path": "/v1/sessions/", "kind": "close", "count": 2}
    )
    assert isinstance(computer.sign_in.end_session(started.session_id), Unreachable)
    computer.restart()
    assert alive(computer, started.session_id)
    assert computer.posting.send("") == Delivered(0)
    assert not alive(computer, started.session_id)
    assert computer.outbox.ends() == ()


def test_what_stops_the_end_of_a_session_does_not_stop_the_records(computer: Computer) -> None:
    """A filter that lets no DELETE pass lets records pass."""
    started = computer.sign_in.start_session(OFFICE, MARIA, Strength.TILE)
    assert isinstance(started, Started)
    order = {"path": "/v1/sessions/", "kind": "status", "status": 405, "count": 2}
    computer.xchart.control("POST", "/faults", order)
    assert isinstance(computer.sign_in.end_session(started.session_id), Unreachable)
    assert computer.store.keep(recorded(computer)) is None
    computer.posting.send("")
    assert len(kept_there(computer)) == 1


def test_nothing_is_sent_before_the_servers_own_word_is_over(computer: Computer) -> None:
    """``Retry-After`` holds for whoever begins a round, a touch or an answer elsewhere too."""
    assert computer.store.keep(recorded(computer)) is None
    until = computer.xchart.state.clock.now() + timedelta(minutes=5)
    said = computer.sending_failures.failed(Unreachable.BUSY, until)
    assert computer.posting.send(OFFICE) == said
    assert kept_there(computer) == []
    computer.xchart.control("POST", "/time", {"advance": 301})
    assert computer.posting.send(OFFICE) == Delivered(0)


def test_a_server_that_wants_to_be_left_alone_gets_nothing_more_in_the_same_round(
    computer: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An overloaded server that said so to the end of a session got the records all the same."""
    started = computer.sign_in.start_session(OFFICE, MARIA, Strength.TILE)
    assert isinstance(started, Started)
    order = {"path": "/v1/sessions/", "kind": "status", "status": 503, "count": 2}
    computer.xchart.control("POST", "/faults", order)
    assert isinstance(computer.sign_in.end_session(started.session_id), Unreachable)
    assert computer.store.keep(recorded(computer)) is None
    until = computer.xchart.state.clock.now() + timedelta(minutes=5)
    failed = computer.sending_failures.failed
    monkeypatch.setattr(computer.sending_failures, "failed", lambda why, _: failed(why, until))
    told = computer.posting.send("")
    assert isinstance(told, No)
    assert told.why is Unreachable.SERVER_FAULT
    assert kept_there(computer) == []


def alive(computer: Computer, session_id: str) -> bool:
    """Whether the server takes that session for open."""
    with computer.xchart.state.unit() as db:
        return db.get_one(KioskSession, session_id).ended_at is None


def test_what_was_written_this_instant_waits_for_the_next_round(computer: Computer) -> None:
    """The sync lane may see it before the local one has said that it was written."""
    computer.hear()
    before = computer.store.tail
    sets(computer, visit(computer), "Seated")
    computer.posting._witness = Noted(before)
    assert computer.posting.send(OFFICE) == Delivered(1)
    computer.posting._witness = Noted(computer.store.tail)
    assert computer.posting.send(OFFICE) == Delivered(0, settled=1)
    assert visit(computer).status == "Seated"
