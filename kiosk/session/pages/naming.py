"""The tiles, and the two pages about names on the shared account: *Someone else* and *Change*."""

from dataclasses import replace
from datetime import datetime

from kiosk.session.model import state as s
from kiosk.session.model.people import Person
from kiosk.session.pages import words
from kiosk.session.pages.painted import FOR_A_DAY, own_tile, someone_else
from kiosk.session.pages.seen import trusted
from kiosk.session.pages.views import NamingView, TileView, WhoView
from kiosk.session.rules.accounts import person_in, personal_account, personal_accounts

UNSENT = "Not saved yet"


def people_of(known: s.Known, at: datetime) -> tuple[Person, ...]:
    """By the verified terms, else by the account, else what was painted last time."""
    if known.account is not None and not known.account.shared:
        return ()
    if known.terms is not None:
        return known.terms.tiles() + s.floats(known, at)
    if known.account is not None and known.account.shared:
        return (Person(known.account.id, known.account.label),)
    return known.painted.tiles if known.painted else ()


def tiles_of(
    known: s.Known,
    at: datetime,
    own: Person | None,
    detail: str,
    own_detail: str,
    waiting: str = "",
) -> tuple[TileView, ...]:
    """One's own first, then the list, then who typed a name today; last whoever did not yet."""
    people, typed = people_of(known, at), s.floats(known, at)
    if own is not None and personal_account(known, own.id) is not None:
        own = None  # at work in a personal account: its tile stands among the others of its kind
    if own is not None and all(each.id != own.id for each in people):
        people = (own, *people)  # typed yesterday, or names are off since: still theirs
    mine = own.id if own else ""
    for_a_day = FOR_A_DAY if trusted(known, at) else detail
    tiles = tuple(
        TileView(
            each.id,
            each.name,
            own_detail if each.id == mine else for_a_day if each in typed else detail,
            own=each.id == mine,
            waiting=each.id == waiting,
        )
        for each in sorted(people, key=lambda each: each.id != mine)
    )
    if known.terms is not None and known.terms.names:
        tiles += (someone_else(for_a_day, waiting),)
    return tiles


def own_tiles(
    known: s.Known, cover: s.Session | None, waiting: str, detail: str
) -> tuple[TileView, ...]:
    """The personal accounts of this computer, told apart; ``detail`` for whose cover it is."""
    mine = cover.account.id if cover else ""
    return tuple(
        own_tile(person_in(each.account), mine, waiting, detail)
        for each in personal_accounts(known)
    )


def with_unsent(known: s.Known, tiles: tuple[TileView, ...]) -> tuple[TileView, ...]:
    """The same, saying whose page is kept at a site with what they have typed."""
    return tuple(
        replace(each, detail=UNSENT) if each.person_id in known.unsent and not each.own else each
        for each in tiles
    )


def naming(phase: s.Naming) -> NamingView:
    """*Someone else*."""
    return NamingView(
        "Who are you?",
        "Your name stands on this screen until midnight, and beside what you do here.",
        words.problem("That is not a name yet.", "A first name, and one letter of the last name.")
        if phase.unclear
        else None,
    )


def who(known: s.Known, phase: s.Correcting, at: datetime) -> WhoView:
    """*Change*."""
    name = phase.session.person.name
    return WhoView(
        "Who is here?",
        f"What was done so far stays noted for {name}, with a note beside it that it was someone "
        "else.",
        tiles_of(known, at, phase.session.person, "It was me", "That is right"),
    )
