"""The bill of materials: a CycloneDX 1.6 document of what went into the program.

The same parts of the same version give the same text: its number is made of the version, and its
time is the commit's.
"""

import importlib
import json
import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from installer.parts import Part

NAME = "operatory-kiosk"
SPDX = re.compile(r"[\w.+-]+( (OR|AND|WITH) [\w.+-]+)*")


PATCHED = f"{NAME}:security-patch-level"


class NotValid(Exception):
    """The document is not what CycloneDX asks for; the text says where."""


def bill(version: str, epoch: int, found: list[Part], digest: Callable[[str], str]) -> str:
    """The document as JSON. ``digest`` gives a place's SHA-256, or nothing. Raises NotValid."""
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
        "components": [_component(part, digest) for part in found],
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


def _component(part: Part, digest: Callable[[str], str]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "type": "library",
        "bom-ref": _ref(part),
        "name": part.name,
        "purl": part.purl,
        "licenses": [_licence(part.licence)],
    }
    if part.version:
        told["version"] = part.version
    if part.cpe:
        told["cpe"] = part.cpe
    if part.patched:
        # Of a later version: by its own, a scanner would find faults that are mended.
        told["properties"] = [{"name": PATCHED, "value": part.patched}]
    files = [_file(part, place, sum_) for place in part.files if (sum_ := digest(place))]
    if files:
        told["components"] = files
    return told


def _file(part: Part, place: str, sha256: str) -> dict[str, Any]:
    return {
        "type": "file",
        "bom-ref": f"{_ref(part)}#{place}",
        "name": place,
        "hashes": [{"alg": "SHA-256", "content": sha256}],
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
