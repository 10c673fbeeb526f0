"""No code path leads from an appraised value to a carrying amount."""

from __future__ import annotations

import ast
from pathlib import Path

from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField

import marketplace

ROOT = Path(marketplace.__file__).parent
FORBIDDEN = ("marketplace.appraisal", "valuation")
WORDS = ("apprais", "valuation", "valued")


def imports_of(path: Path) -> set[str]:
    """Return every module that a file names in an import, and every submodule it may mean."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def file_of(module: str) -> Path | None:
    """Return the file of one of our modules, where it is one."""
    base = ROOT.parent.joinpath(*module.split("."))
    for path in (base.with_suffix(".py"), base / "__init__.py"):
        if path.is_file():
            return path
    return None


def reached_from(start: list[Path]) -> dict[str, str]:
    """Follow the imports from files through our own modules; answer each with who imports it."""
    waiting = [(path, str(path)) for path in start]
    seen: dict[str, str] = {}
    while waiting:
        path, importer = waiting.pop()
        for name in imports_of(path):
            if name in seen:
                continue
            found = file_of(name)
            if found is None and not name.startswith(FORBIDDEN):
                continue
            seen[name] = importer
            if found is not None:
                waiting.append((found, name))
    return seen


def test_no_import_leads_to_appraisal() -> None:
    """Neither directly nor through any module on the way."""
    start = sorted((ROOT / "accounting").rglob("*.py"))
    reached = reached_from(start)
    assert "marketplace.catalog.dataset.models" in reached
    assert {
        name: importer for name, importer in reached.items() if name.startswith(FORBIDDEN)
    } == {}


def test_the_walk_would_find_one() -> None:
    """From trading, which asks whether a valuation is in force."""
    reached = reached_from(sorted((ROOT / "trading").rglob("*.py")))
    assert any(name.startswith("marketplace.appraisal") for name in reached)


def test_no_relation_and_no_field_leads_to_appraisal() -> None:
    """From no table of accounting, nor to one of its tables from appraisal's."""
    for model in apps.get_app_config("accounting").get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            assert not any(word in field.name for word in WORDS), field
            related = field.related_model
            if related is not None and not isinstance(related, str):
                assert related._meta.app_label != "appraisal", field
    for model in apps.get_app_config("appraisal").get_models(include_auto_created=True):
        for relation in model._meta.get_fields():
            if isinstance(relation, ForeignKey | ManyToManyField):
                target = relation.related_model
                assert not isinstance(target, str)
                assert target._meta.app_label != "accounting", relation


def test_no_accounting_code_asks_for_appraisal_by_name() -> None:
    """Neither a table's name in SQL nor an app's label in `get_model`."""
    for path in sorted((ROOT / "accounting").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for way in ("appraisal_appraisal", "get_model(", "import_module", ".raw(", "cursor("):
            assert way not in text, path
