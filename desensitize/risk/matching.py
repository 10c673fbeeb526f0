"""Find which persons fit which published class, whatever levels its labels come from."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl

from desensitize.privacy.hierarchy import ANYTHING, Hierarchy
from desensitize.privacy.lattice import Integers
from desensitize.privacy.tuples import distinct_tuples

CLASS, PERSON = " class ", " person "


def pairs(
    classes: pl.DataFrame, persons: pl.DataFrame, hierarchies: Mapping[str, Hierarchy]
) -> Iterator[tuple[Integers, Integers]]:
    """Yield the numbers of classes and persons that fit each other, each pair once.

    Both frames hold one text column for each quasi-identifier. A person fits a class when every
    label of the class is the person's value, stands above it in the hierarchy, or is “*”.
    """
    names = list(classes.columns)
    levels = pl.DataFrame({name: _levels(classes[name], hierarchies.get(name)) for name in names})
    combined = classes.with_row_index(CLASS).with_columns(
        levels.select(pl.struct(names).alias(" levels "))
    )
    numbered = persons.select(names).with_row_index(PERSON)
    climbed: dict[tuple[str, int], pl.Series] = {}
    for (signature,), members in combined.group_by(" levels "):
        assert isinstance(signature, dict)
        for name, level in signature.items():
            if (name, level) not in climbed:
                climbed[name, level] = _climbed(persons[name], hierarchies.get(name), level)
        lifted = numbered.select(
            PERSON, *(climbed[name, level].alias(name) for name, level in signature.items())
        )
        met = members.join(lifted, on=names, how="inner", nulls_equal=True)
        yield (
            met[CLASS].to_numpy().astype(np.int64),
            met[PERSON].to_numpy().astype(np.int64),
        )


def published_classes(table: pl.LazyFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Count the classes of a table, as text."""
    return distinct_tuples(table, columns)


def _levels(labels: pl.Series, hierarchy: Hierarchy | None) -> pl.Series:
    # Labels that no hierarchy names are values; “*” stands for anything even without one.
    level_of: dict[str, int] = {ANYTHING: -1}
    for row in hierarchy.rows if hierarchy is not None else ():
        for level, label in enumerate(row):
            if label != ANYTHING:
                level_of[label] = min(level, level_of.get(label, level))
    return labels.replace_strict(
        list(level_of), list(level_of.values()), default=0, return_dtype=pl.Int64
    )


def _climbed(values: pl.Series, hierarchy: Hierarchy | None, level: int) -> pl.Series:
    if level < 0:
        return pl.repeat(ANYTHING, len(values), dtype=pl.String, eager=True)
    if level == 0 or hierarchy is None:
        return values
    return values.replace_strict(
        [row[0] for row in hierarchy.rows],
        [row[level] for row in hierarchy.rows],
        default=ANYTHING,
        return_dtype=pl.String,
    )
