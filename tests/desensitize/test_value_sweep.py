"""What is asked of sensitive values costs no more than by ARX, and is reached."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from desensitize.privacy import Closeness, Diversity, Hierarchy, anonymize_table, load_hierarchy
from tests.desensitize import checker
from tests.desensitize.test_anonymization import COLUMNS, FOLDER, published_rows

SALARY, OCCUPATION = "salary-class", "occupation"
# The loss of ARX aacd487f, local recoding, k = 5, over the same quasi-identifiers.
DISTINCT = [(SALARY, 2, 0.2584), (OCCUPATION, 3, 0.0345)]
ENTROPY = [(OCCUPATION, 3, 0.0619)]
EQUAL = [(SALARY, 0.3, 0.2114), (SALARY, 0.2, 0.2842)]


@pytest.fixture(scope="module")
def table(adult_table: Path) -> pl.DataFrame:
    return pl.read_parquet(adult_table).cast(pl.String)


def quasi(sensitive: str) -> dict[str, Hierarchy]:
    without = {SALARY, OCCUPATION} if sensitive == OCCUPATION else {sensitive}
    names = [name for name in COLUMNS if name not in without]
    return {name: load_hierarchy(FOLDER / f"adult_hierarchy_{name}.csv", name) for name in names}


def classes(
    table: pl.DataFrame, sensitive: str, **asked: object
) -> tuple[list[list[checker.Row]], float]:
    """Return the published classes by plain dictionaries, and the loss that was told."""
    hierarchies = quasi(sensitive)
    found = anonymize_table(table.lazy(), hierarchies, smallest_class=5, **asked)  # type: ignore[arg-type]
    names = list(hierarchies)
    rows, left = published_rows(table, found, names)
    assert left == found.suppressed_rows == 0
    published = [
        dict(zip((*names, sensitive), (*labels, value), strict=True))
        for labels, value in zip(rows, table[sensitive], strict=True)
    ]
    return list(checker.classes_of(published, names).values()), found.loss


@pytest.mark.drawn(1)
@pytest.mark.parametrize(("sensitive", "least", "arx"), DISTINCT)
def test_distinct_values(table: pl.DataFrame, sensitive: str, least: int, arx: float) -> None:
    found, loss = classes(table, sensitive, diversity={sensitive: Diversity(least)})
    assert min(map(len, found)) >= 5
    assert min(len(checker.values_of(rows, sensitive)) for rows in found) >= least
    assert loss <= arx


@pytest.mark.drawn(1)
@pytest.mark.parametrize(("sensitive", "least", "arx"), ENTROPY)
def test_entropy(table: pl.DataFrame, sensitive: str, least: int, arx: float) -> None:
    asked = {sensitive: Diversity(least, "entropy")}
    found, loss = classes(table, sensitive, diversity=asked)
    assert min(map(len, found)) >= 5
    assert (
        min(checker.entropy(checker.values_of(rows, sensitive)) for rows in found) >= least - 1e-9
    )
    assert loss <= arx


@pytest.mark.drawn(1)
@pytest.mark.parametrize(("sensitive", "most", "arx"), EQUAL)
def test_equal_distances(table: pl.DataFrame, sensitive: str, most: float, arx: float) -> None:
    found, loss = classes(table, sensitive, closeness={sensitive: Closeness(most)})
    whole = checker.values_of(({sensitive: value} for value in table[sensitive]), sensitive)
    farthest = max(
        checker.equal_distance(checker.values_of(rows, sensitive), whole) for rows in found
    )
    assert min(map(len, found)) >= 5
    assert farthest <= most + 1e-9
    assert loss <= arx


def test_the_same_labels_in_whatever_order_rows_come(table: pl.DataFrame) -> None:
    hierarchies, asked = quasi(SALARY), {SALARY: Diversity(2)}
    some = table[::20]
    one, other = (
        anonymize_table(rows.lazy(), hierarchies, smallest_class=5, diversity=asked)
        for rows in (some, some.sample(fraction=1.0, shuffle=True, seed=3))
    )
    names = list(hierarchies)
    assert one.mapping.sort(names).equals(other.mapping.sort(names))
