"""Someone left, as an admin settles it: one page, every state and act, refusals in words."""

import html
import re

import pytest
from sqlalchemy import select

from sandbox.tables.rows import Account, Person, Setting
from sandbox.tables.settled import Settled
from tests.support.sandbox.browsing import rows_of, sign_in, words
from tests.support.sandbox.client import CHEN, OFFICE, RIVERA, Answer, Kiosk, plain
from tests.support.sandbox.pushing import Audit
from tests.support.sandbox.running import Xchart

PATEL, MARIA = "acc-patel", "per-maria"
PAGE = f"/departures/{MARIA}"
NEW = "four quiet herons"
STEPS = ("login", "name", "phone", "password", "mailbox")


@pytest.fixture
def admin(xchart: Xchart) -> str:
    """Tom Becker's browser."""
    return sign_in(xchart, "becker@lakeside.example", "acc-becker")[0]


def items_of(answer: Answer) -> list[tuple[bool, str]]:
    """Each thing on the page: whether it is ticked, and its words."""
    body = answer.text.partition('<ul class="card list">')[2].partition("</ul>")[0]
    return [
        ('class="done"' in each.partition(">")[0], words("<li" + each))
        for each in body.split("<li")[1:]
    ]


def item(answer: Answer, title: str) -> tuple[bool, str]:
    """The thing of that title, and whether it is ticked."""
    return next(each for each in items_of(answer) if each[1].removeprefix("✓ ").startswith(title))


def table(answer: Answer) -> list[str]:
    """The words of each row of the page's table."""
    return [each.partition(">")[2].strip() for each in rows_of(answer.text)]


def post(
    xchart: Xchart, admin: str, step: str, subject: str, page: str = PAGE, **more: str
) -> Answer:
    """One act."""
    return xchart.page(f"{page}/{step}", admin, {"subject": subject, **more})


def test_the_admin_chooses_who(xchart: Xchart, admin: str) -> None:
    assert 'href="/departures"' in xchart.page("/members", admin).text
    shown = xchart.page("/departures", admin)
    rows = table(shown)
    assert "Maria Lopez Named on Office Assistant Choose" in rows
    assert "Nina Patel Own login Choose" in rows
    assert not any(each.startswith("Office Assistant") for each in rows)
    assert f'href="{PAGE}"' in shown.text
    post(xchart, admin, "name", MARIA)
    rows = [
        each.partition(">")[2].strip() for each in rows_of(xchart.page("/departures", admin).text)
    ]
    assert rows[-1] == "Maria Lopez Left Look"


def test_an_assistant_is_settled_from_top_to_bottom(xchart: Xchart, admin: str) -> None:
    xchart.join().start()
    shown = xchart.page(PAGE, admin)
    assert [each[0] for each in items_of(shown)] == [True, False, False, True, False, False]
    ticked, said = item(shown, "Signed in right now")
    assert not ticked
    assert "OP3-PC (Op 3 · Main Street) since 9:05 am. Ends with “Take off the list” above." in said
    assert "each has a password of its own" in item(shown, "Password of Office Assistant")[1]
    assert "accept invitations" in item(shown, "Mailbox of Office Assistant")[1]
    for step, subject, more in (
        ("name", MARIA, {}),
        ("password", OFFICE, {"password": NEW}),
        ("mailbox", OFFICE, {}),
    ):
        done = post(xchart, admin, step, subject, **more)
        assert (done.status, done.headers["Location"]) == (303, PAGE)
    shown = xchart.page(PAGE, admin)
    assert all(each[0] for each in items_of(shown))
    assert "All of it is settled." in words(shown.text)
    by = "Today, 9:05 am, by Tom Becker."
    assert item(shown, "Name on Office Assistant")[1].endswith(f"{by} Taken off")
    assert f"{by} The computers go on" in item(shown, "Password of Office Assistant")[1]
    assert item(shown, "Mailbox")[1].endswith(f"{by} Done")


