"""Measure what rows on offer would add to a buyer's own, on rows that the buyer holds out.

What comes out is exact and tells of single rows: whoever asked adds noise before anybody reads it.
Two figures are counted, each of which one person of the rows on offer can change by little:

- the right answers of models that see the buyer's rows and one part of those on offer, where all
  rows of a person lie in one part (sample and aggregate: Nissim, Raskhodnikova, Smith, STOC 2007);
- for each coalition of sources, how many of the `NEIGHBOURS` nearest rows to each row held out have
  its label. How near two rows are follows from the buyer's rows alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from marketplace.learning.training.declaration import (
    CANDIDATES,
    MOST_LABELS,
    Declaration,
    Family,
    Kind,
)
from marketplace.learning.training.errors import TrainingError
from marketplace.learning.training.families import Encoder, estimator_of, nothing_shared
from marketplace.learning.training.offered import NEIGHBOURS, Offered
from marketplace.learning.training.table import (
    Flags,
    Floats,
    Inputs,
    Whole,
    digests_of,
    drawn,
    inputs_of,
)

LEAST_HELD_OUT, MOST_HELD_OUT = 200, 2_000
LEAST_OWN, MOST_OWN = 50, 20_000
MOST_NEAR = 50_000
"""Of so many rows on offer at most the nearest are looked for; of more, some are drawn."""
PARQUET = b"PAR1"
DIGEST = "\x1fdigest"
"""The name of an added column, which no column of a table has."""
SHARES = 2**20

Tell = Callable[[float, str], None]


@dataclass(frozen=True)
class Rows:
    """Rows with the places of their labels."""

    inputs: Inputs
    labels: Whole

    def __len__(self) -> int:
        return len(self.labels)

    def at(self, places: Any) -> Rows:
        return Rows(self.inputs.at(places), self.labels[places])

    def beside(self, others: Rows) -> Rows:
        """Return them with others behind."""
        mine, theirs = self.inputs, others.inputs
        return Rows(
            Inputs(
                np.concatenate([mine.numbers, theirs.numbers]),
                np.concatenate([mine.categories, theirs.categories]),
                np.concatenate([mine.texts, theirs.texts]),
            ),
            np.concatenate([self.labels, others.labels]),
        )


def measure(
    held_out: Path,
    own: Path,
    on_offer: Path | None,
    declaration: Declaration,
    offered: Offered,
    *,
    tell: Tell = lambda _share, _step: None,
) -> dict[str, Any]:
    """Count for the buyer's rows alone, and with those on offer where these are given.

    Raises:
        TrainingError: the buyer's rows cannot be read, are too few or too many, or do not fit. What
            is wrong never depends on the rows on offer.
    """
    tell(0.0, "read")
    frames = (
        _read(held_out, declaration, "hold-out", LEAST_HELD_OUT, MOST_HELD_OUT),
        _read(own, declaration, "own", LEAST_OWN, MOST_OWN),
    )
    labels = _labels(frames, declaration)
    held, mine = (_rows(frame, declaration, labels) for frame in frames)
    alone = _right(declaration, mine, held)
    report = {"held_out": len(held), "own": len(mine), "labels": list(labels), "right": alone}
    near = Near.of(declaration, mine, held)
    if on_offer is None:
        return report
    frame = _on_offer(on_offer, declaration, offered, labels)
    rows = _rows(frame, declaration, labels)
    parts = _drawn_by_person(frame, declaration, offered) % offered.parts
    tell(0.1, "fit")
    counts = []
    for number in range(offered.parts):
        counts.append(_right_with(declaration, mine, rows.at(parts == number), held, alone))
        tell(0.1 + 0.7 * (number + 1) / offered.parts, "fit")
    tell(0.8, "score")
    groups = _groups(frame, declaration, offered)
    return {**report, "parts": counts, "coalitions": near.counts(rows, groups, offered)}


def _read(path: Path, declaration: Declaration, what: str, least: int, most: int) -> pl.DataFrame:
    frame = _table(path, what)
    columns = (declaration.target, *(one.name for one in declaration.features))
    for name in columns:
        if name not in frame.columns:
            raise TrainingError("column-missing", column=name)
    frame = frame.select(columns).filter(pl.col(declaration.target).is_not_null())
    if not least <= frame.height <= most:
        raise TrainingError(f"{what}-rows", rows=frame.height, least=least, most=most)
    return frame


def _table(path: Path, what: str) -> pl.DataFrame:
    with path.open("rb") as file:
        is_parquet = file.read(len(PARQUET)) == PARQUET
    try:
        if is_parquet:
            return pl.read_parquet(path)
        return pl.read_csv(path, infer_schema_length=None, encoding="utf8")
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise TrainingError(f"{what}-unreadable") from error


def _labels(frames: tuple[pl.DataFrame, ...], declaration: Declaration) -> tuple[str, ...]:
    target = declaration.target
    found = sorted({one for frame in frames for one in frame[target].cast(pl.String).unique()})
    if frames[1][target].n_unique() < 2:
        raise TrainingError("one-class", column=target)
    if len(found) > MOST_LABELS:
        raise TrainingError("too-many-classes", column=target, classes=len(found), most=MOST_LABELS)
    return tuple(found)


def _rows(frame: pl.DataFrame, declaration: Declaration, labels: tuple[str, ...]) -> Rows:
    places = {label: place for place, label in enumerate(labels)}
    target = frame[declaration.target].cast(pl.String)
    return Rows(
        inputs_of(
            frame,
            numbers=declaration.names_of(Kind.NUMBER),
            categories=declaration.names_of(Kind.CATEGORY),
            texts=declaration.names_of(Kind.TEXT),
        ),
        target.replace_strict(places, return_dtype=pl.Int64).to_numpy(),
    )


def _on_offer(
    path: Path, declaration: Declaration, offered: Offered, labels: tuple[str, ...]
) -> pl.DataFrame:
    """Read the rows on offer whose label the buyer knows, in the order of what stands in them."""
    frame = pl.read_parquet(path, columns=list(_columns(declaration, offered)))
    frame = frame.filter(pl.col(declaration.target).cast(pl.String).is_in(labels))
    digests = digests_of(frame, _columns(declaration, offered), declaration.seed)
    return frame.with_columns(digests.alias(DIGEST)).sort(DIGEST)


def _columns(declaration: Declaration, offered: Offered) -> tuple[str, ...]:
    named = (*declaration.columns, offered.person, offered.source)
    return tuple(dict.fromkeys(name for name in named if name))


def _drawn_by_person(frame: pl.DataFrame, declaration: Declaration, offered: Offered) -> Whole:
    """Draw a number for each row that all rows of its person have, and that only they decide."""
    if not offered.person:
        return drawn(frame[DIGEST])
    return drawn(digests_of(frame, (offered.person,), declaration.seed))


def _right(declaration: Declaration, taught: Rows, held: Rows) -> int:
    """Return how many rows held out a model that was taught some rows answers rightly."""
    settings = {**CANDIDATES[declaration.family][0], **declaration.settings}
    encoder = Encoder.of(taught.inputs, declaration.family, settings)
    matrix = encoder.matrix(taught.inputs)
    if not matrix.shape[1]:
        raise nothing_shared(declaration)
    estimator = estimator_of(declaration, settings)
    estimator.fit(matrix, taught.labels)
    return int((estimator.predict(encoder.matrix(held.inputs)) == held.labels).sum())


def _right_with(declaration: Declaration, mine: Rows, part: Rows, held: Rows, alone: int) -> int:
    """Return it for the buyer's rows with a part; one that cannot be learnt from adds nothing."""
    if not len(part):
        return alone
    try:
        return _right(declaration, mine.beside(part), held)
    except (TrainingError, ValueError):
        return alone


