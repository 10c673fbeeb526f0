"""Count the rows of a release by what they show."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from desensitize.attacks.digests import cell_digests
from desensitize.privacy.pairs import shown_as

Digests = npt.NDArray[np.uint64]

CLASS, CONTENT, ROWS, ENTRY = "class", "content", "rows", "entry"
REST = "rest"
"""What a row shows beside the columns by which somebody is found."""
KEY_BYTES = 16


@dataclass(frozen=True)
class Columns:
    """Name the columns of a release: by which somebody is found, what is sensitive, and all."""

    known: tuple[str, ...]
    sensitive: tuple[str, ...]
    every: tuple[str, ...]

    @classmethod
    def of(cls, released: Path, known: Sequence[str], sensitive: Sequence[str]) -> "Columns":
        """Return those of some columns that a release has."""
        every = tuple(pl.read_parquet_schema(released))
        return cls(
            tuple(name for name in shown_as(known, every) if name in every),
            tuple(
                name
                for name in shown_as(sensitive, every)
                if name in every and name not in shown_as(known, every)
            ),
            every,
        )

    @property
    def values(self) -> tuple[str, ...]:
        """Name the digests of sensitive values, one a column."""
        return tuple(f"value {name}" for name in self.sensitive)


def counted(released: Path | pl.LazyFrame, columns: Columns) -> pl.DataFrame:
    """Return for each row of a release, in order, digests of its class, its content and its values.

    The class is what it shows in the known columns, the content all that it shows. Digests are no
    secret: whoever has the release can make them.
    """
    table = pl.scan_parquet(released) if isinstance(released, Path) else released
    size = int(table.select(pl.len()).collect().item())
    known, rest = np.zeros(size, dtype=np.uint64), np.zeros(size, dtype=np.uint64)
    values: dict[str, Digests] = {}
    # Column by column, since all texts at once take gigabytes.
    for name in columns.every:
        cells = table.select(name).collect(engine="streaming").to_series()
        digests = cell_digests(cells, sha256(name.encode()).digest()[:KEY_BYTES])
        if name in columns.known:
            known += digests
        else:
            rest += digests
        if name in columns.sensitive:
            values[f"value {name}"] = digests
    return pl.DataFrame({CLASS: known, CONTENT: known + rest, REST: rest, **values})


def row_keys(table: pl.LazyFrame, key: bytes, person: str | None) -> Digests:
    """Return a keyed digest of whose each row is: by the column of persons, else by all cells."""
    if person is not None:
        return cell_digests(table.select(person).collect().to_series(), key)
    names = table.collect_schema().names()
    whole = np.zeros(int(table.select(pl.len()).collect().item()), dtype=np.uint64)
    for name in names:
        cells = table.select(name).collect(engine="streaming").to_series()
        whole += cell_digests(cells, sha256(key + name.encode()).digest()[:KEY_BYTES])
    return whole
