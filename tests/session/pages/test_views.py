"""The pages: closed, frozen, hashable, made of words only."""

import typing
from enum import Enum

import pytest

from kiosk.session.model.people import Place
from kiosk.session.pages import views
from tests.support.vocabulary import can_change, fields_of, unlisted

VIEWS = typing.get_args(views.View)
PARTS = {"Notice", "TileView", "ApproverOption", "FactLine", "DayNote", "ConflictNote"}
PARTS |= {"SayingNote", "QuestionNote"}


def test_the_union_lists_every_page() -> None:
    assert unlisted(views, views.View) == PARTS


@pytest.mark.parametrize("kind", VIEWS)
def test_each_is_frozen(kind: type) -> None:
    assert not can_change(kind)


@pytest.mark.parametrize("kind", VIEWS)
def test_a_page_holds_words_flags_and_parts_of_pages(kind: type) -> None:
    """No instant to be formatted, no state, no way back: drawing is all that is left to do."""

    def plain(hint: object) -> bool:
        parts = [part for part in typing.get_args(hint) if part not in (Ellipsis, type(None))]
        if parts:
            return all(plain(part) for part in parts)
        if isinstance(hint, type) and issubclass(hint, Enum):
            return True
        return hint in (str, bool, int, Place) or getattr(hint, "__name__", "") in PARTS

    assert [name for name, hint in fields_of(kind).items() if not plain(hint)] == []
