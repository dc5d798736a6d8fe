"""Nobody takes a login, a name on a list or a float's name that passes for somebody else's."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from sandbox.records.record_standing import NOT_BELIEVED
from sandbox.tables.rows import Account, Person
from tests.sandbox.identity.test_floats import floats, offered
from tests.support.sandbox.browsing import words
from tests.support.sandbox.client import CHEN, OFFICE, RIVERA, Kiosk
from tests.support.sandbox.contract import misfits
from tests.support.sandbox.pushing import Audit, kept, standings
from tests.support.sandbox.running import Xchart

WISH: dict[str, Any] = {
    "label": "Dr. Ada Moss",
    "email": "moss@lakeside.example",
    "roles": ["provider"],
}
LIST = f"/members/{OFFICE}/assistants"
CYRILLIC_A = "\u0430"


@pytest.fixture
def becker(xchart: Xchart) -> Kiosk:
    """An admin at a kiosk."""
    kiosk = xchart.join(None, "becker@lakeside.example", "acc-becker", "acc-becker")
    assert kiosk.start("acc-becker").status == 201
    return kiosk


def another_list(xchart: Xchart) -> None:
    """Ines Ortiz is listed at the other location."""
    with xchart.state.unit() as db:
        desk = "harbor@lakeside.example"
        member = frozenset({"member"})
        db.add(Account(id="acc-harbor", label="Harbor", email=desk, shared=True, roles=member))
        db.add(Person(id="per-ines", account_id="acc-harbor", name="Ines Ortiz"))


def invited(becker: Kiosk, **said: object) -> str:
    """The code of the refusal, or nothing."""
    token = becker.held["access_token"]
    answer = becker.call("POST", "/v1/members", {**WISH, **said}, token)
    assert answer.status == 201 or misfits("Problem", answer.body) == []
    return answer.code


@pytest.mark.parametrize(
    "email",
    [
        f"river{CYRILLIC_A}@lakeside.example",
        f"rivera@l{CYRILLIC_A}keside.example",
        "\uff52ivera@lakeside.example",
        "RIVERA@lakeside.example",
        "r\u0456ver\u0430@lakeside.example",
        "frontd\u0435sk@lakeside.example",
        "rivera@lakeside\u034f.example",
    ],
)
def test_an_email_that_looks_like_anothers_is_taken(becker: Kiosk, email: str) -> None:
    assert invited(becker, email=email) == "email_taken"


@pytest.mark.parametrize(
    "label",
    [
        *("Dr. Elena Rivera", "dr. elena  rivera", "Office Assistant", "Nina Patel"),
        *(f"Dr. Elen{CYRILLIC_A} Rivera", "\u039dina Patel", "Nina Pate\u2160", "Nina\u3164 Patel"),
        *(f"Mari{CYRILLIC_A} Lopez", "Aisha\u034f Khan"),
    ],
)
def test_a_login_that_is_called_like_another_is_taken(becker: Kiosk, label: str) -> None:
    assert invited(becker, label=label) == "name_taken"


@pytest.mark.parametrize(
    "wish", [{"label": "\u3164"}, {"label": "\u202eanel"}, {"label": "\u2800"}]
)
def test_a_login_has_a_name_that_can_be_seen(becker: Kiosk, wish: dict[str, str]) -> None:
    assert invited(becker, **wish) == "invalid"
    assert invited(becker, email="mo\u200bss@lakeside.example") == "invalid"


def test_whoever_is_listed_may_have_a_login_of_their_own(becker: Kiosk) -> None:
    """The same name is the same person (*Someone left*)."""
    assert invited(becker, label="Maria Lopez") == ""


@pytest.mark.parametrize(
    "label",
    [
        "\u041c\u0430\u0440\u0438\u044f \u041b\u043e\u043f\u0435\u0441",
        "\u674e\u5a1c",
        "\u0645\u0631\u064a\u0645",
    ],
)
def test_no_script_is_refused(becker: Kiosk, label: str) -> None:
    assert invited(becker, label=label, email="\u674e\u5a1c@lakeside.example") == ""


def test_a_deactivated_login_keeps_its_name(xchart: Xchart, becker: Kiosk) -> None:
    """What they did stays theirs, and they may be let in again."""
    xchart.control("POST", "/members/acc-patel", {"active": False})
    assert invited(becker, label="Nin\u0430 Patel") == "name_taken"
    assert invited(becker, email="p\u0430tel@lakeside.example") == "email_taken"


def test_the_page_says_it_and_loses_nothing(xchart: Xchart, admin: str) -> None:
    form = {"label": "Nin\u0430 Patel", "email": "new@lakeside.example", "roles": "member"}
    refused = xchart.page("/members", admin, form)
    assert refused.status == 409
    assert "it looks like their name" in words(refused.text)
    assert "new@lakeside.example" in refused.text
    assert json.loads(xchart.control("GET", "/mails").text) == []


@pytest.mark.parametrize(
    "name",
    [
        "M\u0430ria Lopez",
        "Office Assistant",
        "\u041effice Assistant",
        "Dr. Elen\u0430 Rivera",
        "In\u0435s Ortiz",
    ],
)
def test_no_assistant_is_listed_who_passes_for_another(
    xchart: Xchart, admin: str, name: str
) -> None:
    another_list(xchart)
    for path in (LIST, f"{LIST}/per-james/name"):
        refused = xchart.page(path, admin, {"name": name})
        assert refused.status == 409
        assert "looks like the name of somebody here" in refused.text
    with xchart.state.unit() as db:
        assert db.get_one(Person, "per-james").name == "James Carter"


def test_a_look_alike_of_before_can_be_put_right(xchart: Xchart, admin: str) -> None:
    with xchart.state.unit() as db:
        db.get_one(Person, "per-james").name = "J\u0430mes Carter"
    right = {"name": "James Carter"}
    assert xchart.page(f"{LIST}/per-james/name", admin, right).status == 303


TYPED = (
    "M\u0430ria Lopez",
    "\u0408ames Carter",
    "Nin\u0430 Patel",
    "Dr. Elen\u0430 Rivera",
    "lnes Ortiz",
)


@pytest.mark.parametrize("typed", TYPED)
def test_who_types_what_passes_for_another_enters_nobody_and_is_nobody(
    xchart: Xchart, kiosk: Kiosk, typed: str
) -> None:
    another_list(xchart)
    refused = kiosk.start(typed, "self-named")
    assert (refused.status, refused.code) == (403, "person_unlisted")
    audit = Audit(kiosk)
    audit.add(5, actor=typed, strength="self-named")
    audit.push()
    assert standings(xchart, audit) == [NOT_BELIEVED]
    assert kept(xchart, audit.chain)[0].who == ""
    assert floats(xchart) == []


@pytest.mark.parametrize("typed", ["Dr. Elena Rivera", "NINA PATEL", "Ines Ortiz"])
def test_a_name_that_is_somebodys_is_offered_nowhere_but_where_they_float(
    xchart: Xchart, kiosk: Kiosk, typed: str
) -> None:
    another_list(xchart)
    assert kiosk.start(typed, "self-named").status == 201
    assert offered(kiosk) == (["Ines Ortiz"] if typed == "Ines Ortiz" else [])


def test_of_two_floats_who_look_alike_one_is_offered(xchart: Xchart, kiosk: Kiosk) -> None:
    """Whoever came first shuts nobody out."""
    other = xchart.join(approver=CHEN)
    assert kiosk.start("Lena P.", "self-named").status == 201
    assert other.start("L\u0435na P.", "self-named").status == 201
    assert offered(kiosk) == offered(other) == ["Lena P."]


def test_an_apostrophe_shuts_nobody_out(xchart: Xchart, kiosk: Kiosk) -> None:
    with xchart.state.unit() as db:
        db.get_one(Person, "per-james").name = "O\u2019Brien A."
    assert kiosk.start("O'Brien A.", "self-named").status == 201
    assert offered(kiosk) == []


def test_an_id_in_other_letters_is_an_id(kiosk: Kiosk) -> None:
    for typed in ("p\u0435r-maria", "\u0430cc-rivera", "per\u2010maria"):
        assert kiosk.start(typed, "self-named").code == "person_unlisted"


def test_whoever_signs_in_is_found_by_their_own_letters_only(xchart: Xchart) -> None:
    refused = Kiosk(xchart.address).ask_to_join("frontd\u0435sk@lakeside.example")
    assert refused.code == "credentials_wrong"
    with xchart.state.unit() as db:
        assert len(db.scalars(select(Account.id)).all()) == 5
        assert db.get_one(Account, RIVERA).active
