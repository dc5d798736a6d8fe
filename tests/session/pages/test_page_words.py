"""What stands in the page's place: a sentence of its own for what people can do about it."""

import pytest

from kiosk.session.model.session import PageFault
from kiosk.session.pages.page_words import of_page


@pytest.mark.parametrize("fault", PageFault)
def test_each_fault_has_a_title_and_what_to_do(fault: PageFault) -> None:
    told = of_page(fault)
    assert told.title.endswith(".")
    assert told.text.endswith(".")


def test_what_has_another_remedy_has_other_words() -> None:
    asks_it = {each for each in PageFault if "IT" in of_page(each).text}
    assert asks_it == {
        PageFault.ENGINE_LEFT_OUT,
        PageFault.ENGINE_BROKEN,
        PageFault.CERTIFICATE,
        PageFault.ELSEWHERE,
        PageFault.PROXY_SIGN_IN,
        PageFault.NO_PAGE,
    }
    apart = {of_page(each).text for each in (PageFault.ANSWER, PageFault.NETWORK, *asks_it)}
    assert len(apart) == 7  # an engine that is left out and one that is broken are IT's alike
