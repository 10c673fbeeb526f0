"""The changelog follows Keep a Changelog, in short lines that say each thing once."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

pytestmark = pytest.mark.house
ROOT = Path(__file__).parent.parent.parent
RELEASE = re.compile(r"\[(\d+)\.(\d+)\.(\d+)\] - (\d{4}-\d\d-\d\d)")
SECTIONS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
MOST_WORDS = 25
FIRST_OF_NOTE = (0, 2, 0)
"""The releases before this one are told briefly."""
MOST_BEFORE = 30
GOOD = """# Changelog

## [Unreleased]

### Added

- A buyer measures data before buying it.

## [0.1.0] - 2026-11-28

### Fixed

- A file with an empty header is refused.
"""


def _faults(text: str, version: str) -> list[str]:
    """Return what is wrong with a changelog, where the project has this version."""
    releases = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    headings = [release.split("\n", 1)[0] for release in releases]
    entries = re.findall(r"^- (.+)$", text, re.MULTILINE)
    return [
        *_faults_of_headings(headings, version),
        *(fault for release in releases for fault in _faults_of_release(release)),
        *(f"Twice: {entry}" for entry, count in Counter(entries).items() if count > 1),
        *(f"Too long: {entry}" for entry in entries if _words(entry) > MOST_WORDS),
    ]


def _faults_of_headings(headings: list[str], version: str) -> list[str]:
    unreleased, *released = headings or [""]
    found = [RELEASE.fullmatch(heading) for heading in released]
    if unreleased != "[Unreleased]" or None in found:
        return [f"Not the headings of releases: {headings}"]
    said = [_release(heading) for heading in released]
    faults = [
        f"Not before the release above it: {later}"
        for (number, day), (later, earlier_day) in pairwise(said)
        if later >= number or earlier_day > day
    ]
    if not released or not released[0].startswith(f"[{version}]"):
        faults.append(f"The newest release is not {version}")
    return faults


def _release(heading: str) -> tuple[tuple[int, ...], date]:
    *number, day = RELEASE.findall(heading)[0]
    return tuple(int(part) for part in number), date.fromisoformat(day)


def _faults_of_release(release: str) -> list[str]:
    heading, *lines = release.splitlines()
    sections = [line.removeprefix("### ") for line in lines if line.startswith("#")]
    faults = [f"No section: {name}" for name in sections if name not in SECTIONS]
    faults += [f"Twice in {heading}: {name}" for name, n in Counter(sections).items() if n > 1]
    faults += [
        f"No line of an entry: {line}" for line in lines if line and not re.match(r"- |### ", line)
    ]
    count = sum(line.startswith("- ") for line in lines)
    if RELEASE.match(heading) and _release(heading)[0] < FIRST_OF_NOTE and count > MOST_BEFORE:
        faults.append(f"More than {MOST_BEFORE} entries: {heading}")
    return faults


def _words(entry: str) -> int:
    return len(re.sub(r"\]\([^)]*\)", "]", entry).split())


def test_the_changelog_keeps_its_form() -> None:
    """Add what users notice under Unreleased, on top of its section."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert _faults(text, version["version"]) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("## [Unreleased]", "## Next", "Not the headings"),
        ("[0.1.0] - 2026-11-28", "0.1.0", "Not the headings"),
        ("[0.1.0] - 2026-11-28", "[0.1.1] - 2026-11-28", "The newest release"),
        ("## [0.1.0]", "## [0.1.0] - 2026-11-01\n\n## [0.1.0]", "Not before the release"),
        ("### Fixed", "### The house", "No section"),
        ("### Fixed", "### Fixed\n\n### Fixed", "Twice in"),
        ("before buying it.", "before\n  buying it.", "No line of an entry"),
        ("buying it.", "buying it" + " again" * 20 + ".", "Too long"),
        (
            "A file with an empty header is refused.",
            "A buyer measures data before buying it.",
            "Twice: ",
        ),
        ("- A file", "".join(f"- Entry {n}.\n" for n in range(30)) + "- A file", "More than 30"),
    ],
)
def test_a_fault_is_named(old: str, new: str, fault: str) -> None:
    """Each rule refuses a short text that breaks it, and none the text as it was."""
    assert _faults(GOOD, "0.1.0") == []
    assert GOOD.count(old) == 1
    assert [said for said in _faults(GOOD.replace(old, new), "0.1.0") if said.startswith(fault)]
