"""What every page keeps to: it fits, each control has a name of its own, and a Tab leads there."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

CONTROLS = frozenset(
    {
        "button",
        "checkbox",
        "combobox",
        "Date",
        "DisclosureTriangle",
        "DisclosureTriangleGrouped",
        "link",
        "radio",
        "searchbox",
        "textbox",
    }
)
WITHOUT_A_NEW_ONE = 10
"""Presses of Tab; a field for a date alone takes four."""

CUT_OFF = """() => [document.scrollingElement, ...document.querySelectorAll('body *')]
    .filter(each => each.scrollWidth > each.clientWidth + 1 && each.clientWidth
        && (each === document.scrollingElement || getComputedStyle(each).overflowX !== 'visible')
        && !each.matches('input, select'))
    .map(each => `${each.tagName}.${each.className}: ${each.scrollWidth} > ${each.clientWidth}`)"""
NUMBER = """() => [...document.querySelectorAll('a[href], button, input, select, summary')]
    .filter(each => each.type !== 'hidden' && each.checkVisibility())
    .map((each, place) => {
        each.dataset.stop = place;
        return `${each.tagName} ${each.getAttribute('aria-label') || each.name || each.innerText}`;
    })"""
FOCUSED = """() => {
    const at = document.activeElement;
    return [Number(at.dataset.stop ?? -1), getComputedStyle(at).outlineStyle !== 'none'];
}"""


def cut_off(page: Page) -> list[str]:
    """What has to be pulled sideways, or cannot be seen to its end."""
    found: list[str] = page.evaluate(CUT_OFF)
    return found


@dataclass(frozen=True, slots=True)
class Named:
    """A control as a screen reader says it."""

    role: str
    name: str
    group: str
    address: str


def controls(page: Page) -> list[Named]:
    """Every control of Chromium's accessibility tree."""
    session = page.context.new_cdp_session(page)
    tree: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    nodes = {each["nodeId"]: each for each in tree}
    found = []
    for each in tree:
        if each["ignored"] or _role(each) not in CONTROLS:
            continue
        above = _above(each, nodes)
        if any(_role(one) == "Date" for one in above):
            continue  # the browser's own parts of a field
        group = next((_name(one) for one in above if _role(one) == "group" and _name(one)), "")
        told = {one["name"]: one["value"].get("value", "") for one in each.get("properties", [])}
        found.append(Named(_role(each), _name(each), group, str(told.get("url", ""))))
    return found


def ill_named(page: Page) -> list[str]:
    """Controls without a name, and those that nobody could tell apart by it."""
    wrong = []
    known: dict[tuple[str, str, str], Named] = {}
    for each in controls(page):
        key = (each.role, each.name, each.group)
        if not each.name:
            wrong.append(f"a {each.role} without a name")
        elif key in known and not (each.address and known[key] == each):
            wrong.append(f"{each.role} {each.name!r} twice")
        known[key] = each
    return wrong


def out_of_reach(page: Page) -> list[str]:
    """Controls that Tab never comes to, or where nobody sees that it did."""
    names: list[str] = page.evaluate(NUMBER)
    left = set(range(len(names)))
    wrong = []
    idle = 0
    while left and idle < WITHOUT_A_NEW_ONE:
        page.keyboard.press("Tab")
        stop, seen = page.evaluate(FOCUSED)
        idle = 0 if stop in left else idle + 1
        left.discard(stop)
        if stop >= 0 and not seen:
            wrong.append(f"{names[stop]} does not show that it has the focus")
    return wrong + [f"no Tab leads to {names[each]}" for each in sorted(left)]


def _above(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while (parent := nodes.get(node.get("parentId", ""))) is not None:
        found.append(parent)
        node = parent
    return found


def _role(node: dict[str, Any]) -> str:
    return str(node.get("role", {}).get("value", ""))


def _name(node: dict[str, Any]) -> str:
    return str(node.get("name", {}).get("value", "")).strip()
