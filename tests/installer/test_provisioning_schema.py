"""The published schema and the kiosk judge alike."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kiosk.cli.provision import Checked, check
from tests.imports import ROOT

INSTALLER = ROOT / "installer"
SCHEMA = json.loads((INSTALLER / "provisioning.schema.json").read_text("utf-8"))
SERVER = 'server = "https://x.example"\n'
JUDGED = [
    (SERVER + "[end]", True),
    ("[end]", False),
    (SERVER, False),
    (SERVER + "[end]\nx = 1", False),
    (SERVER + 'password = "x"\n[end]', False),
    (SERVER + "autostart = true\n[end]", True),
    (SERVER + 'autostart = "yes"\n[end]', False),
    (SERVER + 'location = ""\n[end]', False),
    (SERVER + f'location = "{"x" * 201}"\n[end]', False),
    (SERVER + "[display]\ntext_scale = 1\n[end]", True),
    (SERVER + "[display]\ntext_scale = 3\n[end]", False),
    (SERVER + '[display]\nshow = "window"\nleave_screens = ["DP-2"]\n[end]', True),
    (SERVER + '[display]\nshow = "curtain"\n[end]', False),
    (SERVER + '[display]\nleave_screens = [""]\n[end]', False),
    (SERVER + 'proxy = "http://proxy.example:3128"\n[end]', True),
    (SERVER + 'proxy = "http://me:pw@proxy.example"\n[end]', False),
    ('mode = "web"\n' + SERVER + '[site]\nstart = "/signin"\nassistants = ["Jo"]\n[end]', True),
    (SERVER + 'mode = "page"\n[end]', False),
    (SERVER + '[site]\nstart = "signin"\n[end]', False),
    (SERVER + '[site]\nsign_in = "http://x.example"\n[end]', False),
    (SERVER + '[site]\nhosts = ["cdn"]\n[end]', False),
    (SERVER + '[site]\ncode_phone_ending = "021"\n[end]', False),
    (SERVER + "[site]\ncode_after_days = 0\n[end]", False),
    (SERVER + '[site.marks]\nemail = "#who"\n[end]', True),
    (SERVER + '[site.marks]\nrecord = "#vitals"\n[end]', True),
    (SERVER + "[site.marks]\nrecord = 3\n[end]", False),
    (SERVER + '[site.marks]\nemail = ""\n[end]', False),
    (SERVER + '[site.marks]\ntile = "#who"\n[end]', False),
    ('server = "http://127.0.0.1:8790"\n[end]', True),
    ('server = "http://x.example"\n[end]', False),
    ('server = "https://x.example/path"\n[end]', False),
]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(("text", "good"), JUDGED)
def test_both_say_the_same(tmp_path: Path, text: str, good: bool) -> None:
    file = tmp_path / "op3.toml"
    file.write_text(text)
    assert isinstance(check(file), Checked) is good
    assert Draft202012Validator(SCHEMA).is_valid(tomllib.loads(text)) is good


def test_the_example_is_in_order_by_both() -> None:
    example = INSTALLER / "provisioning.example.toml"
    assert isinstance(check(example), Checked)
    Draft202012Validator(SCHEMA).validate(tomllib.loads(example.read_text("utf-8")))


def test_every_key_of_the_settings_is_in_the_schema() -> None:
    from kiosk.local import settings

    assert set(keys_of(SCHEMA)) == set(vars(settings)["_WHAT"])


def keys_of(table: dict[str, Any], above: str = "") -> Iterator[str]:
    """Every key of the schema, with the tables above it; a table without any is a key itself."""
    for name, said in table["properties"].items():
        if "properties" in said:
            yield from keys_of(said, f"{above}{name}.")
        else:
            yield f"{above}{name}"
