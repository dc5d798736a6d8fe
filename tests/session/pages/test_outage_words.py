"""Each outage has a sentence of its own, in a nurse's words, and says what can be done."""

import pytest

from kiosk.session.model.refusals import Unreachable
from kiosk.session.pages import outage_words
from tests.support.plain_words import wrong_words

AT_THE_NETWORK = (
    Unreachable.PROXY_SIGN_IN,
    Unreachable.PROXY_FAULT,
    Unreachable.BLOCKED,
    Unreachable.NOT_THERE,
    Unreachable.TOO_LARGE,
    Unreachable.BUSY,
)


@pytest.mark.parametrize("changes", [0, 1, 3])
@pytest.mark.parametrize("reach", Unreachable)
def test_every_outage_has_a_sentence_of_its_own(reach: Unreachable, changes: int) -> None:
    said = outage_words.of_reach(reach)
    lasting = outage_words.of_outage(reach, "2:05 pm", changes)
    for notice in (said, lasting):
        assert wrong_words(notice) == []
        assert notice.text, "nobody knows what to do"
    assert "2:05 pm" in lasting.title
    assert lasting.text.endswith(said.text)


def test_none_is_called_by_the_name_of_another() -> None:
    for titles in (
        [outage_words.of_reach(each).title for each in Unreachable],
        [outage_words.of_outage(each, "2:05 pm").title for each in Unreachable],
    ):
        assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("reach", AT_THE_NETWORK)
def test_what_stands_between_is_not_blamed_on_the_internet(reach: Unreachable) -> None:
    """IT mends it, and is named; whoever reads it checks no cable."""
    text = outage_words.of_reach(reach).text
    assert "IT" in text
    assert "internet" not in text
    assert "cable" not in text
