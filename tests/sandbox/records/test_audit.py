"""The audit arrives once, whole and in order, and a clone is found out (T2, T8, T15, T22)."""

import http.client
import json

import pytest
from joserfc import jws
from joserfc.jwk import ECKey

from tests.support.sandbox.client import CHEN, OFFICE, Kiosk, base64url
from tests.support.sandbox.contract import example, misfits
from tests.support.sandbox.pushing import GENESIS, Audit, anchored, kept, standings
from tests.support.sandbox.running import Xchart


@pytest.fixture
def kiosk(xchart: Xchart) -> Kiosk:
    """A computer that has joined, with Maria signed in."""
    kiosk = xchart.join()
    assert kiosk.start().status == 201
    return kiosk


@pytest.fixture
def audit(kiosk: Kiosk) -> Audit:
    """Three records of Maria's."""
    audit = Audit(kiosk)
    for minute in (5, 6, 6):
        audit.add(minute)
    return audit


def test_the_published_example_is_chained_as_the_contract_says(kiosk: Kiosk) -> None:
    published = example("AuditBatch.maria")
    records = published["records"]
    assert isinstance(records, list)
    again = Audit(kiosk, chain=str(published["chain"]), records=records)
    anchor = example("AuditAnchor.maria")
    assert anchor["digest"] == again.digest(len(records))
    assert records[1]["subject"], "the chain covers a subject"


def test_it_is_kept_word_for_word_and_anchored(xchart: Xchart, kiosk: Kiosk, audit: Audit) -> None:
    audit.add(7, detail="Größe 2 µg", subject="apt-1")
    anchored(audit.push(), audit, 4)
    rows = kept(xchart, audit.chain)
    for row, told in zip(rows, audit.records, strict=True):
        assert {name: getattr(row, name) for name in told} == told
    assert [row.digest for row in rows] == [audit.digest(n) for n in (1, 2, 3, 4)]


def test_the_receipt_is_the_servers_word(xchart: Xchart, kiosk: Kiosk, audit: Audit) -> None:
    answer = audit.push()
    key = ECKey.import_key(xchart.state.grant_key.as_dict(private=False))
    receipt = jws.deserialize_compact(str(answer.body["receipt"]), key, ["ES256"])
    assert receipt.headers()["typ"] == "audit-anchor+jwt"
    assert json.loads(receipt.payload) == {
        "chain": audit.chain,
        "sequence": 3,
        "digest": audit.digest(3),
        "device": kiosk.jkt,
        "at": "2026-11-23T15:05:00Z",
    }


def test_a_batch_whose_answer_was_lost_counts_once(
    xchart: Xchart, kiosk: Kiosk, audit: Audit
) -> None:
    anchored(audit.push(), audit, 3)
    anchored(audit.push(), audit, 3)
    assert len(kept(xchart, audit.chain)) == 3
    audit.add(8)
    anchored(audit.push(2), audit, 4)
    anchored(audit.push(1, 2), audit, 4)
    assert len(kept(xchart, audit.chain)) == 4
    assert kiosk.changes().status == 200, "a repetition is no clone"


def test_an_answer_dropped_on_the_wire_is_made_up_for(xchart: Xchart, audit: Audit) -> None:
    audit.kiosk.changes()
    xchart.control("POST", "/faults", {"path": "/v1/audit", "kind": "lost"})
    with pytest.raises(http.client.IncompleteRead):
        audit.push()
    assert len(kept(xchart, audit.chain)) == 3
    anchored(audit.push(), audit, 3)
    assert len(kept(xchart, audit.chain)) == 3


def test_what_comes_before_must_be_there(xchart: Xchart, audit: Audit) -> None:
    refused = audit.push(2)
    assert (refused.status, refused.code) == (409, "audit_gap")
    assert (refused.body["anchor_sequence"], refused.body["anchor_digest"]) == (0, GENESIS)
    audit.push(1, 1)
    refused = audit.push(3)
    assert refused.body["anchor_sequence"] == 1
    assert refused.body["anchor_digest"] == audit.digest(1)
    assert misfits("Problem", refused.body) == []
    assert len(kept(xchart, audit.chain)) == 1


