"""The lists of mutants hold of the tree as it is, so that they cannot rot."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.mutants.listed import DATABASES, ROOT, Mutant, definitions_of, draws, mutants

ALL = mutants()
FEWEST = 150


@pytest.mark.parametrize("mutant", ALL, ids=lambda mutant: f"{mutant.group}: {mutant.name}")
def test_mutant_applies(mutant: Mutant) -> None:
    """Its text stands once, what replaces it compiles, and its tests are there in every run."""
    mutated = mutant.mutated((ROOT / mutant.file).read_text(encoding="utf-8"))
    assert mutant.old != mutant.new
    if mutant.file.endswith(".py"):
        compile(mutated, mutant.file, "exec")
    assert mutant.database in DATABASES
    assert mutant.tests
    assert len({test.startswith("tests/browser/") for test in mutant.tests}) == 1
    for test in mutant.tests:
        file, _, name = test.partition("::")
        assert (ROOT / file).is_file(), test
        assert not name or name.partition("[")[0] in definitions_of(file), test
        assert not name or not draws(definitions_of(file)[name.partition("[")[0]]), test


def test_there_are_mutants_of_everything() -> None:
    """Every app and both libraries have some, and no two have one name."""
    assert len(ALL) >= FEWEST
    assert [name for name, count in Counter(m.name for m in ALL).items() if count > 1] == []
    parts = {part.parent.name for part in (ROOT / "marketplace").glob("*/apps.py")}
    touched = {tuple(mutant.file.split("/"))[:2] for mutant in ALL}
    assert [part for part in sorted(parts) if ("marketplace", part) not in touched] == []
    assert {"desensitize", "valuation", "templates"} <= {first for first, *_ in touched}
