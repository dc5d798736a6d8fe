"""The app in the browser: one document, and the service worker has it when the site is down."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from sandbox.web.people import OFFICE, PATIENTS
from tests.support.sandbox.web_browsing import is_in, types_code, types_in
from tests.support.sandbox.web_site import WebSite

RunSite = Callable[..., WebSite]
INSTALLED = "navigator.serviceWorker.ready.then(() => true)"


@pytest.mark.parametrize("path", ["/", "/sign-in", "/today", "/patients/p-1"])
def test_every_address_is_the_same_document(web_site: RunSite, path: str) -> None:
    site = web_site("shell")
    first, other = site.ask("GET", "/sign-in"), site.ask("GET", path)
    assert (other.status, other.text) == (200, first.text)
    assert "<form" not in other.text


def test_nothing_is_navigated_on_the_way_in_and_out(web_site: RunSite, browser: Browser) -> None:
    site = web_site("shell")
    page = browser.new_page()
    page.goto(site.address)
    page.evaluate("window.isTheSame = true")
    types_in(page, site)
    types_code(page, site)
    is_in(page)
    assert page.url == f"{site.address}/today"
    page.get_by_role("link", name=PATIENTS[0].name).click()
    expect(page.get_by_role("heading", name=PATIENTS[0].name)).to_be_visible()
    page.get_by_role("link", name="Today").click()
    expect(page.get_by_text(f"Last opened: {PATIENTS[0].name}")).to_be_visible()
    page.get_by_label("Notes").fill("Bring the forms.")
    page.get_by_role("button", name="Save notes").click()
    page.wait_for_function("document.querySelector('#notes').defaultValue")
    assert site.site.accounts[OFFICE].notes == "Bring the forms."
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password", exact=True)).to_be_visible()
    assert page.evaluate("window.isTheSame")
    page.context.close()


def test_it_answers_200_while_the_site_is_down(web_site: RunSite, browser: Browser) -> None:
    site = web_site("shell")
    page = browser.new_page()
    page.goto(site.address)
    assert page.evaluate(INSTALLED)
    site.stop()
    answer = page.goto(f"{site.address}/today")
    assert answer is not None
    assert (answer.status, answer.from_service_worker) == (200, True)
    expect(page.get_by_text("Xchart cannot be reached.")).to_be_visible()
    assert page.get_by_label("Password").count() == 0
    site.start()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_label("Password")).to_be_visible()
    page.context.close()


def test_a_reload_finds_the_patient_again_and_maintenance_is_said(
    web_site: RunSite, browser: Browser
) -> None:
    site = web_site("shell")
    page = browser.new_page()
    page.goto(site.address)
    assert page.evaluate(INSTALLED)
    types_in(page, site)
    types_code(page, site)
    is_in(page)
    page.get_by_role("link", name=PATIENTS[1].name).click()
    page.wait_for_url("**/patients/p-2")
    page.reload()
    expect(page.get_by_role("heading", name=PATIENTS[1].name)).to_be_visible()
    site.turns.start_status = 503
    page.reload()
    expect(page.get_by_text("down for maintenance")).to_be_visible()
    page.context.close()
