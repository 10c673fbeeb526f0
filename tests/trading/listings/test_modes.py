"""Ways of delivery: each is one object, which says everything of it."""

from __future__ import annotations

import ast
from dataclasses import MISSING, fields
from pathlib import Path
from uuid import UUID

import pytest
from django.template.loader import get_template
from django.urls import reverse

from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.mode.base import Mode, Opening
from marketplace.trading.listings.mode.file import FILE
from marketplace.trading.listings.mode.modes import ALL, MODES
from tests.mutants.listed import ROOT

OTHER_NAMES = {"file", "report", "right"}
"""Names of modes that are names of much else."""


def test_a_mode_that_leaves_something_out_is_none() -> None:
    """When it is imported, and not when somebody first asks."""
    said = {one.name: getattr(FILE, one.name) for one in fields(Mode)}
    assert Mode(**said) == FILE
    for name in said:
        with pytest.raises(TypeError, match=name):
            Mode(**{other: value for other, value in said.items() if other != name})
    assert all(one.default is one.default_factory is MISSING for one in fields(Mode))


@pytest.mark.parametrize("mode", ALL, ids=lambda mode: mode.name)
def test_a_mode_fits_together(mode: Mode) -> None:
    """Its name fits its column, and its page is there: one of its own, or a piece of a grant's."""
    assert MODES[mode.name] is mode
    assert len(mode.name) <= (Listing._meta.get_field("delivery_mode").max_length or 0)
    assert mode.is_for_data or mode.is_for_models
    assert not (mode.is_for_important and mode.rows_leave)
    assert mode.rows_leave or not mode.leaves_whole
    assert bool(mode.page) + bool(mode.partial) + mode.sells_right == 1
    if mode.page:
        assert reverse(mode.page, args=[UUID(int=0)])
    elif mode.partial:
        get_template(mode.partial)


def test_each_act_opens_what_some_mode_delivers() -> None:
    assert {mode.opened_by for mode in ALL} == {*Opening}


def test_nothing_else_names_a_mode() -> None:
    """Code asks a mode for an attribute, and compares its name with none."""
    names, found = {*MODES} - OTHER_NAMES, []
    for path in (ROOT / "marketplace").rglob("*.py"):
        here = path.relative_to(ROOT).as_posix()
        if "/demo/" in here or "/migrations/" in here or "/listings/mode/" in here:
            continue
        found += [f"{here}:{line}" for line in _compared_with(path, names)]
    assert not found


def _compared_with(path: Path, names: set[str]) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Compare)
        and any(isinstance(one, ast.Constant) and one.value in names for one in ast.walk(node))
    ]