def test_a_login_of_ones_own_is_deactivated(xchart: Xchart, admin: str) -> None:
    page = f"/departures/{PATEL}"
    assert item(xchart.page(page, admin), "Own login")[1].endswith("Active Deactivate")
    assert post(xchart, admin, "login", PATEL, page).status == 303
    shown = xchart.page(page, admin)
    ticked, said = item(shown, "Own login")
    assert ticked
    assert said.endswith("Today, 9:05 am, by Tom Becker. Deactivated")
    xchart.page(f"/members/{PATEL}/active", admin, {"active": "yes"})
    assert not item(xchart.page(page, admin), "Own login")[0], "the state is what is, not a note"


def test_a_login_and_a_name_of_one_person_share_the_page(xchart: Xchart, admin: str) -> None:
    with xchart.state.unit() as db:
        db.get_one(Account, PATEL).label = "Maria Lopez"
    for page in (PAGE, f"/departures/{PATEL}"):
        titles = " ".join(said for _, said in items_of(xchart.page(page, admin)))
        assert "patel@lakeside.example" in titles
        assert "Name on Office Assistant" in titles


def test_ones_own_login_is_for_another_admin(xchart: Xchart, admin: str) -> None:
    page = "/departures/acc-becker"
    assert "Deactivate" not in item(xchart.page(page, admin), "Own login")[1]
    refused = post(xchart, admin, "login", "acc-becker", page)
    assert refused.status == 409
    assert "Another admin has to deactivate it." in item(refused, "Own login")[1]
    assert xchart.page("/members", admin).status == 200


def test_the_last_phone_is_refused_in_words(xchart: Xchart, admin: str) -> None:
    page = f"/departures/{CHEN}"
    assert "No more codes to this phone" in item(xchart.page(page, admin), "Codes by text")[1]
    assert post(xchart, admin, "phone", CHEN, page).status == 303
    assert item(xchart.page(page, admin), "Codes by text")[1].endswith("by Tom Becker. No codes")
    page = f"/departures/{RIVERA}"
    shown = xchart.page(page, admin)
    assert "the only phone that gets them" in item(shown, "Codes by text")[1]
    assert "No more codes" not in item(shown, "Codes by text")[1]
    assert "Nobody else is texted codes." in item(shown, "Own login")[1]
    refused = post(xchart, admin, "phone", RIVERA, page)
    assert refused.status == 409
    assert "No other phone gets codes" in item(refused, "Codes by text")[1]


def test_a_phone_that_others_share_is_said(xchart: Xchart, admin: str) -> None:
    page = f"/departures/{PATEL}"
    assert "same phone" not in item(xchart.page(page, admin), "Codes by text")[1]
    with xchart.state.unit() as db:
        db.get_one(Account, CHEN).phone = db.get_one(Account, PATEL).phone
    said = item(xchart.page(page, admin), "Codes by text")[1]
    assert "Codes for Dr. Chen go to the same phone." in said


def test_the_new_password_is_nowhere_to_be_read(
    xchart: Xchart, admin: str, capfd: pytest.CaptureFixture[str]
) -> None:
    for given in (NEW, "other quiet herons"):
        answer = post(xchart, admin, "password", OFFICE, password=given)
        assert answer.status == 303
        assert "herons" not in f"{answer.headers}{answer.text}{xchart.page(PAGE, admin).text}"
    again = post(xchart, admin, "password", OFFICE, password="other quiet herons")
    assert again.status == 409
    assert "Choose another." in item(again, "Password of Office Assistant")[1]
    assert "herons" not in again.text
    assert "herons" not in "".join(capfd.readouterr())
    with xchart.state.unit() as db:
        kept = [each.name for each in db.scalars(select(Settled))]
        kept += [each.value for each in db.scalars(select(Setting))]
        kept += [each.password_hash or "" for each in db.scalars(select(Account))]
    assert not any("herons" in each for each in kept)
    stranger = Kiosk(xchart.address)
    assert stranger.ask_to_join(password="other quiet herons").status == 201


def test_every_computer_is_made_to_ask_and_those_that_still_do_are_counted(
    xchart: Xchart, admin: str
) -> None:
    kiosk, other = xchart.join(), xchart.join(approver=CHEN)
    title = "Password of Office Assistant"
    post(xchart, admin, "password", OFFICE, password=NEW, everywhere="yes")

    def said() -> str:
        return item(xchart.page(PAGE, admin), title)[1]

    assert "2 computers still ask for it, at the next sign-in." in said()
    kiosk.renew_password(NEW)
    kiosk.start()
    assert "One computer still asks for it, at the next sign-in." in said()
    other.renew_password(NEW)
    other.start()
    assert "Every computer has been given it." in said()
    xchart.pass_time(minutes=1)
    post(xchart, admin, "password", OFFICE, password="other quiet herons")
    assert "The computers go on working as before." in said()