def test_a_known_record_with_another_body_shows_a_clone(
    xchart: Xchart, kiosk: Kiosk, audit: Audit
) -> None:
    personal = xchart.join(Kiosk(xchart.address, kiosk.key), "chen@lakeside.example", CHEN, CHEN)
    anchored(audit.push(), audit, 3)
    audit.records[1]["actor"] = "per-james"
    audit.add(8)
    refused = audit.push()
    assert (refused.status, refused.code) == (409, "audit_forked")
    assert [row.actor for row in kept(xchart, audit.chain)] == ["per-maria"] * 3
    for one in (kiosk, personal):
        assert one.changes().code == "trust_revoked"
        assert one.start().code == "trust_revoked"
    assert kiosk.call("POST", f"/v1/sessions/{kiosk.held['session']}/renew").code == "session_ended"


def test_two_computers_with_one_key_the_second_is_found_out(
    xchart: Xchart, kiosk: Kiosk, audit: Audit
) -> None:
    anchored(audit.push(), audit, 3)
    clone = Audit(
        Kiosk(xchart.address, kiosk.key, held=dict(kiosk.held)),
        chain=audit.chain,
        records=[dict(each) for each in audit.records],
    )
    audit.add(8)
    anchored(audit.push(4), audit, 4)
    clone.add(9, actor="per-james")
    assert clone.push(4).code == "audit_forked"
    assert clone.kiosk.start().code == "trust_revoked"


def test_a_history_that_differs_further_back_is_found_by_the_overlap(
    xchart: Xchart, kiosk: Kiosk, audit: Audit
) -> None:
    audit.push()
    audit.records[0]["detail"] = "edited"
    assert audit.push(3).code == "invalid", "the head contradicts what the server computes"
    assert audit.push(1).code == "audit_forked"


def test_after_a_code_a_new_chain_is_taken(xchart: Xchart, kiosk: Kiosk, audit: Audit) -> None:
    audit.push()
    audit.records[0]["actor"] = "per-james"
    assert audit.push().code == "audit_forked"
    xchart.join(kiosk, approver=CHEN)
    fresh = Audit(kiosk)
    fresh.add()
    anchored(fresh.push(), fresh, 1)
    assert kiosk.start().status == 201


def test_the_head_must_be_signed_by_this_computer_about_these_records(
    xchart: Xchart, kiosk: Kiosk, audit: Audit
) -> None:
    right = audit.batch()
    other = Audit(Kiosk(xchart.address), chain=audit.chain, records=audit.records)
    audit.add(8)
    heads = {
        "by another key": other.head(3),
        "of another kind": audit.head(3, typ="grant+jwt"),
        "of another chain": audit.head(3, chain="aud-" + "0" * 32),
        "of another record": audit.head(4),
        "of another digest": audit.head(3, digest=GENESIS),
        "without a digest": audit.head(3, digest=None),
        "not a head": "x.y.z",
        "not even that": "",
        "not an object": jws.serialize_compact(
            {"alg": "ES256", "typ": "audit-head+jwt"}, "[]", kiosk.key, ["ES256"]
        ),
        "nested too deeply": jws.serialize_compact(
            {"alg": "ES256", "typ": "audit-head+jwt"}, "[" * 1300, kiosk.key, ["ES256"]
        ),
        "with a head nested too deeply": base64url(b"[" * 1300) + ".e30.e30",
    }
    for name, head in heads.items():
        refused = audit.send({**right, "head": head})
        assert (refused.status, refused.code) == (422, "invalid"), name
    assert kept(xchart, audit.chain) == []
    assert kiosk.changes().status == 200, "a broken head is no clone"
    anchored(audit.send(right), audit, 3)


@pytest.mark.parametrize("order", [(1, 3), (2, 1), (1, 1), ()])
def test_records_out_of_order_are_refused(
    xchart: Xchart, audit: Audit, order: tuple[int, ...]
) -> None:
    records = [audit.records[each - 1] for each in order]
    apt = Audit(audit.kiosk, chain=audit.chain, records=records)
    head = apt.head(len(records), sequence=order[-1] if order else 0)
    refused = apt.send({"chain": audit.chain, "records": records, "head": head})
    assert (refused.status, refused.code) == (422, "invalid")
    assert kept(xchart, audit.chain) == []


