"""Each sign-in is as hard for a program as it says; the person's way is in the tests beside."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.web.people import OFFICE
from tests.support.sandbox.client import DEMO_WORD
from tests.support.sandbox.web_browsing import is_in, types_code, types_in
from tests.support.sandbox.web_site import WebSite

RunSite = Callable[..., WebSite]
SET = f"""() => {{
  document.querySelector("#email").value = "{OFFICE}";
  document.querySelector("#password").value = "{DEMO_WORD}";
}}"""
HEARD = """
for (const each of document.querySelectorAll("#email, #password")) {
  each.dispatchEvent(new Event("input", { bubbles: true }));
}"""
BOTH = f"({SET})();{HEARD}"
ONE_BY_ONE = f"""
for (const [field, text] of [["#email", "{OFFICE}"], ["#password", "{DEMO_WORD}"]]) {{
  const it = document.querySelector(field);
  it.value = text;
  it.dispatchEvent(new Event("input", {{ bubbles: true }}));
}}"""
PRESS = 'document.querySelector("form.box button").click()'


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def in_a_world_of_its_own(page: Page, script: str) -> None:
    """As an extension or an engine's isolated world runs it: the page's own objects are not met."""
    devtools = page.context.new_cdp_session(page)
    frame = devtools.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = devtools.send("Page.createIsolatedWorld", {"frameId": frame})
    asked = {"expression": script, "contextId": world["executionContextId"]}
    assert "exceptionDetails" not in devtools.send("Runtime.evaluate", asked)


def is_at_the_code(page: Page) -> None:
    expect(page.get_by_text("We sent a code")).to_be_visible()


@pytest.mark.parametrize("script", [SET, f"() => {{ {BOTH} }}"])
def test_scripted_takes_back_what_the_pages_world_sets(
    web_site: RunSite, page: Page, script: str
) -> None:
    page.goto(web_site("scripted").address)
    field = page.get_by_label("Password", exact=True)
    field.wait_for()
    page.evaluate(script)
    expect(field).to_have_value("")
    field.press_sequentially(DEMO_WORD)
    expect(field).to_have_value(DEMO_WORD)


def test_scripted_takes_what_another_world_sets_and_says(web_site: RunSite, page: Page) -> None:
    """One field after the other: what the first event draws again is the second field as it was."""
    site = web_site("scripted")
    page.goto(site.address)
    page.get_by_label("Password", exact=True).wait_for()
    in_a_world_of_its_own(page, f"({SET})()")
    expect(page.get_by_label("Password", exact=True)).to_have_value("")
    in_a_world_of_its_own(page, BOTH)
    expect(page.get_by_label("Password", exact=True)).to_have_value("")
    in_a_world_of_its_own(page, ONE_BY_ONE)
    in_a_world_of_its_own(page, PRESS)
    is_at_the_code(page)
    assert site.submissions == {OFFICE: 1}


def test_a_button_is_disabled_until_both_fields_were_heard(web_site: RunSite, page: Page) -> None:
    page.goto(web_site("disabled_until_typed").address)
    button = page.get_by_role("button", name="Sign in")
    expect(button).to_be_disabled()
    page.evaluate(SET)
    expect(button).to_be_disabled()
    page.evaluate(f"() => {{ {HEARD} }}")
    expect(button).to_be_enabled()
    page.get_by_label("Password", exact=True).fill("")
    expect(button).to_be_disabled()


def test_a_shadow_root_is_open_or_closed(web_site: RunSite, page: Page) -> None:
    root = 'document.querySelector("xchart-sign-in").shadowRoot?.querySelectorAll("input").length'
    for name, found in (("shadow", 3), ("closed_shadow", None)):
        page.goto(web_site(name).address)
        page.locator("xchart-sign-in").wait_for()
        assert page.evaluate(root) == found
        assert page.evaluate("document.querySelectorAll('input').length") == 0


def test_a_whole_code_in_the_first_box_is_none(web_site: RunSite, page: Page) -> None:
    site = web_site("six_boxes")
    page.goto(site.address)
    types_in(page, site)
    first = page.get_by_label("Digit 1 of 6")
    first.fill(site.code())
    assert first.input_value() == site.code()[0]
    assert not site.code_submissions
    page.get_by_label("Remember this device").check()
    for number, digit in enumerate(site.code(), 1):
        page.get_by_label(f"Digit {number} of 6").fill(digit)
    is_in(page)
    assert site.code_submissions == {OFFICE: 1}


def test_a_code_is_pasted_into_the_boxes(web_site: RunSite, page: Page) -> None:
    site = web_site("six_boxes")
    page.goto(site.address)
    types_in(page, site)
    paste = """([it, text]) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text", text);
      const about = { clipboardData, cancelable: true, bubbles: true };
      it.dispatchEvent(new ClipboardEvent("paste", about));
    }"""
    first = page.get_by_label("Digit 1 of 6")
    page.evaluate(paste, [first.element_handle(), f"{site.code()[:3]} {site.code()[3:]}"])
    is_in(page)


def test_keys_that_nobody_pressed_do_not_count(web_site: RunSite, page: Page) -> None:
    site = web_site("counts_keys")
    page.goto(site.address)
    page.evaluate(f"() => {{ {BOTH} {PRESS} }}")
    expect(page.get_by_label("Password", exact=True)).to_have_value("")
    assert not site.submissions
    types_in(page, site)
    is_at_the_code(page)


def test_a_password_is_text_until_it_has_the_focus(web_site: RunSite, page: Page) -> None:
    page.goto(web_site("text_until_focus").address)
    field = page.get_by_label("Password", exact=True)
    assert field.get_attribute("type") == "text"
    field.focus()
    assert field.get_attribute("type") == "password"


def test_without_a_form_enter_sends_it_too(web_site: RunSite, page: Page) -> None:
    site = web_site("no_form")
    page.goto(site.address)
    page.get_by_label("E-mail", exact=True).fill(OFFICE)
    page.get_by_label("Password", exact=True).fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_text("That e-mail or password is not right.")).to_be_visible()
    assert page.locator("form").count() == 0
    types_in(page, site)
    is_at_the_code(page)


@pytest.mark.parametrize("name", ["scripted", "same_page_code", "no_form", "shell", "shadow"])
def test_what_is_wrong_is_said_and_the_rest_of_the_way_is_drawn(
    web_site: RunSite, page: Page, name: str
) -> None:
    """A refusal, the picture, the code on demand, terms: each by the script that draws it."""
    site = web_site(name)
    site.turns.sign_in_status = 429
    page.goto(site.address)
    types_in(page, site)
    expect(page.get_by_role("alert")).to_have_text("Too many tries. Wait a while, then try again.")
    site.turns.sign_in_status = 0
    site.turns.human_check, site.turns.terms, site.turns.code_on_demand = "after", True, True
    types_in(page, site)
    expect(page.get_by_role("img", name="Four letters")).to_be_visible()
    page.get_by_label("Letters of the picture").fill("KPX4")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Send the code").click()
    types_code(page, site)
    page.get_by_label("I accept the terms").check()
    page.get_by_role("button", name="Continue").click()
    is_in(page)


@pytest.mark.parametrize("name", ["scripted", "shell"])
def test_the_code_page_never_comes_and_asks_nothing(
    web_site: RunSite, page: Page, name: str
) -> None:
    site = web_site(name)
    site.turns.no_code_page = True
    page.goto(site.address)
    types_in(page, site)
    expect(page.get_by_text("We are checking your sign-in.")).to_be_visible()
    assert page.locator("input:visible, button:visible").count() == 0
