"""The page of dependencies names the licences that packages state; NOTICE is complete."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from tests.architecture.licences import STATED_ELSEWHERE, licence_of

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "dependencies.md").read_text(encoding="utf-8")
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([^`]+)` \| (.+) \| ([^|]*) \|$", re.MULTILINE)
DATA = ("desensitize", "marketplace", "tests", "benchmarks")
NAMES_LICENCE = re.compile(r'^#.*licence|^ *"licence": "', re.MULTILINE)


def test_each_row_has_the_licence_that_its_package_states() -> None:
    rows = ROW.findall(PAGE)
    assert len(rows) == len(re.findall(r"^\| `", PAGE, re.MULTILINE))
    stated = {
        name: licence_of(distribution(name)) or STATED_ELSEWHERE.get(name, "")
        for name, _, _ in rows
    }
    assert {name: licence for name, _, licence in rows} == stated
    assert "" not in stated.values()


@pytest.mark.parametrize("name", STATED_ELSEWHERE)
def test_what_is_stated_elsewhere_is_not_stated_in_the_package(name: str) -> None:
    """Once a package states its licence, that counts."""
    assert licence_of(distribution(name)) == ""
    assert re.search(rf"`{name}`[^\n]* https://\S+", PAGE)


def test_everything_that_production_installs_has_a_licence() -> None:
    """What our dependencies need included; what is for another system is not installed here."""
    pinned = re.findall(r"^([a-z0-9.-]+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    silent = set()
    for name in pinned:
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        if not licence_of(package):
            silent.add(name)
    assert silent == set(STATED_ELSEWHERE)


def test_data_of_others_are_in_the_notice() -> None:
    """Each file that names the licence of somebody else's list, and each that is compressed."""
    paths = [path for folder in DATA for path in sorted((ROOT / folder).rglob("*"))]
    lists = [
        path
        for path in paths
        if path.suffix in (".txt", ".toml", ".json", ".csv")
        and NAMES_LICENCE.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    compressed = [path for path in paths if path.suffix == ".xz"]
    assert (len(lists), len(compressed)) >= (7, 4)
    missing = [
        str(path.relative_to(ROOT))
        for path in (*lists, *compressed)
        if str(path.relative_to(ROOT)) not in NOTICE
    ]
    assert missing == []
    assert all(
        (ROOT / path).exists() for path in re.findall(r"^- (\S+/\S+)$", NOTICE, re.MULTILINE)
    )
