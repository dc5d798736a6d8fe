"""When someone leaves: who they are here, and what settling each thing does and does not do."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select

from sandbox.admin import departures
from sandbox.admin.departures import Hindered, Leaver, Settling
from sandbox.contract.refusals import Refusal
from sandbox.records import traces
from sandbox.tables.rows import Account, AuditRecord, Listing, Person
from sandbox.tables.settled import Settled
from tests.support.sandbox.browsing import cookie_of, sign_in
from tests.support.sandbox.client import CHEN, DEMO_WORD, OFFICE, RIVERA, Answer, Kiosk
from tests.support.sandbox.codes import app_of
from tests.support.sandbox.pushing import Audit, kept
from tests.support.sandbox.running import Xchart

BECKER, PATEL, MARIA = "acc-becker", "acc-patel", "per-maria"
FRONT_DESK = "frontdesk@lakeside.example"
NEW = "four quiet herons"


def found(xchart: Xchart, identity: str) -> Leaver:
    """The person of that id."""
    with xchart.state.unit() as db:
        return departures.find(db, identity, xchart.state.clock.now())


def settle(xchart: Xchart, identity: str, act: Callable[[Settling], None]) -> None:
    """One act of Tom Becker's, an admin."""
    now = xchart.state.clock.now()
    with xchart.state.unit() as db:
        leaver = departures.find(db, identity, now)
        act(Settling(db, leaver, db.get_one(Account, BECKER), now))


def hindrance(xchart: Xchart, identity: str, act: Callable[[Settling], None]) -> str:
    """Why it cannot be done."""
    with pytest.raises((Hindered, Refusal)) as caught:
        settle(xchart, identity, act)
    trouble: Exception = caught.value
    if isinstance(trouble, Refusal):
        return trouble.code
    assert isinstance(trouble, Hindered)
    return trouble.why


def give_password(xchart: Xchart, password: str = NEW) -> None:
    """The front desk's new password, because Maria left."""
    settle(xchart, MARIA, lambda act: act.give_password(OFFICE, password))


def renewed(kiosk: Kiosk) -> Answer:
    """The kiosk's session once more."""
    return kiosk.call("POST", f"/v1/sessions/{kiosk.held['session']}/renew")


def test_everybody_is_there_once_and_a_shared_login_is_nobody(xchart: Xchart) -> None:
    with xchart.state.unit() as db:
        db.add(
            Account(
                id="acc-maria",
                label="maria  lopez",
                email="m@x",
                shared=False,
                roles=frozenset({"member"}),
            )
        )
        db.add(Person(id="per-zz", account_id="acc-harbor", name="Maria Lopez"))
        db.flush()
        everybody = departures.everybody(db, xchart.state.clock.now())
    assert [each.id for each in everybody] == [
        "per-aisha",
        RIVERA,
        CHEN,
        "per-james",
        "acc-maria",
        PATEL,
        BECKER,
    ]
    for identity in ("acc-maria", MARIA, "per-zz"):
        assert found(xchart, identity).ids == ["acc-maria", MARIA, "per-zz"]
    for nobody in (OFFICE, "per-nobody"):
        with pytest.raises(Refusal):
            found(xchart, nobody)


def test_deactivating_ends_what_is_open(xchart: Xchart) -> None:
    kiosk = xchart.join(email="patel@lakeside.example", account=PATEL, approver=PATEL)
    kiosk.start(PATEL)
    assert not found(xchart, PATEL).gone
    settle(xchart, PATEL, lambda act: act.deactivate(PATEL))
    assert found(xchart, PATEL).gone
    assert renewed(kiosk).code == "account_deactivated"


def test_an_admin_does_not_deactivate_their_own_login(xchart: Xchart) -> None:
    assert hindrance(xchart, BECKER, lambda act: act.deactivate(BECKER)) == "own_login"
    assert not found(xchart, BECKER).gone


def test_a_name_taken_off_ends_its_sessions_and_nobody_elses(xchart: Xchart) -> None:
    maria, james, typed = xchart.join(), xchart.join(approver=CHEN), Kiosk(xchart.address)
    xchart.pass_time(hours=1)
    xchart.join(typed)
    maria.start(MARIA)
    james.start("per-james")
    typed.start("Maria Lopez", "self-named")
    settle(xchart, MARIA, lambda act: act.take_off(MARIA))
    assert renewed(maria).code == "session_ended"
    assert renewed(typed).code == "session_ended"
    assert renewed(james).status == 200
    assert maria.start(MARIA).status >= 400
    assert maria.start("per-james").status == 201, "the computer itself goes on"


