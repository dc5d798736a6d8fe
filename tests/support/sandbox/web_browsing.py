"""Somebody at a browser, before a site that has only a web sign-in: as a person does it."""

from playwright.sync_api import BrowserContext, Page, expect

from sandbox.web.people import OFFICE
from tests.support.sandbox.client import DEMO_WORD
from tests.support.sandbox.web_site import WebSite


def types_in(page: Page, site: WebSite, email: str = OFFICE, password: str = DEMO_WORD) -> None:
    """E-mail and password, key by key, and the button."""
    if site.site.sign_in.name == "closed_shadow":
        page.locator("xchart-sign-in").wait_for()
        types_by_keys(page, email, password)
        return
    field = page.get_by_label("E-mail", exact=True)
    field.press_sequentially(email)
    if site.site.sign_in.has_two_steps:
        page.get_by_role("button", name="Continue").click()
    page.get_by_label("Password", exact=True).press_sequentially(password)
    page.get_by_role("button", name="Sign in").click()


def types_code(page: Page, site: WebSite, *, remember: bool = True) -> None:
    """The code from the phone, and the button where there is one."""
    if site.site.sign_in.name == "closed_shadow":
        page.wait_for_url("**/sign-in/code")
        page.locator("xchart-sign-in").wait_for()
        types_by_keys(page, site.code(), " ")
        return
    expect(page.get_by_text("We sent a code to the phone ending 21.")).to_be_visible()
    if remember and page.get_by_label("Remember this device").count():
        page.get_by_label("Remember this device").check()
    if site.site.sign_in.name == "six_boxes":
        page.get_by_label("Digit 1 of 6").click()
        page.keyboard.type(site.code())
        return
    page.get_by_label("Six-digit code").press_sequentially(site.code())
    page.get_by_role("button", name="Continue").click()


def types_by_keys(page: Page, *texts: str) -> None:
    """One field after the other, where no script reaches; past the link in the header."""
    page.keyboard.press("Tab")
    for text in texts:
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Enter")


def is_in(page: Page, email: str = OFFICE) -> None:
    """The page behind the sign-in comes."""
    expect(page.get_by_text(f"Signed in as {email}")).to_be_visible()
    expect(page.get_by_label("Password", exact=True)).to_have_count(0)


def forgets_session(context: BrowserContext) -> None:
    """The browser was closed and opened again: what was only for the session is gone."""
    context.clear_cookies(name="xchart_web")
