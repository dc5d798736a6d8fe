"""The page behind the sign-in, in Chromium: what it keeps there, and typing that was not sent."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from sandbox.web.people import PATIENTS
from tests.support.sandbox.web_browsing import is_in, types_code, types_in
from tests.support.sandbox.web_site import WebSite

RunSite = Callable[..., WebSite]
KEPT = """async () => {
  const opened = indexedDB.open("xchart-cache", 1);
  await new Promise((resolve) => { opened.onsuccess = resolve; });
  const all = opened.result.transaction("records").objectStore("records").getAll();
  await new Promise((resolve) => { all.onsuccess = resolve; });
  return all.result.map((it) => [it.name, it.seen instanceof Date, [...it.trace], it.letter.size]);
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", ["classic", "shell"])
def test_patients_lie_in_three_places_also_after_a_sign_out(
    web_site: RunSite, page: Page, name: str
) -> None:
    site = web_site(name)
    page.goto(site.address)
    types_in(page, site)
    types_code(page, site)
    is_in(page)
    page.locator("body[data-planted]").wait_for()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password", exact=True)).to_be_visible()
    first = PATIENTS[0].name
    assert first in page.evaluate("localStorage.getItem('xchart.patients')")
    assert first in page.evaluate("sessionStorage.getItem('xchart.day')")
    kept = page.evaluate(KEPT)
    assert sorted(kept) == sorted(
        [each.name, True, [98, 97, 99], len(f"Referral of {each.name}")] for each in PATIENTS
    )


@pytest.mark.parametrize("name", ["classic", "shell"])
def test_typing_that_was_not_sent_holds_the_page_back(
    web_site: RunSite, page: Page, name: str
) -> None:
    site = web_site(name)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto(site.address)
    types_in(page, site)
    types_code(page, site)
    is_in(page)
    page.locator("body[data-planted]").wait_for()
    page.get_by_label("Notes").press_sequentially("Bring")
    with page.expect_event("dialog"):
        page.close(run_before_unload=True)
    expect(page.get_by_label("Notes")).to_have_value("Bring")
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Save notes").click()
    expect(page.get_by_label("Notes")).to_have_value("Bring")
    page.goto(f"{site.address}/today")
    expect(page.get_by_label("Notes")).to_have_value("Bring")
    assert asked == ["beforeunload"]