def test_the_web_page_opened_from_it_ends_too_and_other_browsers_do_not(xchart: Xchart) -> None:
    kiosk = xchart.join()
    handoff = kiosk.start(MARIA).body["handoff"]
    assert isinstance(handoff, dict)
    page = xchart.open_page(str(handoff["url"]))
    own, _ = sign_in(xchart, FRONT_DESK, CHEN)
    settle(xchart, MARIA, lambda act: act.take_off(MARIA))
    assert xchart.page("/today", page).status == 303
    assert xchart.page("/today", own).status == 200


def test_what_they_did_stays_theirs(xchart: Xchart) -> None:
    kiosk = xchart.join()
    kiosk.start(MARIA)
    settle(xchart, MARIA, lambda act: act.take_off(MARIA))
    audit = Audit(kiosk)
    audit.add()
    audit.push()
    assert [each.who for each in kept(xchart, audit.chain)] == ["Maria Lopez"]
    with xchart.state.unit() as db:
        assert db.get(Listing, (OFFICE, kiosk.jkt, MARIA)) is not None


def test_who_was_taken_off_is_found_for_thirty_days(xchart: Xchart) -> None:
    for _ in range(2):
        settle(xchart, MARIA, lambda act: act.take_off(MARIA))
    leaver = found(xchart, MARIA)
    assert (leaver.id, leaver.gone, leaver.listed) == (MARIA, True, [])
    (note,) = leaver.settled
    assert (note.what, note.by, note.name) == ("name", "Tom Becker", "Maria Lopez")
    xchart.pass_time(days=30)
    with pytest.raises(Refusal):
        found(xchart, MARIA)


def test_one_who_comes_back_within_the_month_is_listed_again(xchart: Xchart) -> None:
    settle(xchart, MARIA, lambda act: act.take_off(MARIA))
    with xchart.state.unit() as db:
        db.add(Person(id="per-again", account_id=OFFICE, name="Maria Lopez"))
    leaver = found(xchart, MARIA)
    assert [each.id for each in leaver.listed] == ["per-again"]
    assert not leaver.gone


def test_the_old_password_is_refused_and_the_computers_go_on(xchart: Xchart) -> None:
    kiosk = xchart.join()
    give_password(xchart)
    stranger = Kiosk(xchart.address)
    assert stranger.ask_to_join().code == "credentials_wrong"
    assert stranger.ask_to_join(password=NEW).status == 201
    assert kiosk.start().status == 201
    assert renewed(kiosk).status == 200


def test_browsers_are_signed_out_and_need_a_code_again(xchart: Xchart) -> None:
    kiosk = xchart.join(approver=CHEN)
    handoff = kiosk.start().body["handoff"]
    assert isinstance(handoff, dict)
    page = xchart.open_page(str(handoff["url"]))
    session, browser = sign_in(xchart, FRONT_DESK, RIVERA)
    other, _ = sign_in(xchart, "chen@lakeside.example", CHEN)
    give_password(xchart)
    assert xchart.page("/today", session).status == 303
    assert xchart.page("/today", page).status == 200, "a computer's own page goes on"
    assert xchart.page("/today", other).status == 200
    wish = {"email": FRONT_DESK, "password": NEW}
    again = xchart.page("/signin", browser, wish)
    assert again.headers["Location"].startswith("/signin/code")


def test_what_the_old_password_had_begun_is_over(xchart: Xchart) -> None:
    kiosk, joined = Kiosk(xchart.address), xchart.join(approver=CHEN)
    challenge = str(kiosk.ask_to_join().body["id"])
    kiosk.deliver(challenge, RIVERA)
    code = xchart.newest_code()
    returning = str(joined.ask_again().body["id"])
    give_password(xchart)
    assert kiosk.answer(challenge, code).code == "challenge_over"
    xchart.pass_time(minutes=1)
    joined.deliver(returning, CHEN)
    assert joined.answer(returning, xchart.newest_code()).status == 200, "computers go on"


