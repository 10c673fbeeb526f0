"""Make a revision of what a policy wrote: who waits, who stays, and what is told together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from desensitize.crypto import KeyRing
from desensitize.engines import ROW, run_policy
from desensitize.engines.codebook import EXPLAINED, Explained
from desensitize.policy import ColumnRule, Policy
from desensitize.privacy import Recoding
from desensitize.revisions.candidates import Candidates, met
from desensitize.revisions.counting import (
    CLASS,
    CONTENT,
    ROWS,
    Columns,
    Digests,
    counted,
    row_keys,
)
from desensitize.revisions.moving import Enough, Moved, first_shown, moved
from desensitize.revisions.told import (
    LEFT,
    SHOWN,
    STAYS,
    Part,
    Told,
    nothing_left,
    write_part,
)

NOTHING_STAYS = pl.DataFrame(schema={CONTENT: pl.UInt64, ROWS: pl.Int64})


@dataclass(frozen=True)
class Before:
    """Hold what went out before of the same product: what it told, and its newest release.

    `goes_on` says that most rows of the newest are in this table too. Else each table brings other
    rows, and none of them is told apart by when it came. The rows of `objecting` people leave at
    once, as `row_keys` names them.
    """

    told: Told
    released: Path
    goes_on: bool
    objecting: Digests | None = None


@dataclass(frozen=True)
class Asked:
    """Ask for a revision: who is found by what, how many hide each other, and by what key.

    `key` makes digests of persons, whom `person` tells apart; without one each row is a person.
    """

    known: tuple[str, ...]
    sensitive: tuple[str, ...]
    person: str | None
    enough: Enough
    key: bytes


@dataclass(frozen=True)
class Revised:
    """Hold what became of a table as a revision.

    `part` is what it tells beyond those before, `candidates` what all tell of its people.
    """

    part: Part
    candidates: Candidates
    waiting: int = 0
    staying: int = 0


def own_rows(released: Path, part: Part, asked: Asked, target: Path) -> Path:
    """Write a release, in its order, without the rows that its table no longer has.

    Those were tried when they came. Who is asked to link a release to its table, as attackers are,
    finds nobody for them. Where there are none, the release itself is returned.
    """
    stays = pl.read_parquet(part.folder / STAYS)
    if not stays.height:
        return released
    rows = counted(released, Columns.of(released, asked.known, asked.sensitive))
    pl.scan_parquet(released).filter(~_first(rows, stays)).sink_parquet(target)
    return target


def revise(
    aligned: Path,
    masked: Path,
    source: pl.LazyFrame,
    *,
    asked: Asked,
    before: Before | None,
    recoding: Recoding | None,
    folder: Path,
    shuffle: Callable[[Path, Path], object],
) -> Revised:
    """Let rows of a masked table wait and rows of the last one stay, and count what is told.

    `masked` is written anew where any does, by `shuffle`, which gives the rows of a file an order
    of their own. `aligned` has the masked rows in the order of the source, with their numbers.
    What is to be kept for the next revision goes into `folder`.

    Raises:
        TableError: as `run_policy`.
    """
    columns = Columns.of(masked, asked.known, asked.sensitive)
    revision = 1 if before is None else before.told.last.revision + 1
    rows = counted(masked, columns)
    went = nothing_left()
    change = None
    if before is None or not before.goes_on:
        shown = first_shown(rows, revision)
    else:
        gone = before.told.left()
        change = moved(
            rows,
            before.told.shown(),
            gone,
            revision=revision,
            enough=asked.enough,
            must_go=_objecting(before),
        )
        shown, went = change.shown, change.left.join(gone, on=CONTENT, how="anti")
        if change.waiting or change.staying:
            _write(masked, rows, before, columns, change, shuffle)
    people = _people(aligned, source, columns, asked)
    found, persons, sets = met(people, shown, columns, None if before is None else before.told)
    part = write_part(
        folder,
        revision=revision,
        recoding=recoding,
        tables={
            SHOWN: shown,
            LEFT: went,
            STAYS: change.stays if change else NOTHING_STAYS,
        },
        persons=persons,
        sets=sets,
    )
    return Revised(
        part,
        found,
        waiting=change.waiting if change else 0,
        staying=change.staying if change else 0,
    )


def _objecting(before: Before) -> pl.DataFrame | None:
    """Count by content the rows that were last shown of people who objected."""
    if before.objecting is None:
        return None
    persons = before.told.persons(np.unique(before.objecting))
    return persons.group_by(CONTENT).agg(pl.len().cast(pl.Int64).alias(ROWS))


def _people(aligned: Path, source: pl.LazyFrame, columns: Columns, asked: Asked) -> pl.DataFrame:
    """Return whose row is of which class and content, in no order that says more."""
    keys = row_keys(source, asked.key, asked.person)
    numbers = pl.read_parquet(aligned, columns=[ROW])[ROW].to_numpy()
    table = counted(pl.scan_parquet(aligned).drop(ROW), columns)
    people = table.select(CLASS, CONTENT).with_columns(pl.Series("person", keys[numbers]))
    # A key of nothing is nobody's.
    return people.filter(pl.col("person") != 0)


def _write(
    masked: Path,
    rows: pl.DataFrame,
    before: Before,
    columns: Columns,
    change: Moved,
    shuffle: Callable[[Path, Path], object],
) -> None:
    """Write the release without the rows that wait, with those that stay."""
    earlier = counted(before.released, columns)
    parts = [
        pl.scan_parquet(masked).filter(~_first(rows, change.waits)),
        pl.scan_parquet(before.released)
        .select(columns.every)
        .filter(_first(earlier, change.stays)),
    ]
    joined = masked.with_name("joined.parquet")
    pl.concat(parts, how="vertical_relaxed").sink_parquet(joined)
    masked.unlink()
    shuffle(joined, masked)
    joined.unlink()


def _first(rows: pl.DataFrame, wanted: pl.DataFrame) -> pl.Series:
    """Mark as many rows of each content as are wanted; which of them is the same to everybody."""
    table = rows.select(CONTENT).join(wanted, on=CONTENT, how="left", maintain_order="left")
    place = pl.int_range(pl.len()).over(CONTENT)
    return table.select((place < pl.col(ROWS)).fill_null(False)).to_series()


def kept_rules(names: Sequence[str]) -> tuple[ColumnRule, ...]:
    """Return rules that leave each column as it is."""
    return tuple(ColumnRule(name, "other", "keep") for name in names)


def shuffled(
    source: Path,
    target: Path,
    *,
    keys: KeyRing | None,
    work: Path,
    explained: Explained = EXPLAINED,
) -> None:
    """Write the rows of a file in an order that a key gives them.

    Raises:
        TableError: as `run_policy`.
    """
    names = list(pl.read_parquet_schema(source))
    policy = Policy(kept_rules(names), smallest_class=1, order="shuffled")
    run_policy(source, target, policy, keys=keys, work=work, explained=explained)
