"""The release workflow, as far as it can be held to anything without its runners."""

import re
from typing import Any

import yaml

from tests.imports import ROOT

PATH = ROOT / ".github" / "workflows" / "release.yml"
TEXT = PATH.read_text("utf-8")
JOBS: dict[str, dict[str, Any]] = yaml.safe_load(TEXT)["jobs"]
ACTION = re.compile(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def test_every_action_is_pinned_to_a_commit_with_its_version_beside() -> None:
    used = [line.partition("uses:")[2].strip() for line in TEXT.splitlines() if "uses:" in line]
    assert used
    assert all(ACTION.fullmatch(each) for each in used)


def test_each_build_is_installed_by_a_job_of_its_own() -> None:
    for system in ("debian", "windows", "macos"):
        assert JOBS[f"install-{system}"]["needs"] in {"build-debian", "build-elsewhere"}
        assert f"install-{system}" in JOBS["release"]["needs"]


def test_no_job_may_more_than_it_needs() -> None:
    for name, job in JOBS.items():
        allowed = {"contents": "write"} if name == "release" else {"contents": "read"}
        assert job["permissions"] in (allowed, {})
        assert job["timeout-minutes"] <= 30


def test_all_three_systems_are_built_from_the_one_spec() -> None:
    systems = [each["system"] for each in JOBS["build-elsewhere"]["strategy"]["matrix"]["include"]]
    assert systems == ["windows", "macos"]
    assert "python -m installer dist" in TEXT
    assert [path.name for path in (ROOT / "installer").glob("*.spec")] == ["kiosk.spec"]


def test_no_runner_is_retired() -> None:
    """A job on a runner that is gone waits a day and fails."""
    gone = {"macos-12", "macos-13", "macos-14", "ubuntu-20.04", "windows-2019"}
    named = {str(job["runs-on"]) for job in JOBS.values()}
    named |= {each["runner"] for each in JOBS["build-elsewhere"]["strategy"]["matrix"]["include"]}
    assert not named & gone
    assert not [each for each in named if each.endswith("-latest")]
