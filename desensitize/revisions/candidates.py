"""Whom the rows of all revisions together may be: counted by sets, not row by row.

Somebody who was in several revisions carries what some row of his class carried in each of them. So
what he may carry is a set that each revision makes smaller; those with the same class in the same
revisions share one. A new revision looks at the sets of the people in it alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from desensitize.revisions.counting import CLASS, CONTENT, REST, Columns
from desensitize.revisions.sets import Booleans, Integers, Lists, Parted, Sets
from desensitize.revisions.told import PART, PERSON, Told

ALL = "all"
"""The family of sets of all that a row shows beside its class; the others are of one column."""


@dataclass(frozen=True)
class Tally:
    """Hold mean chances over the people of a revision: by all revisions, and by the best alone."""

    together: float
    alone: float


@dataclass(frozen=True)
class Candidates:
    """Hold what all revisions tell of the people of the newest one, who were in earlier ones too.

    Where nobody was, it is what the newest tells. `rows` is by family the chance to hit somebody's
    row in the newest revision, `sure` by family and sensitive column the share of people whose
    value is certain.
    """

    people: int
    before: int
    rows: Mapping[str, Tally] = field(default_factory=dict)
    sure: Mapping[tuple[str, str], Tally] = field(default_factory=dict)


def met(
    people: pl.DataFrame, shown: pl.DataFrame, columns: Columns, told: Told | None
) -> tuple[Candidates, pl.DataFrame, Sets]:
    """Return what is told of people, what is to be kept of them, and the sets that it names.

    `people` has for each person the class and the content of a row in this revision.
    """
    known, came = _known(people, shown, told)
    # One revision tells of who is in one what it tells of anybody: it would hide the others.
    of = known[PART].is_not_null().to_numpy() if came else np.ones(known.height, dtype=np.bool_)
    kept, was_sure = [known.select(PERSON, CONTENT)], dict[str, Booleans]()
    rows, sure, sets = dict[str, Tally](), dict[tuple[str, str], Tally](), list[Sets]()
    families = {ALL: REST, **dict(zip(columns.sensitive, columns.values, strict=True))}
    for family, link in families.items():
        lists = Lists.of(shown, link, columns.values if family == ALL else (link,))
        whole = lists.whole()
        step = _narrowed(known, lists, whole, family, told)
        if family == ALL:
            for value in columns.values:
                was_sure[value] = whole.same[value][step.places] | _was(f"sure {value}", known)
        rows[family] = Tally(_mean(1 / step.rows[of]), _mean(1 / whole.rows[step.places][of]))
        for name, value in zip(columns.sensitive, columns.values, strict=True):
            if family in (ALL, name) and shown[value].n_unique() > 1:
                together = step.same[value] | was_sure[value]
                sure[family, name] = Tally(_mean(together[of]), _mean(was_sure[value][of]))
        numbers = step.numbers + sum(int(one.counts.sum()) for one in sets)
        kept.append(pl.DataFrame({f"set {family}": numbers.astype(np.uint32)}))
        sets.append(step.sets)
    kept.append(pl.DataFrame({f"sure {value}": one for value, one in was_sure.items()}))
    told_of = Candidates(known.height, came, rows, sure)
    return told_of, pl.concat(kept, how="horizontal"), Sets.joined(sets)


def _known(
    people: pl.DataFrame, shown: pl.DataFrame, told: Told | None
) -> tuple[pl.DataFrame, int]:
    """Return the people in ascending order with what was told of them, and of how many it was."""
    people = people.unique(PERSON, keep="first", maintain_order=True).join(
        shown.select(CONTENT).unique(), on=CONTENT, how="semi"
    )
    known = people.sort(PERSON)
    if told is None:
        return known.with_columns(pl.lit(None, dtype=pl.Int64).alias(PART)), 0
    before = told.persons(known[PERSON].to_numpy(), without=[CONTENT])
    return known.join(before, on=PERSON, how="left", maintain_order="left"), before.height


@dataclass(frozen=True)
class _Narrowed:
    """Hold of each person the place of the class and the set, told by its number among `sets`.

    `rows` counts the rows that fit, `same` says by sensitive value whether all of them have one.
    """

    places: Integers
    numbers: Integers
    rows: Integers
    same: Mapping[str, Booleans]
    sets: Sets


def _narrowed(
    known: pl.DataFrame, lists: Lists, whole: Parted, family: str, told: Told | None
) -> _Narrowed:
    """Make the sets of a family smaller by what this revision shows."""
    places = np.searchsorted(lists.classes, known[CLASS].to_numpy())
    at, parts = places, [whole]
    if told is not None and known[PART].count():
        before = known.select(PART, pl.col(f"set {family}").alias("set"))
        before = before.with_columns(pl.Series("place", places))
        pairs = before.drop_nulls().unique().sort(PART, "set", "place")
        met_in = np.full(pairs.height, -1, dtype=np.int64)
        # Nothing is left of who has changed: with this revision it begins anew.
        for which, less in _still_carried(pairs, lists, told):
            met_in[which] = np.arange(len(which)) + sum(len(one.places) for one in parts)
            parts.append(less)
        pairs = pairs.with_columns(pl.Series("met", met_in))
        now = before.join(pairs, on=before.columns, how="left", maintain_order="left")
        meets = now["met"].fill_null(-1).to_numpy()
        at = np.where(meets >= 0, meets, places)
    everything = Parted.joined(parts)
    first, numbers = everything.distinct()
    counts = np.bincount(everything.places[first], minlength=len(lists.classes))
    sets = Sets(lists.links, lists.lengths, counts, everything.bits_of(first))
    same = {name: one[at] for name, one in everything.same.items()}
    return _Narrowed(places, numbers[at], everything.rows[at], same, sets)


def _still_carried(
    pairs: pl.DataFrame, lists: Lists, told: Told
) -> Iterator[tuple[Integers, Parted]]:
    """Yield which pairs of an earlier set and a class have something in common, and what."""
    places, start = pairs["place"].to_numpy(), 0
    for (number,), wanted in pairs.group_by(PART, maintain_order=True):
        of = told.sets(int(number))
        for part, which, links in of.members(wanted["set"].cast(pl.Int64).to_numpy()):
            here = places[start:][part]
            is_carried, rows = lists.find(here[which - part.start], links)
            if len(rows):
                met, nth = np.unique(which[is_carried], return_inverse=True)
                yield met + start, lists.parted(here[met - part.start], nth, rows)
        start += wanted.height


def _was(name: str, table: pl.DataFrame) -> Booleans:
    there = name in table.columns
    return table[name].fill_null(False).to_numpy() if there else np.zeros(table.height, np.bool_)


def _mean(shares: npt.NDArray[Any]) -> float:
    return float(shares.mean()) if len(shares) else 0.0