def test_a_browser_that_typed_the_old_one_is_not_let_in_after_it(xchart: Xchart) -> None:
    typed = xchart.page("/signin", "", {"email": FRONT_DESK, "password": DEMO_WORD})
    challenge, browser = typed.headers["Location"].partition("challenge=")[2], cookie_of(typed)
    xchart.page("/signin/text", browser, {"challenge": challenge, "approver": RIVERA})
    give_password(xchart)
    given = {"challenge": challenge, "code": xchart.newest_code()}
    assert xchart.page("/signin/code", browser, given).headers["Location"] == "/signin"


def test_an_invitation_still_open_sets_no_other_password(xchart: Xchart) -> None:
    admin, _ = sign_in(xchart, "rivera@lakeside.example", RIVERA)
    wish = {"label": "Harbor Desk", "email": "h@x.y", "roles": "member", "shared": "yes"}
    xchart.page("/members", admin, wish)
    mails = xchart.control("GET", "/mails").text
    token = mails.partition("/invitations/")[2].partition('"')[0]
    with xchart.state.unit() as db:
        harbor = db.scalars(select(Account.id).where(Account.label == "Harbor Desk")).one()
    settle(xchart, MARIA, lambda act: act.give_password(harbor, NEW))
    assert xchart.page(f"/invitations/{token}", "").status == 410


def test_the_password_it_has_is_no_new_one(xchart: Xchart) -> None:
    why = hindrance(xchart, MARIA, lambda act: act.give_password(OFFICE, DEMO_WORD))
    assert why == "same_password"
    assert found(xchart, MARIA).settled == []


def test_nobodys_own_password_is_given_here(xchart: Xchart) -> None:
    with pytest.raises(Refusal):
        settle(xchart, MARIA, lambda act: act.give_password(PATEL, NEW))


def test_a_phone_gets_no_more_codes(xchart: Xchart) -> None:
    settle(xchart, CHEN, lambda act: act.silence_phone(CHEN))
    kiosk = Kiosk(xchart.address)
    asked = kiosk.ask_to_join()
    approvers = asked.body["approvers"]
    assert isinstance(approvers, list)
    assert [each["id"] for each in approvers] == [RIVERA]
    assert kiosk.deliver(str(asked.body["id"]), CHEN).code == "unknown"


def test_the_last_phone_that_gets_codes_stays(xchart: Xchart) -> None:
    settle(xchart, CHEN, lambda act: act.silence_phone(CHEN))
    why = hindrance(xchart, RIVERA, lambda act: act.silence_phone(RIVERA))
    assert why == "last_approver"
    kiosk = Kiosk(xchart.address)
    assert kiosk.deliver(str(kiosk.ask_to_join().body["id"]), RIVERA).status == 201


@pytest.mark.parametrize("other", ["inactive", "no phone"])
def test_another_who_cannot_be_texted_does_not_count(xchart: Xchart, other: str) -> None:
    with xchart.state.unit() as db:
        chen = db.get_one(Account, CHEN)
        if other == "inactive":
            chen.active = False
        else:
            chen.phone = None
    why = hindrance(xchart, RIVERA, lambda act: act.silence_phone(RIVERA))
    assert why == "last_approver"


def test_a_phone_taken_off_stays_off_when_roles_are_saved(xchart: Xchart) -> None:
    settle(xchart, CHEN, lambda act: act.silence_phone(CHEN))

    def after(*roles: str) -> bool:
        xchart.control("POST", f"/members/{CHEN}", {"roles": list(roles)})
        with xchart.state.unit() as db:
            return db.get_one(Account, CHEN).approver

    assert not after("provider")
    assert not after("provider", "admin")
    assert not after("member")
    assert after("provider"), "who becomes a provider anew gets codes"


@pytest.mark.parametrize("act", ["deactivate", "take_off", "silence_phone", "mailbox_done"])
@pytest.mark.parametrize("subject", ["per-james", BECKER, "", "x"])
def test_nothing_of_somebody_else_is_settled(xchart: Xchart, act: str, subject: str) -> None:
    with pytest.raises(Refusal):
        settle(xchart, MARIA, lambda settling: getattr(settling, act)(subject))
    with xchart.state.unit() as db:
        assert db.scalars(select(Settled)).all() == []


