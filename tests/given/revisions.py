"""Revisions of a table of persons that goes on, made as the line makes them, by the library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

from desensitize.crypto import KeyRing
from desensitize.engines import Life, run_policy
from desensitize.policy import ColumnRule, Policy
from desensitize.privacy import Diversity, Recoding
from desensitize.revisions import (
    Asked,
    Before,
    Columns,
    Enough,
    Revised,
    Told,
    own_rows,
    revise,
    row_keys,
    shuffled,
)

KNOWN, SENSITIVE = ("age", "town"), ("illness",)
ILLNESSES = ("flu", "cold", "gout", "none", "mumps")
KEY = bytes(16)


def patients(random: np.random.Generator, rows: int, *, first: int = 0) -> pl.DataFrame:
    """Make up patients with numbers from `first` on."""
    return pl.DataFrame(
        {
            "number": np.arange(first, first + rows),
            "age": random.integers(20, 60, rows),
            "town": random.choice(list("abc"), rows),
            "illness": random.choice(ILLNESSES, rows),
        }
    )


def churned(
    random: np.random.Generator, table: pl.DataFrame, *, come: int, go: int, change: int
) -> pl.DataFrame:
    """Let some leave, some fall ill otherwise or move, and others come."""
    stayed = table[np.sort(random.permutation(table.height)[go:])]
    changes = pl.Series(random.permutation(stayed.height) < change)
    others = patients(random, stayed.height)
    stayed = stayed.with_columns(
        pl.when(changes).then(others["illness"]).otherwise("illness").alias("illness"),
        pl.when(changes).then(others["town"]).otherwise("town").alias("town"),
    )
    newest = int(table["number"].max()) + 1  # type: ignore[arg-type]
    return pl.concat([stayed, patients(random, come, first=newest)])


RULES = Policy(
    (
        ColumnRule("number", "direct", "drop"),
        ColumnRule("age", "quasi", "generalize"),
        ColumnRule("town", "quasi", "generalize"),
        ColumnRule("illness", "sensitive", "keep", diversity=Diversity(2)),
    ),
    person="number",
)


@dataclass
class Line:
    """Put one table after the other through the line, each as a revision."""

    folder: Path
    policy: Policy = RULES
    goes_on: bool = True
    waits: bool = True
    known: tuple[str, ...] = KNOWN
    sensitive: tuple[str, ...] = SENSITIVE
    releases: list[Path] = field(default_factory=list)
    made: list[Revised] = field(default_factory=list)

    @property
    def told(self) -> Told | None:
        """Return what was told so far."""
        return Told(tuple(one.part for one in self.made)) if self.made else None

    @property
    def recoding(self) -> Recoding | None:
        """Return the labels in force."""
        return self.made[-1].part.recoding if self.made else None

    def bring(self, table: pl.DataFrame, *, objecting: pl.DataFrame | None = None) -> Revised:
        """Make the next revision; those who object are in the table no more."""
        number = len(self.made) + 1
        source = self.folder / f"source-{number}.parquet"
        target, aligned = (self.folder / f"{name}-{number}.parquet" for name in ("now", "lined"))
        table.write_parquet(source)
        keys = KeyRing(bytes(32), dataset="feed", release=str(number))
        later = self.told is not None and self.goes_on
        run = run_policy(
            source,
            target,
            self.policy,
            keys=keys,
            work=self.folder,
            life=Life(self.recoding, enforced=not later),
            aligned=aligned,
        )
        before = None
        if self.told is not None:
            keys_of = None
            if objecting is not None:
                keys_of = row_keys(objecting.lazy(), KEY, self.policy.person)
            before = Before(self.told, self.releases[-1], self.goes_on, keys_of)
        made = revise(
            aligned,
            target,
            pl.scan_parquet(source),
            asked=Asked(self.known, self.sensitive, self.policy.person, Enough(5), KEY),
            before=before,
            recoding=run.recoding,
            folder=self.folder / f"told-{number}",
            shuffle=lambda one, other: shuffled(one, other, keys=keys, work=self.folder),
        )
        self.releases.append(target)
        self.made.append(made)
        return made

    def own(self) -> Path:
        """Return the newest release without the rows that its table no longer has."""
        asked = Asked(self.known, self.sensitive, self.policy.person, Enough(5), KEY)
        target = self.folder / "own.parquet"
        return own_rows(self.releases[-1], self.made[-1].part, asked, target)

    def columns(self) -> Columns:
        """Return the columns of the newest release."""
        return Columns.of(self.releases[-1], self.known, self.sensitive)


def months(seed: int, *, rows: int, days: int) -> Iterator[pl.DataFrame]:
    """Make up a table that goes on for some days, with a twentieth of its people moving a day."""
    random = np.random.default_rng(seed)
    table = patients(random, rows)
    yield table
    for _ in range(days - 1):
        few = max(1, rows // 50)
        table = churned(random, table, come=few, go=few, change=few)
        yield table
