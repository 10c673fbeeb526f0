"""What a short run leaves out is drawn anew each time, and nothing is left out for good."""

from __future__ import annotations

from dataclasses import dataclass

from tests.plugins.drawing import drawn


@dataclass(frozen=True)
class Case:
    """A case of a test."""

    nodeid: str


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