def test_five_hundred_at_once_and_no_more(xchart: Xchart, kiosk: Kiosk) -> None:
    audit = Audit(kiosk)
    for _ in range(501):
        audit.add(detail="x" * 200)
    refused = audit.push()
    assert (refused.status, refused.code) == (422, "invalid")
    anchored(audit.push(1, 500), audit, 500)
    anchored(audit.push(501), audit, 501)


def test_a_computer_that_never_joined_has_nothing_to_say(xchart: Xchart) -> None:
    audit = Audit(Kiosk(xchart.address))
    audit.add()
    assert (audit.push().status, audit.push().code) == (404, "unknown")


def test_a_revoked_computer_may_still_say_what_happened(
    xchart: Xchart, kiosk: Kiosk, audit: Audit
) -> None:
    xchart.control("POST", f"/computers/{kiosk.jkt}", {"revoke": "device"})
    assert kiosk.changes().code == "device_revoked"
    anchored(audit.push(), audit, 3)


def test_a_deactivated_accounts_records_are_taken(
    xchart: Xchart, kiosk: Kiosk, audit: Audit
) -> None:
    xchart.control("POST", f"/members/{OFFICE}", {"active": False})
    anchored(audit.push(), audit, 3)
    assert standings(xchart, audit) == ["session_proved"] * 3


def test_an_orphaned_chain_goes_on_exactly_and_is_marked(
    xchart: Xchart, kiosk: Kiosk, audit: Audit
) -> None:
    anchored(audit.push(1, 2), audit, 2)
    anew = xchart.join(approver=CHEN)
    assert anew.jkt != kiosk.jkt
    orphan = Audit(anew, device=kiosk.jkt, chain=audit.chain, records=audit.records)
    anchored(orphan.push(3), orphan, 3)
    orphan.add(7, device=anew.jkt)
    anchored(orphan.push(4), orphan, 4)
    wanted = ["session_proved"] * 2 + ["orphaned", "device_claimed"]
    assert standings(xchart, audit) == wanted
    assert kept(xchart, audit.chain)[2].pushed_by == anew.jkt


def test_a_chain_that_was_never_pushed_may_be_orphaned_too(xchart: Xchart, kiosk: Kiosk) -> None:
    orphan = Audit(xchart.join(approver=CHEN), device=kiosk.jkt)
    orphan.add()
    orphan.add(actor=CHEN)
    orphan.push()
    assert standings(xchart, orphan) == ["orphaned", "not_believed"]


def test_another_computer_that_contradicts_a_chain_is_out_itself(
    xchart: Xchart, kiosk: Kiosk, audit: Audit
) -> None:
    audit.push()
    thief = xchart.join(approver=CHEN)
    forged = Audit(thief, device=kiosk.jkt, chain=audit.chain)
    forged.add(actor="per-james")
    assert forged.push().code == "audit_forked"
    assert thief.start().code == "trust_revoked"
    assert kiosk.start().status == 201, "whose chain it is goes on"
    audit.add(8)
    anchored(audit.push(4), audit, 4)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sequence", 0),
        ("sequence", "1"),
        ("sequence", 2**63),
        ("at", "2026-11-23T15:05:00Z"),
        ("at", "2026-02-30T15:05:00.000000Z"),
        ("at", "2026-11-23T15:05:00.000000+01:00"),
        ("actor", None),
        ("detail", "x" * 201),
        ("subject", 5),
    ],
)
def test_what_is_no_record_is_refused_whole(
    xchart: Xchart, audit: Audit, field: str, value: object
) -> None:
    odd = Audit(audit.kiosk, records=[{**audit.records[0], field: value}])
    head = odd.head(1, sequence=odd.records[0]["sequence"])
    refused = odd.send({**odd.batch(), "head": head})
    assert (refused.status, refused.code) == (422, "invalid")
    assert kept(xchart, odd.chain) == []