def _groups(frame: pl.DataFrame, declaration: Declaration, offered: Offered) -> Whole:
    """Return the place of each row's source, -1 where it is not looked at."""
    if offered.source:
        places = {name: place for place, name in enumerate(offered.named)}
        written = frame[offered.source].cast(pl.String).fill_null("")
        groups = written.replace_strict(places, default=-1, return_dtype=pl.Int64).to_numpy()
    else:
        groups = np.zeros(frame.height, dtype=np.int64)
    groups = groups.copy()
    if offered.person:
        # The rows lie in the order of their digests, so who comes first depends on no other person.
        numbers = frame.select(pl.int_range(pl.len()).over(offered.person)).to_series().to_numpy()
        groups[numbers >= offered.rows] = -1
    if offered.count > MOST_NEAR:
        chance = drawn(
            pl.Series([hashlib.sha256(b"near" + one.encode()).hexdigest()
                       for one in frame[DIGEST].to_list()])
        ) % SHARES  # fmt: skip
        groups[chance >= SHARES * MOST_NEAR // offered.count] = -1
    return groups


@dataclass(frozen=True)
class Near:
    """How near rows are to those held out, by what stood in the buyer's rows."""

    encoder: Encoder
    mine: Rows
    held: Rows

    @classmethod
    def of(cls, declaration: Declaration, mine: Rows, held: Rows) -> Near:
        """Fit to the buyer's rows.

        Raises:
            TrainingError: `no-vocabulary`.
        """
        family = Family.TEXT if declaration.family == Family.TEXT else Family.LINEAR
        return cls(Encoder.of(mine.inputs, family, CANDIDATES[family][0]), mine, held)

    def counts(self, rows: Rows, groups: Whole, offered: Offered) -> list[int]:
        """Return for each coalition of sources its right neighbours, over all rows held out.

        A coalition stands at the number whose bits are its sources; the buyer's rows are in each.
        """
        sources = len(offered.named)
        looked = [self.mine, *(rows.at(groups == number) for number in range(sources))]
        matrices = [self.encoder.matrix(one.inputs) for one in looked]
        totals = np.zeros(1 << sources, dtype=np.int64)
        for row, label in zip(self._each_held(), self.held.labels, strict=True):
            near = [
                _nearest(_distances(matrix, row)) if len(one) else (np.empty(0), np.empty(0, int))
                for matrix, one in zip(matrices, looked, strict=True)
            ]
            of = np.repeat(np.arange(sources + 1), [len(places) for _far, places in near])
            right = np.concatenate(
                [
                    one.labels[places] == label
                    for one, (_far, places) in zip(looked, near, strict=True)
                ]
            )
            order = np.argsort(np.concatenate([far for far, _places in near]), kind="stable")
            totals += _in_coalitions(of[order], right[order], sources)
        return [int(one) for one in totals]

    def _each_held(self) -> Iterator[Floats]:
        matrix = self.encoder.matrix(self.held.inputs)
        for place in range(len(self.held)):
            row = matrix[place]
            yield row.toarray().ravel() if hasattr(row, "toarray") else row


def _distances(matrix: Any, row: Floats) -> Floats:
    """Return how far each row is; of each the same, whichever other rows there are."""
    if hasattr(matrix, "toarray"):
        # Texts have length 1, so what is less alike is further.
        return -np.asarray(matrix @ row)
    found: Floats = ((matrix - row) ** 2).sum(axis=1)
    return found


def _nearest(distances: Floats) -> tuple[Floats, Whole]:
    """Return the nearest rows, of equally near ones those that stand first."""
    if len(distances) > NEIGHBOURS:
        furthest = np.partition(distances, NEIGHBOURS - 1)[NEIGHBOURS - 1]
        places = np.flatnonzero(distances <= furthest)
    else:
        places = np.arange(len(distances))
    places = places[np.argsort(distances[places], kind="stable")][:NEIGHBOURS]
    return distances[places], places


def _in_coalitions(of: Whole, right: Flags, sources: int) -> Whole:
    """Return how many of the nearest rows of each coalition have the right label."""
    coalitions = np.arange(1 << sources)
    is_in = np.column_stack(
        [np.ones(len(coalitions), bool), *((coalitions >> one) & 1 == 1 for one in range(sources))]
    )[:, of]
    near = is_in & (np.cumsum(is_in, axis=1) <= NEIGHBOURS)
    found: Whole = near.astype(np.int64) @ right.astype(np.int64)
    return found
