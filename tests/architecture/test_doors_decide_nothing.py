"""A door parses, calls and presents: it asks rules whether an act is open, and never a state."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APPS = ROOT / "marketplace"
KINDS = ("urls", "views", "api", "serializers", "forms", "admin", "tasks")
EXCEPTIONS = {
    # The field of an answer that programs read; it is filled by the rule.
    ("review/serializers.py", "may_decide"),
    # Whether the page shows the form to sign with; it is told so by the rule.
    ("trading/orders/signature/views.py", "may_sign"),
}
"""A file and the name in it that begins with `may_` and yet decides nothing."""


def is_door(path: Path) -> bool:
    """Tell whether a module is a door, or lies in a folder of them."""
    names = [*path.relative_to(APPS).parts[1:-1], path.stem]
    return any(
        name in KINDS or name.endswith(tuple(f"_{kind}" for kind in KINDS)) for name in names
    )


DOORS = sorted(path for path in APPS.glob("[!w]*/**/*.py") if is_door(path))


def decisions(tree: ast.Module, name: str) -> Iterator[str]:
    """Yield what a door does that only rules may do."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (
            (node.module or "").endswith(".states")
            or any(one.name == "states" for one in node.names)
        ):
            yield f"line {node.lineno} imports states"
        elif isinstance(node, ast.Compare) and any(
            isinstance(side, ast.Attribute) and side.attr == "state"
            for side in (node.left, *node.comparators)
        ):
            yield f"line {node.lineno} compares a state"
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node.value.startswith("may_")
            and (name, node.value) not in EXCEPTIONS
        ):
            yield f"line {node.lineno} computes {node.value}"


@pytest.mark.parametrize("path", DOORS, ids=lambda path: str(path.relative_to(APPS)))
def test_a_door_asks_the_rules(path: Path) -> None:
    """Ask `allowed` or `is_open` of the app's rules, or add a property to the model."""
    name = str(path.relative_to(APPS))
    found = list(decisions(ast.parse(path.read_text(encoding="utf-8")), name))
    assert not found, found


def test_doors_are_found() -> None:
    """Of every kind."""
    assert len(DOORS) > 100
    for kind in KINDS:
        assert any(kind in path.parts or kind in path.stem for path in DOORS), kind
