"""What the code cites stands in docs/: a law, a fact, a threat, a section of the design."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("kiosk", "sandbox", "tests", "benchmarks", "installer", "docs")
KINDS = (".py", ".md", ".sh", ".toml", ".yaml")
ROW = re.compile(r"\b([ST]\d{1,2})\b")
LAW = re.compile(r"\blaws? (\d+)\b(?:(?:,| and| to) (\d+)\b)?", re.IGNORECASE)
SECTION = re.compile(
    r"\b(design|facts)(?:\.md)?,? (?:sections? )?(\d)(?: and (\d))?(?:, ([A-Z]\w+))?"
)
FILE = re.compile(r"`([\w.-]+(?:/[\w.-]+)*/[\w-]+\.py)(?:::\w+)?`")
MODULE = re.compile(r"``((?:kiosk|sandbox|tests)(?:\.\w+)+)``")
FROM = ("", "kiosk", "kiosk/session", "tests")


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def sections(name: str) -> dict[str, str]:
    """What stands below each numbered heading."""
    parts = re.split(r"^## (\d+)\. ", page(name), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


ROWS = set(re.findall(r"^\| ([ST]\d+) ", page("facts.md") + page("threats.md"), re.MULTILINE))
LAWS = set(re.findall(r"^(\d+)\. ", page("laws.md"), re.MULTILINE))
SECTIONS = {name: sections(f"{name}.md") for name in ("design", "facts")}


def is_there(name: str, number: str, word: str) -> bool:
    """Whether that page has that section, and in it, in bold or as a row, that word."""
    text = SECTIONS[name].get(number, "")
    return bool(text) and (not word or word in ROWS or bool(re.search(rf"\*\*{word}\b", text)))


def astray(text: str) -> Iterator[str]:
    """Each citation in a text that leads nowhere."""
    yield from (row for row in ROW.findall(text) if row not in ROWS)
    for found in LAW.finditer(text):
        yield from (f"law {each}" for each in found.groups() if each and each not in LAWS)
    for found in SECTION.finditer(text):
        name, first, second, word = found.groups(default="")
        if not is_there(name, first, word) or (second and not is_there(name, second, "")):
            yield found[0]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_citation_leads_somewhere(folder: str) -> None:
    files = [each for each in (ROOT / folder).rglob("*") if each.suffix in KINDS]
    wrong = {
        f"{file.relative_to(ROOT)}: {cited}"
        for file in files
        if file.name != Path(__file__).name
        for cited in astray(file.read_text("utf-8"))
    }
    assert files
    assert not wrong


def test_one_that_leads_nowhere_is_found() -> None:
    text = "law 15, S16, T99, design.md section 3, Speed, and facts section 8; not T1, design 3"
    assert list(astray(text)) == [
        "S16",
        "T99",
        "law 15",
        "design.md section 3, Speed",
        "facts section 8",
    ]


def is_file(named: str, beside: Path = ROOT) -> bool:
    """Whether a page that names that file is right: from one of the usual places, or its own."""
    return any((place / named).is_file() for place in (beside, *(ROOT / each for each in FROM)))


def is_module(named: str) -> bool:
    """Whether that is a module, a folder of them, or something within a module."""
    parts = named.split(".")
    files = (ROOT.joinpath(*parts[:end]).with_suffix(".py") for end in range(2, len(parts) + 1))
    return ROOT.joinpath(*parts).is_dir() or any(file.is_file() for file in files)


def test_every_file_that_a_page_names_is_there() -> None:
    """Whoever follows a page after a move stands before a wall."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "kiosk").rglob("*.md")]
    named = {(each, file) for each in pages for file in FILE.findall(each.read_text("utf-8"))}
    assert named
    assert not [(page.name, file) for page, file in named if not is_file(file, page.parent)]


def test_every_module_that_is_named_in_the_code_is_there() -> None:
    sources = [*(ROOT / "kiosk").rglob("*.py"), *(ROOT / "sandbox").rglob("*.py")]
    named = {
        (source.name, module)
        for source in sources
        for module in MODULE.findall(source.read_text("utf-8"))
    }
    assert named
    assert not [each for each in named if not is_module(each[1])]


def test_a_file_or_a_module_that_has_moved_is_found() -> None:
    assert is_file("session/step.py")
    assert not is_file("sync/store.py")
    assert is_module("kiosk.session.step.step")
    assert not is_module("kiosk.front")
