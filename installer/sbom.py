"""The bill of materials: a CycloneDX 1.6 document of what went into the program.

The same parts of the same version give the same text: its number is made of the version, and its
time is the commit's.
"""

import importlib
import json
import re
import uuid
from datetime import UTC, datetime
from typing import Any

from installer.parts import Part

NAME = "operatory-kiosk"
SPDX = re.compile(r"[\w.+-]+( (OR|AND|WITH) [\w.+-]+)*")


class NotValid(Exception):
    """The document is not what CycloneDX asks for; the text says where."""


def bill(version: str, epoch: int, found: list[Part]) -> str:
    """The document as JSON. Raises NotValid."""
    main = f"{NAME}@{version}"
    inside: dict[str, list[str]] = {}
    for part in found:
        inside.setdefault(part.within, []).append(_ref(part))
    refs = {part.name: _ref(part) for part in found if not part.within}
    document: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, main)}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).isoformat(),
            "component": {
                "type": "application",
                "bom-ref": main,
                "name": NAME,
                "version": version,
            },
        },
        "components": [_component(part) for part in found],
        "dependencies": [
            {"ref": main, "dependsOn": inside.get("", [])},
            *(
                {"ref": refs[name], "dependsOn": parts}
                for name, parts in sorted(inside.items())
                if name
            ),
        ],
    }
    text = json.dumps(document, indent=1, sort_keys=True) + "\n"
    _hold_to_the_schema(text)
    return text


def _component(part: Part) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": _ref(part),
        "name": part.name,
        "version": part.version,
        "purl": part.purl,
        "licenses": [_licence(part.licence)],
    }


def _licence(told: str) -> dict[str, Any]:
    """An SPDX expression where it is one, and words where it is not."""
    return {"expression": told} if SPDX.fullmatch(told) else {"license": {"name": told}}


def _ref(part: Part) -> str:
    return f"{part.within}/{part.purl}" if part.within else part.purl


def _hold_to_the_schema(text: str) -> None:
    schema = importlib.import_module("cyclonedx.schema").SchemaVersion.V1_6
    validator = importlib.import_module("cyclonedx.validation.json").JsonStrictValidator(schema)
    fault = validator.validate_str(text)
    if fault is not None:
        raise NotValid(str(fault))
