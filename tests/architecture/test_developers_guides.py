"""What the guides of developers name is there, and every noun has its place on the map."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.house
ROOT = Path(__file__).parent.parent.parent
GUIDES = sorted((ROOT / "docs" / "how-to").glob("add-*.md"))
CODE = ("marketplace", "desensitize", "valuation", "templates", "tests", "benchmarks", "docs")
ROOT_FILES = (".md", ".toml", "Makefile")
FENCED = re.compile(r"```.*?```", re.DOTALL)
QUOTED = re.compile(r"`([^`\n]+)`")
INSTALLED = re.compile(r"\.venv/\S+")
PATH = re.compile(r"[\w.*-]+(?:/[\w.*-]+)+/?|\w+\.md")
NAME = re.compile(r"[A-Za-z_]\w{2,}")
MADE_UP = {
    "add-a-registration-procedure.md": {"yourplace"},
    "add-a-mask.md": {"round_to"},
}
"""Parts of the names that a guide makes up for its example."""
MOST_LINES = 120
"""Of the guide of acts: three screens of forty lines."""
ON_TOP = {"urls", "views", "forms", "models", "services", "selectors", "rules", "events"}
"""What a package has to hold one of to be a noun."""


@cache
def _files() -> dict[str, str]:
    """Return the texts of the files in which names and paths may stand, by their paths."""
    found = [path for folder in CODE for path in (ROOT / folder).rglob("*") if path.is_file()]
    found += [path for path in ROOT.iterdir() if path.name.endswith(ROOT_FILES)]
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8", errors="ignore")
        for path in found
        if path.suffix in {".py", ".html", ".toml", ".md", ".patch", ".json", ".po"}
        or path.name == "Makefile"
    }


@cache
def _places() -> frozenset[str]:
    """Return each file and folder, by the whole path and by each end of it."""
    files = {Path(name) for name in _files()}
    places = files | {folder for file in files for folder in file.parents}
    ends = {"/".join(place.parts[start:]) for place in places for start in range(len(place.parts))}
    return frozenset(ends)


@cache
def _known() -> str:
    """Return all code as one text, and what patches add as examples of guides."""
    own = Path(__file__).relative_to(ROOT)
    return "\n".join(
        text
        for name, text in _files().items()
        if not name.endswith((".md", ".po")) and Path(name) != own
    )


def missing_in(text: str, made_up: set[str]) -> list[str]:
    """Return the paths and names in backticks of a guide that are nowhere."""
    own = "".join(FENCED.findall(text)) + _known()
    missing = []
    for quoted in QUOTED.findall(INSTALLED.sub("", FENCED.sub("", text))):
        for path in PATH.findall(quoted):
            is_example = any(part in path for part in made_up) or path in own
            if "*" not in path and path.rstrip("/") not in _places() and not is_example:
                missing.append(path)
        for name in NAME.findall(PATH.sub("", quoted)):
            is_example = any(part in name for part in made_up)
            if not is_example and name not in own and name not in _places():
                missing.append(name)
    return missing


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_what_a_developers_guide_names_is_there(guide: Path) -> None:
    """Each path is a file or folder, and each name stands in the code."""
    assert missing_in(guide.read_text(encoding="utf-8"), MADE_UP.get(guide.name, set())) == []


def test_what_is_gone_is_found() -> None:
    text = "See `marketplace/core/gone.py`, `NEVER_THERE` and `marketplace/core/clock.py`."
    assert missing_in(text, set()) == ["marketplace/core/gone.py", "NEVER_THERE"]


def test_the_guide_of_acts_shows_lines_of_its_patch() -> None:
    """Each added line that it shows is one of the patch, whatever was left out between."""
    guide = (ROOT / "docs" / "how-to" / "add-an-act.md").read_text(encoding="utf-8")
    patch = (ROOT / "tests" / "patches" / "small-act.patch").read_text(encoding="utf-8")
    shown = [
        line
        for block in re.findall(r"^```diff\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)
        for line in block.splitlines()
    ]
    assert shown
    assert [line for line in shown if line not in patch.splitlines()] == []
    assert len(guide.splitlines()) <= MOST_LINES


def _nouns() -> dict[str, set[str]]:
    """Return the packages of each app that hold a layer of a noun."""
    found: dict[str, set[str]] = {}
    for folder in (ROOT / "marketplace").glob("*/**/"):
        is_noun = any((folder / f"{layer}.py").exists() for layer in ON_TOP)
        is_app = (folder / "apps.py").exists() or folder.parent == ROOT / "marketplace"
        if is_noun and not is_app:
            app = folder.parent.relative_to(ROOT / "marketplace").as_posix()
            found.setdefault(app, set()).add(folder.name)
    return found


def test_the_map_names_every_noun() -> None:
    """In the row of its app; an app without a row has no nouns of its own."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w/]+)` \| (.*) \|$", page, re.MULTILINE))
    missing = [
        f"{app}: {noun}"
        for app, nouns in sorted(_nouns().items())
        for noun in sorted(nouns)
        if noun.replace("_", " ") not in rows.get(app, "").replace("-", " ").lower()
    ]
    assert missing == []
