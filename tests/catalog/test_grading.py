"""The grade follows from whom misuse would harm, and how badly."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from marketplace.catalog.dataset.grading import (
    LOWEST_FIRST,
    TABLE,
    Grade,
    HarmDegree,
    HarmedObject,
    Impact,
    grade_of,
)

PUBLISHED = json.loads(
    (Path(__file__).parent / "vectors" / "gbt43697_levels.json").read_text(encoding="utf-8")
)


def impact_of(case: dict[str, str]) -> Impact:
    """Read an impact in the words of the vectors."""
    harmed = case["object"].replace("organisation", "organization")
    return Impact(
        HarmedObject(harmed), HarmDegree(case["degree"].replace("general_harm", "general"))
    )


@pytest.mark.parametrize("case", PUBLISHED["cases"])
def test_published_cases(case: dict[str, Any]) -> None:
    grade = grade_of(impact_of(impact) for impact in case["impacts"])
    assert grade.partition("-")[0] == case["expected"]


@pytest.mark.parametrize(
    ("degree", "level"),
    [("especially_serious", 4), ("serious", 3), ("general", 2)],
)
@pytest.mark.parametrize("harmed", ["organization", "individual"])
def test_published_sublevels(harmed: str, degree: str, level: int) -> None:
    grade = grade_of([Impact(HarmedObject(harmed), HarmDegree(degree))])
    assert grade == f"general-{level}"


def test_without_harm_data_is_general_level_1() -> None:
    assert grade_of([]) == Grade.GENERAL_1


def test_every_harm_has_a_grade() -> None:
    assert {(harmed, degree) for harmed in TABLE for degree in TABLE[harmed]} == set(
        product(HarmedObject, HarmDegree)
    )


@pytest.mark.parametrize("harmed", list(HarmedObject))
def test_worse_harm_is_never_graded_lower(harmed: HarmedObject) -> None:
    ranks = [LOWEST_FIRST.index(TABLE[harmed][degree]) for degree in HarmDegree]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize(("first", "second"), list(product(HarmedObject, HarmedObject)))
def test_the_highest_of_a_set_wins(first: HarmedObject, second: HarmedObject) -> None:
    for one, other in product(HarmDegree, HarmDegree):
        impacts = [Impact(first, one), Impact(second, other)]
        each = [grade_of([impact]) for impact in impacts]
        assert grade_of(impacts) == max(each, key=LOWEST_FIRST.index)
