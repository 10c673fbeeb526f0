"""The rows that a model is trained on, as arrays."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import polars_hash as plh

from marketplace.learning.training.declaration import (
    MOST_LABELS,
    Declaration,
    Kind,
    SplitKind,
)
from marketplace.learning.training.errors import TrainingError

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[Any]

LEAST_ROWS = 50
BETWEEN = "\x1f"
PARTS = 10_000
DIGITS = 15
"""So many hexadecimal digits of a digest fit a signed number of 64 bits."""


@dataclass(frozen=True)
class Inputs:
    """What a model sees of rows: numbers, categories as texts, and a text, each in its columns."""

    numbers: Floats
    categories: Texts
    texts: Texts

    def __len__(self) -> int:
        return len(self.numbers)

    def at(self, places: Any) -> Inputs:
        return Inputs(self.numbers[places], self.categories[places], self.texts[places])


@dataclass(frozen=True)
class Table:
    """Rows with their labels, as places in `declaration.labels`.

    `held` says which are held out, `unit` which of them stand or fall together, `shard` into which
    shard each falls, and `slice` which of a shard tune and calibrate. Each follows from what stands
    in the row alone, so that no row's place depends on whether another one is there. `digest` is
    that of what stands in the row, and `ranked` where the rows stand by their digests: in that
    order a shard is trained, however the rows lie in the file.
    """

    declaration: Declaration
    inputs: Inputs
    labels: Whole
    held: Flags
    unit: Whole
    shard: Whole
    slice: Flags
    digest: pl.Series
    ranked: Whole
    by: dict[str, list[str]]
    left_out: int

    def __len__(self) -> int:
        return len(self.labels)

    def trained_on(self, rows: Flags, number: int) -> Whole:
        """Return where those of some rows stand that fall into a shard, in the order of digests."""
        return self.ordered(rows & (self.shard == number))

    def ordered(self, rows: Flags) -> Whole:
        """Return where some rows stand, in the order of digests."""
        places: Whole = self.ranked[rows[self.ranked]]
        return places

    def digest_of(self, rows: Flags, number: int) -> str:
        """Return the SHA-256 of those of some rows that fall into a shard, in whatever order."""
        digests = self.digest.gather(self.trained_on(rows, number))
        return hashlib.sha256("\n".join(digests.to_list()).encode()).hexdigest()


def read_table(paths: Sequence[Path], declaration: Declaration) -> Table:
    """Read the columns that are declared; rows without a label are left out.

    Raises:
        TrainingError: a column is missing or unfit, or there is too little to learn from.
    """
    frame = pl.concat([_read(path, declaration) for path in paths], how="vertical_relaxed")
    rows = frame.height
    frame = frame.filter(pl.col(declaration.target).is_not_null())
    if frame.height < LEAST_ROWS:
        raise TrainingError("too-few-rows", rows=frame.height, least=LEAST_ROWS)
    target = frame[declaration.target].cast(pl.String)
    labels = declaration.labels or tuple(sorted(target.unique().to_list()))
    _check_labels(labels, declaration.target)
    known = target.is_in(labels)
    frame, target = frame.filter(known), target.filter(known)
    cut = _cut(frame, declaration)
    stated = declaration.resolved(labels, cut)
    digest = digests_of(frame, stated.columns, stated.seed)
    group = row = drawn(digest)
    if stated.split.kind == SplitKind.GROUP:
        group = drawn(digests_of(frame, (stated.split.column,), stated.seed))
    if cut is None:
        held = group % PARTS < stated.split.share * PARTS
    else:
        held = _moments(frame, stated) >= cut
    if held.all() or not held.any():
        raise TrainingError("nothing-held-out")
    places = {label: place for place, label in enumerate(labels)}
    return Table(
        declaration=stated,
        inputs=_inputs(frame, stated),
        labels=target.replace_strict(places, return_dtype=pl.Int64).to_numpy(),
        held=held,
        unit=np.unique(group, return_inverse=True)[1].astype(np.int64),
        shard=row // PARTS % stated.shards,
        slice=row // (PARTS * stated.shards) % 5 == 0,
        digest=digest,
        ranked=digest.arg_sort().to_numpy(),
        by={name: frame[name].cast(pl.String).fill_null("").to_list() for name in stated.by},
        left_out=rows - frame.height,
    )


def _read(path: Path, declaration: Declaration) -> pl.DataFrame:
    there = pl.read_parquet_schema(path)
    for name in declaration.columns:
        if name not in there:
            raise TrainingError("column-missing", column=name)
    return pl.read_parquet(path, columns=list(declaration.columns))


def _check_labels(labels: tuple[str, ...], target: str) -> None:
    if len(labels) < 2:
        raise TrainingError("one-class", column=target)
    if len(labels) > MOST_LABELS:
        raise TrainingError(
            "too-many-classes", column=target, classes=len(labels), most=MOST_LABELS
        )


def _moments(frame: pl.DataFrame, declaration: Declaration) -> Floats:
    column = frame[declaration.split.column]
    if column.dtype.is_temporal():
        column = column.cast(pl.Datetime("us")).dt.epoch("s")
    moments: Floats = _numbers(column).to_numpy()
    return moments


def _cut(frame: pl.DataFrame, declaration: Declaration) -> float | None:
    if declaration.split.kind != SplitKind.TIME:
        return None
    if declaration.split.cut is not None:
        return declaration.split.cut
    return float(np.nanquantile(_moments(frame, declaration), 1 - declaration.split.share))


def digests_of(frame: pl.DataFrame, columns: Sequence[str], seed: int) -> pl.Series:
    """Return the SHA-256 of what stands in each row."""
    texts = [pl.col(name).cast(pl.String).fill_null("") for name in columns]
    written = frame.select(
        pl.concat_str([pl.lit(str(seed)), *texts], separator=BETWEEN).alias("row")
    )
    return written.select(plh.col("row").chash.sha2_256()).to_series()


def drawn(digests: pl.Series) -> Whole:
    """Draw a number for each row from its digest."""
    found: Whole = digests.str.slice(0, DIGITS).str.to_integer(base=16, dtype=pl.Int64).to_numpy()
    return found


def _inputs(frame: pl.DataFrame, declaration: Declaration) -> Inputs:
    return inputs_of(
        frame,
        numbers=declaration.names_of(Kind.NUMBER),
        categories=declaration.names_of(Kind.CATEGORY),
        texts=declaration.names_of(Kind.TEXT),
    )


def inputs_of(
    frame: pl.DataFrame, *, numbers: list[str], categories: list[str], texts: list[str]
) -> Inputs:
    """Return what a model sees of rows.

    Raises:
        TrainingError: `not-a-number`.
    """
    return Inputs(
        _side_by_side([_numbers(frame[name]).to_numpy() for name in numbers], frame.height, float),
        _side_by_side([_words(frame[name]) for name in categories], frame.height, object),
        _side_by_side([_words(frame[name]) for name in texts], frame.height, object),
    )


def _side_by_side(columns: list[Any], rows: int, dtype: type) -> Any:
    if not columns:
        return np.empty((rows, 0), dtype=dtype)
    return np.column_stack(columns).astype(dtype)


def _numbers(column: pl.Series) -> pl.Series:
    if not (column.dtype.is_numeric() or column.dtype == pl.Boolean):
        raise TrainingError("not-a-number", column=column.name)
    return column.cast(pl.Float64).fill_null(float("nan"))


def _words(column: pl.Series) -> Any:
    return column.cast(pl.String).fill_null("").to_numpy()
