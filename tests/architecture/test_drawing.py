"""What a short run leaves out is drawn anew each time, and nothing is left out for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import pytest

from tests.plugins.drawing import cases_of, drawn


@dataclass(frozen=True)
class Case:
    """A case of a test."""

    nodeid: str
    mark: pytest.Mark | None = None

    def get_closest_marker(self, name: str) -> pytest.Mark | None:
        """Return the mark of the test."""
        return self.mark


CASES = [Case(f"tests/test_files.py::test_a_file[{number}]") for number in range(12)]


def test_each_case_has_its_turn() -> None:
    """As many as may run, of one seed the same, in whatever order they are found."""
    assert len(drawn(CASES, 5, "1")) == 5
    assert drawn(CASES, 5, "1") == drawn(CASES[::-1], 5, "1")
    assert set().union(*(drawn(CASES, 5, seed) for seed in range(100))) == {
        case.nodeid for case in CASES
    }


def test_few_cases_all_run() -> None:
    """Nothing is drawn where nothing needs to be left out."""
    assert drawn(CASES, 12, "1") == {case.nodeid for case in CASES}
    assert drawn(CASES[:2], 12, "1") == {case.nodeid for case in CASES[:2]}


def test_tests_of_one_kind_take_turns() -> None:
    """They are drawn from together; a test that names no kind is drawn from alone."""
    kind, alone = pytest.mark.drawn(1, of="long ones").mark, pytest.mark.drawn(2).mark
    items = [
        Case("tests/test_a.py::test_long", kind),
        Case("tests/test_b.py::test_longer", kind),
        *(Case(f"tests/test_b.py::test_many[{number}]", alone) for number in range(3)),
        Case("tests/test_b.py::test_always"),
    ]
    found = cases_of(cast("list[Any]", items))
    assert [([case.nodeid for case in cases], most) for cases, most in found] == [
        (["tests/test_a.py::test_long", "tests/test_b.py::test_longer"], 1),
        ([f"tests/test_b.py::test_many[{number}]" for number in range(3)], 2),
    ]
