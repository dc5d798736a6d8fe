"""What a site of ``--web-only --data`` knows of its logins, in one file, from start to start."""

import json
from dataclasses import asdict, replace
from pathlib import Path

from sandbox.web.site import Site

NAME = "web.json"


def recall(site: Site, folder: Path) -> None:
    """What was kept there; nothing where there is nothing."""
    file = folder / NAME
    if file.exists():
        for email, known in json.loads(file.read_text("utf-8")).items():
            known["devices"] = set(known["devices"])
            site.accounts[email] = replace(site.accounts[email], **known)


def keep(site: Site, folder: Path) -> None:
    """Written beside and moved: whoever ends in the middle has the file of before."""
    known = {email: asdict(account) for email, account in site.accounts.items()}
    beside = folder / f"{NAME}.new"
    beside.write_text(json.dumps(known, default=sorted, indent=1), "utf-8")
    beside.replace(folder / NAME)
