"""Attack a file with a table of known persons."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import fsum
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import polars as pl

from desensitize.errors import DesensitizeError, TableError, nearest
from desensitize.privacy.hierarchy import Hierarchy
from desensitize.privacy.tuples import distinct_tuples
from desensitize.risk.matching import pairs

COUNT = " count "


@dataclass(frozen=True)
class Linkage:
    """Hold what a linkage attack reaches.

    Of `reference_rows` known persons `linked_rows` fit at least one row of the file, `unique_rows`
    exactly one. `expected_correct` is the share of persons whose row a guess among all that fit
    finds, if everybody is in the file. `correct_rows` of the unique ones carry the same identity;
    None where no column tells.
    """

    reference_rows: int
    linked_rows: int
    unique_rows: int
    unique_share: float
    expected_correct: float
    correct_rows: int | None

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as plain values."""
        return asdict(self)


def linkage_attack(
    path: Path,
    reference: Path,
    *,
    quasi_identifiers: Sequence[str],
    hierarchies: Mapping[str, Hierarchy] = MappingProxyType({}),
    identity: str | None = None,
) -> Linkage:
    """Link the persons of a Parquet file of reference to the rows of a released one.

    `identity` names a column of both files that says who is who, to count what is linked rightly.

    Raises:
        DesensitizeError: `no-quasi-identifiers` or `unknown-column`.
        TableError: `unreadable-table`.
    """
    names = list(dict.fromkeys(quasi_identifiers))
    if not names:
        raise DesensitizeError("no-quasi-identifiers")
    try:
        released, known = pl.scan_parquet(path), pl.scan_parquet(reference)
        for table in (released, known):
            columns = table.collect_schema().names()
            for column in (*names, *([identity] if identity else [])):
                if column not in columns:
                    raise DesensitizeError(
                        "unknown-column", column=column, nearest=nearest(column, columns)
                    )
        return _attack(released, known, names, hierarchies, identity)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error


def _attack(
    released: pl.LazyFrame,
    known: pl.LazyFrame,
    names: list[str],
    hierarchies: Mapping[str, Hierarchy],
    identity: str | None,
) -> Linkage:
    classes, persons = distinct_tuples(released, names), distinct_tuples(known, names)
    sizes = classes[COUNT].to_numpy().astype(np.int64)
    weights = persons[COUNT].to_numpy().astype(np.int64)
    fitting = np.zeros(len(weights), dtype=np.int64)
    last = np.full(len(weights), -1, dtype=np.int64)
    for places, people in pairs(classes.select(names), persons.select(names), hierarchies):
        np.add.at(fitting, people, sizes[places])
        last[people] = places
    total = int(weights.sum())
    alone = fitting == 1
    unique = int(weights[alone].sum())
    # An exact sum: the same figure whatever order the tuples come in.
    guesses = fsum(weights[fitting > 0] / fitting[fitting > 0])
    correct = None
    if identity is not None:
        correct = _correct(released, known, names, identity, (classes, persons, alone, last))
    return Linkage(
        reference_rows=total,
        linked_rows=int(weights[fitting > 0].sum()),
        unique_rows=unique,
        unique_share=unique / total if total else 0.0,
        expected_correct=min(1.0, guesses / total) if total else 0.0,
        correct_rows=correct,
    )


def _correct(
    released: pl.LazyFrame,
    known: pl.LazyFrame,
    names: list[str],
    identity: str,
    linked: tuple[pl.DataFrame, pl.DataFrame, Any, Any],
) -> int:
    """Count the persons linked to one row that carries their own identity."""
    classes, persons, alone, last = linked
    links = pl.concat(
        [
            persons.select(pl.col(names).name.prefix("known "))[np.flatnonzero(alone)],
            classes.select(pl.col(names).name.prefix("published "))[last[alone]],
        ],
        how="horizontal",
    )

    def texts(table: pl.LazyFrame, prefix: str) -> pl.LazyFrame:
        return table.select(
            *(pl.col(name).cast(pl.String).alias(f"{prefix} {name}") for name in names),
            pl.col(identity).cast(pl.String).alias(f"{prefix} identity "),
        )

    met = (
        texts(known, "known")
        .join(links.lazy(), on=[f"known {name}" for name in names], nulls_equal=True)
        .join(
            texts(released, "published"),
            on=[f"published {name}" for name in names],
            nulls_equal=True,
        )
        .select((pl.col("known identity ") == pl.col("published identity ")).sum())
        .collect(engine="streaming")
    )
    return int(met.item() or 0)