def at(xchart: Xchart, audit: Audit) -> traces.Traces:
    """Maria's traces, once the audit is there."""
    assert audit.push().status == 200
    now: datetime = xchart.state.clock.now()
    with xchart.state.unit() as db:
        return traces.of(db, departures.find(db, MARIA, now), [OFFICE], now)


def test_their_records_as_actor_as_holder_and_by_a_typed_name(xchart: Xchart) -> None:
    kiosk = xchart.join()
    xchart.join(kiosk, "patel@lakeside.example", PATEL, PATEL)
    with xchart.state.unit() as db:
        db.get_one(Account, PATEL).label = "Maria Lopez"
    audit = Audit(kiosk)
    audit.add(5)
    audit.add(5, actor="per-james")
    audit.add(5, actor=PATEL, account=PATEL, strength="pin")
    audit.add(5, actor="", account=PATEL, act="code_accepted", strength="none")
    audit.add(5, actor="Maria Lopez", strength="self-named")
    audit.add(5, actor=OFFICE, strength="none")
    audit.add(5, actor="", act="computer_joined", strength="none")
    audit.add(5, actor="per-nobody")
    left = at(xchart, audit)
    assert [each.sequence for each in left.records] == [5, 4, 3, 1]
    assert (left.more, left.nameless) == (False, 1)


def test_what_is_not_believed_is_not_theirs(xchart: Xchart) -> None:
    audit = Audit(xchart.join())
    audit.add(at="2026-11-22T15:05:00.000000Z")
    audit.add(at="2026-11-22T15:06:00.000000Z", actor=OFFICE, strength="none")
    audit.add(5)
    left = at(xchart, audit)
    assert ([each.sequence for each in left.records], left.nameless) == ([3], 0)


def test_thirty_days_and_two_hundred_records(xchart: Xchart) -> None:
    kiosk = xchart.join()
    audit = Audit(kiosk)
    for _ in range(200):
        audit.add(5)
    assert not at(xchart, audit).more
    audit.add(6)
    left = at(xchart, audit)
    assert ([each.sequence for each in left.records[:2]], len(left.records)) == ([201, 200], 200)
    assert left.more
    xchart.pass_time(days=30, minutes=1)
    audit.add(at="2026-12-20T15:05:00.000000Z")
    assert [each.sequence for each in at(xchart, audit).records] == [202, 201]
    with xchart.state.unit() as db:
        assert len(db.scalars(select(AuditRecord)).all()) == 202


def test_what_is_open_now(xchart: Xchart) -> None:
    kiosk = xchart.join()

    def places(identity: str) -> tuple[list[str], int]:
        now = xchart.state.clock.now()
        with xchart.state.unit() as db:
            leaver = departures.find(db, identity, now)
            found = traces.open_now(db, leaver, now)
            return [each.person_id for each, _ in found], traces.browsers(db, leaver, now)

    kiosk.start(MARIA)
    sign_in(xchart, "chen@lakeside.example", CHEN)
    assert places(MARIA) == ([MARIA], 0)
    assert places(CHEN) == ([], 1)
    kiosk.start("Maria Lopez", "self-named")
    assert places(MARIA) == (["Maria Lopez"], 0)
    kiosk.start("per-james")
    assert places(MARIA) == ([], 0)
    settle(xchart, CHEN, lambda act: act.deactivate(CHEN))
    assert places(CHEN) == ([], 0)
    kiosk.start(MARIA)
    sign_in(xchart, "patel@lakeside.example", PATEL)
    xchart.pass_time(hours=23)
    assert (places(MARIA), places(PATEL)) == (([MARIA], 0), ([], 0)), "a browser's is over first"
    xchart.pass_time(hours=1)
    assert places(MARIA) == ([], 0)


def test_another_who_has_an_app_instead_of_a_phone_counts(xchart: Xchart) -> None:
    app_of(xchart, CHEN)
    with xchart.state.unit() as db:
        db.get_one(Account, CHEN).phone = None
    settle(xchart, RIVERA, lambda act: act.silence_phone(RIVERA))
    asked = Kiosk(xchart.address).ask_to_join()
    approvers = asked.body["approvers"]
    assert isinstance(approvers, list)
    assert [each["id"] for each in approvers] == [CHEN]
