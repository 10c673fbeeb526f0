"""The cases and rows of every app, together."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import tests
from tests.given.access import Access
from tests.given.doors import DoorCase


def modules(name: str) -> Iterator[ModuleType]:
    """Go over the modules of that name, such as `doors`, of all apps."""
    for package in pkgutil.iter_modules(tests.__path__):
        path = f"tests.{package.name}.{name}"
        if package.ispkg and package.name != "given" and importlib.util.find_spec(path):
            yield importlib.import_module(path)


CASES: list[DoorCase] = [case for module in modules("doors") for case in module.CASES]
WRITTEN: list[Access] = [row for module in modules("access") for row in module.ROWS]


def _of_cases() -> dict[str, list[Access]]:
    taken = {row.route for row in WRITTEN}
    rows: dict[str, list[Access]] = {}
    for case in CASES:
        rows[case.act] = [row for row in case.rows() if row.route not in taken]
        taken |= {row.route for row in rows[case.act]}
    return rows


OF_CASES = _of_cases()
"""By act the rows of its addresses that are not written; each address is the first act's."""

ROWS = [*WRITTEN, *(row for rows in OF_CASES.values() for row in rows)]
