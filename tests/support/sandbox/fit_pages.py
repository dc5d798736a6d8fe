"""What every page keeps to: it fits, it can be read, and each control is named and in reach."""

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
FAINT = """() => {
    const parts = told => { const [r, g, b, a = 1] = told.match(/[\\d.]+/g).map(Number);
        return [r, g, b, a] };
    const over = ([r, g, b, a], under) =>
        [...[r, g, b].map((each, place) => each * a + under[place] * (1 - a)), 1];
    const ground = at => {
        if (!at) return [255, 255, 255, 1];
        const own = parts(getComputedStyle(at).backgroundColor);
        return own[3] === 1 ? own : over(own, ground(at.parentElement));
    };
    const light = colour => colour.slice(0, 3).map(each => each / 255)
        .map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
        .reduce((sum, each, place) => sum + each * [0.2126, 0.7152, 0.0722][place], 0);
    const faint = (at, style, text) => {
        const under = ground(at);
        const [low, high] = [light(over(parts(style.color), under)), light(under)].sort();
        const ratio = (Math.max(low, high) + 0.05) / (Math.min(low, high) + 0.05);
        return ratio < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5)
            ? [`${text} ${ratio.toFixed(1)}`] : [];
    };
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const at = walk.currentNode.parentElement;
        const text = walk.currentNode.data.trim();
        if (text && at.checkVisibility() && !at.closest('[aria-hidden], option, style'))
            found.push(...faint(at, getComputedStyle(at), text));
    }
    for (const at of document.querySelectorAll('[placeholder]'))
        found.push(...faint(at, getComputedStyle(at, '::placeholder'), at.placeholder));
    return [...new Set(found)];
}"""


def cut_off(page: Page) -> list[str]:
    """What has to be pulled sideways, or cannot be seen to its end."""
    found: list[str] = page.evaluate(CUT_OFF)
    return found


def faint(page: Page) -> list[str]:
    """Words that do not stand out from their ground (WCAG 2.2, 1.4.3), with their ratio."""
    found: list[str] = page.evaluate(FAINT)
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
