"""The published contract, as the tests of the server read it."""

import json
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator, FormatChecker

FOLDER = Path(__file__).parents[3] / "resources" / "contract"


def document() -> dict[str, object]:
    """``openapi.yaml``."""
    loaded = yaml.safe_load((FOLDER / "openapi.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def examples() -> list[Path]:
    """``SchemaName.variant.json``, all of them."""
    return sorted((FOLDER / "examples").glob("*.json"))


def example(name: str) -> dict[str, object]:
    """One example by its file name without the ending."""
    loaded = json.loads((FOLDER / "examples" / f"{name}.json").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


DOCUMENT = document()


def misfits(schema: str, message: object) -> list[str]:
    """What of a message does not fit the schema of that name; empty when all does."""
    validator = Draft202012Validator(
        {**DOCUMENT, "$ref": f"#/components/schemas/{schema}"}, format_checker=FormatChecker()
    )
    return [f"{each.json_path}: {each.message}" for each in validator.iter_errors(message)]
