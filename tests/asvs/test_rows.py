"""The table of ASVS is whole, and what it names is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from marketplace.desk.asvs import STATES, Row, rows
from tests.mutants.listed import ROOT, definitions_of, draws, mutants

LEVELS = {
    "1.1": "22",
    "1.2": "1111122223",
    "1.3": "112222222223",
    "1.4": "222",
    "1.5": "123",
    "2.1": "122",
    "2.2": "112",
    "2.3": "12223",
    "2.4": "23",
    "5.1": "2",
    "5.2": "112333",
    "5.3": "113",
    "5.4": "222",
    "6.1": "122",
    "6.2": "111111112222",
    "6.3": "11223333",
    "6.4": "112233",
    "6.5": "22222333",
    "6.6": "2223",
    "6.7": "33",
    "6.8": "2222",
    "7.1": "222",
    "7.2": "1111",
    "7.3": "22",
    "7.4": "11222",
    "7.5": "223",
    "7.6": "22",
    "8.1": "1233",
    "8.2": "1123",
    "8.3": "133",
    "8.4": "23",
}
"""The level of each requirement of ASVS 5.0.0, by section."""

ALL = rows()
MUTANTS = {mutant.name: mutant for mutant in mutants()}


def test_every_requirement_has_a_row() -> None:
    """Each once, with its level, and no other."""
    wanted = {
        f"{section}.{number}": int(level)
        for section, levels in LEVELS.items()
        for number, level in enumerate(levels, 1)
    }
    assert len(wanted) == 135
    assert [row.number for row in ALL] == list(dict.fromkeys(row.number for row in ALL))
    assert {row.number: row.level for row in ALL} == wanted


@pytest.mark.parametrize("row", ALL, ids=lambda row: row.number)
def test_row_is_whole(row: Row) -> None:
    """It says how it stands; what is met has a control that is there, and tests that look at it."""
    assert row.state in STATES
    assert row.asks.endswith(".")
    assert row.how.endswith(".")
    assert bool(row.mutant) == (row.state == "met")
    assert row.tests or row.state == "not-met"
    assert not row.mutant or row.mutant in MUTANTS
    if row.state == "not-met":
        assert "To meet it, " in row.how
    for test in row.tests:
        file, _, name = test.partition("::")
        assert Path(ROOT / file).is_file(), test
        assert name.partition("[")[0] in definitions_of(file), test
        assert not draws(definitions_of(file)[name.partition("[")[0]]), test


def test_drawing_is_by_the_seed() -> None:
    """The same rows for the same seed, so that a failure can be tried again."""
    from tests.asvs.__main__ import drawn  # noqa: PLC0415

    assert drawn(7, 20) == drawn(7, 20) != drawn(8, 20)
    assert len(drawn(7, 20)) == 20
    assert {row.state for row in drawn(7, 1000)} == {"met"}
