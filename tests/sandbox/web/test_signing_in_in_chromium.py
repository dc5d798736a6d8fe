"""A person signs in at each way in which the site is built, and is remembered in each."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sandbox.web.people import OFFICE
from sandbox.web.sign_ins import GOOD, RememberedBy
from tests.support.depth import drawn
from tests.support.sandbox.web_browsing import forgets_session, is_in, types_code, types_in
from tests.support.sandbox.web_site import WebSite

RunSite = Callable[..., WebSite]
BESIDE = [
    ("shadow", "local_storage"),
    ("scripted", "bound_key"),
    ("same_page_code", "indexed_db"),
    ("six_boxes", "bound_key"),
    ("shell", "indexed_db"),
]


def heard(context: BrowserContext) -> list[str]:
    """What goes wrong in that browser."""
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on(
        "console",
        lambda said: faults.append(said.text) if "Content Security" in said.text else None,
    )
    return faults


def signs_in_twice(browser: Browser, site: WebSite, *, remembered: bool) -> Page:
    context = browser.new_context(base_url=site.address)
    faults = heard(context)
    page = context.new_page()
    page.goto("/")
    types_in(page, site)
    types_code(page, site)
    is_in(page)
    forgets_session(context)
    page = context.new_page()
    page.goto("/")
    types_in(page, site)
    if not remembered:
        types_code(page, site)
    is_in(page)
    assert len(site.site.texts) == (1 if remembered else 2)
    assert site.submissions == {OFFICE: 2}
    assert set(site.arrivals) == {f"POST {site.address}/sign-in, in the body"}
    assert not faults
    return page


FEW = ["two_steps", "closed_shadow"]
"""Those below go through others, and so does the kiosk itself."""
WAYS = [RememberedBy.HOST_COOKIE, RememberedBy.PARTITIONED, RememberedBy.NOTHING]
"""Scripts go through the others below."""


@pytest.mark.parametrize("name", drawn(FEW, soak=[each.name for each in GOOD]))
def test_each_can_be_signed_in_to(browser: Browser, web_site: RunSite, name: str) -> None:
    page = signs_in_twice(browser, web_site(name), remembered=True)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("Signed in as")).to_have_count(0)
    page.context.close()


@pytest.mark.parametrize("way", drawn(WAYS, soak=[*RememberedBy]))
def test_each_way_of_remembering(browser: Browser, web_site: RunSite, way: str) -> None:
    site = web_site("classic", way)
    signs_in_twice(browser, site, remembered=way != "nothing").context.close()


@pytest.mark.parametrize(("name", "way"), BESIDE)
def test_a_script_remembers_at_each(
    browser: Browser, web_site: RunSite, name: str, way: str
) -> None:
    signs_in_twice(browser, web_site(name, way), remembered=True).context.close()