def test_a_short_password_is_refused_in_words(xchart: Xchart, admin: str) -> None:
    refused = post(xchart, admin, "password", OFFICE, password="herons7")
    assert refused.status == 422
    assert "Choose at least 8 characters." in item(refused, "Password of Office Assistant")[1]
    assert "herons7" not in refused.text
    assert Kiosk(xchart.address).ask_to_join().status == 201, "the old one still counts"


def test_what_they_did_and_what_cannot_be_known(xchart: Xchart, admin: str) -> None:
    audit = Audit(xchart.join())
    audit.add(5)
    audit.add(6, act="status_set", detail="Seated", subject="apt-x")
    audit.add(7, actor=OFFICE, strength="none")
    audit.push()
    shown = xchart.page(PAGE, admin)
    where = "Op 3 · Main Street Office Assistant"
    assert table(shown) == [
        f"Today 9:06 am Set a status: Seated {where}",
        f"Today 9:05 am Signed in {where}",
    ]
    said = words(shown.text)
    assert "1 record of these 30 days carries no name." in said
    assert "What was done on Office Assistant with no name given may have been theirs" in said
    assert "what they did in a web browser" in said
    assert "newest 200" not in said
    empty = words(xchart.page("/departures/per-james", admin).text)
    assert "Nothing was recorded under their name." in empty


def test_it_is_for_admins_only(xchart: Xchart, admin: str) -> None:
    chen, _ = sign_in(xchart, "chen@lakeside.example", CHEN)
    for path in ("/departures", PAGE):
        assert xchart.page(path, chen).status == 403
        assert xchart.page(path, "").headers["Location"] == "/signin"
    for step in STEPS:
        given = {"subject": MARIA, "password": NEW}
        assert xchart.page(f"{PAGE}/{step}", chen, given).status == 403
        assert xchart.page(f"{PAGE}/{step}", "", given).status == 401


@pytest.mark.parametrize("origin", ["http://evil.example", None])
def test_a_form_from_another_site_settles_nothing(
    xchart: Xchart, admin: str, origin: str | None
) -> None:
    headers = {"Cookie": admin, "Content-Type": "application/x-www-form-urlencoded"}
    if origin is not None:
        headers["Origin"] = origin
    for step in STEPS:
        subject = {"name": MARIA, "login": PATEL, "phone": CHEN}.get(step, OFFICE)
        who = {"login": PATEL, "phone": CHEN}.get(step, MARIA)
        body = f"subject={subject}&password=four+quiet+herons".encode()
        path = f"/departures/{who}/{step}"
        assert plain(xchart.address, "POST", path, body=body, headers=headers).status == 401
    with xchart.state.unit() as db:
        assert db.scalars(select(Settled)).all() == []


def test_one_who_is_not_there(xchart: Xchart, admin: str) -> None:
    for identity in ("per-nobody", OFFICE):
        assert xchart.page(f"/departures/{identity}", admin).status == 404
        for step in STEPS:
            given = {"subject": OFFICE, "password": NEW}
            assert xchart.page(f"/departures/{identity}/{step}", admin, given).status == 404
    assert post(xchart, admin, "name", "per-james").status == 404


def test_a_name_cannot_draw_on_the_page(xchart: Xchart, admin: str) -> None:
    drawn = "<script>x</script>"
    with xchart.state.unit() as db:
        db.get_one(Person, MARIA).name = drawn
        db.get_one(Account, OFFICE).label = "<img src=x>"
        db.get_one(Account, PATEL).email = "<u>@x"
        db.get_one(Account, PATEL).label = drawn
    kiosk = xchart.join()
    audit = Audit(kiosk)
    audit.add(act="<b>x", detail="<i>x")
    audit.push()
    post(xchart, admin, "name", MARIA)
    for path in ("/departures", PAGE):
        page = xchart.page(path, admin).text
        assert not re.search(r"<script|<img|<u>|<b>x|<i>x", page)
        assert html.escape(drawn) in page
