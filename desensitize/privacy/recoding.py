"""Keep the labels of a product for its life: later tables take them, and none is chosen anew."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

import numpy as np
import polars as pl

from desensitize.errors import DesensitizeError
from desensitize.privacy.generation import Making
from desensitize.privacy.grouping import label_classes
from desensitize.privacy.hierarchy import Hierarchy
from desensitize.privacy.lattice import COUNT, SUPPRESSED, Booleans, Integers, Lattice
from desensitize.privacy.predicates import Predicates
from desensitize.privacy.sweep import sweep

MOST_NAMED = 5
"""So many values without a label are named, where enough rows hold each."""
NONE = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Recoding:
    """Hold which labels a product shows: all tables of its life are recoded by one function.

    `classes` has a row for each set of labels that was published, and the level of each: a tuple
    takes the first that can stand for it. Later tables only add sets at the end, for tuples that
    none stands for; so what a tuple was shown as once, it is shown as for ever. `makings` says by
    column how labels are made that no table of levels lists.
    """

    columns: tuple[str, ...]
    makings: Mapping[str, Making]
    classes: pl.DataFrame

    @cached_property
    def sha256(self) -> str:
        """Return the digest by which a recoding is known."""
        return sha256(self.to_bytes()).hexdigest()

    def to_bytes(self) -> bytes:
        """Return the recoding in a form that can be kept, the same for the same recoding."""
        document = {
            "columns": list(self.columns),
            "makings": {name: asdict(one) for name, one in sorted(self.makings.items())},
            "classes": self.classes.rows(),
        }
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Recoding":
        """Read what `to_bytes` returned."""
        document: dict[str, Any] = json.loads(content)
        columns = tuple(document["columns"])
        makings = {name: Making.from_dict(one) for name, one in document["makings"].items()}
        rows = [tuple(row) for row in document["classes"]]
        return cls(columns, makings, pl.DataFrame(rows, schema=_schema(columns), orient="row"))


def _schema(columns: tuple[str, ...]) -> dict[str, pl.DataType]:
    levels: dict[str, pl.DataType] = {_level(name): pl.Int16() for name in columns}
    return levels | {name: pl.String() for name in columns}


def _level(column: str) -> str:
    return f" level {column}"


def refuse_unfit(
    tuples: pl.DataFrame, hierarchies: Mapping[str, Hierarchy], recoding: Recoding, smallest: int
) -> None:
    """Refuse a table with values for which the recoding in force has no label.

    Named are values that at least `smallest` rows hold; the others are only counted.

    Raises:
        DesensitizeError: `recoding-unfit`.
    """
    for name, hierarchy in hierarchies.items():
        values = tuples.group_by(name).agg(pl.col(COUNT).sum())
        making = recoding.makings.get(name)
        if making is None:
            known = pl.Series([row[0] for row in hierarchy.rows], dtype=pl.String)
            unfit = values[name].is_not_null() & ~values[name].is_in(known.implode())
        else:
            unfit = making.unfit(values[name])
        found = values.filter(unfit).sort(COUNT, name, descending=[True, False])
        if found.height:
            told = found.filter(pl.col(COUNT) >= smallest)[name].head(MOST_NAMED).to_list()
            raise DesensitizeError(
                "recoding-unfit",
                column=name,
                values=found.height,
                rows=int(found[COUNT].sum()),
                named="".join(f" “{value}”" for value in told),
            )


def fixed(
    lattice: Lattice, predicates: Predicates, chosen: Integers, makings: Mapping[str, Making]
) -> tuple[Integers, Recoding]:
    """Make a function of what a search chose, so that the next table can be recoded by it.

    A tuple for which an earlier set of labels can stand takes that one. A set that no longer
    reaches what is asked then is given up, and its tuples take the next, until all do.
    """
    while True:
        recoding = _recoding_of(lattice, chosen, makings)
        found = assigned(lattice, recoding)
        moved = np.where(chosen == SUPPRESSED, SUPPRESSED, _nodes(lattice, recoding, found))
        good = holding(lattice, predicates, moved)
        if (good | (moved == SUPPRESSED)).all():
            return moved, recoding
        chosen = np.where(good, moved, SUPPRESSED)


def recoded(
    lattice: Lattice, predicates: Predicates, recoding: Recoding, *, enforced: bool
) -> tuple[Integers, Recoding]:
    """Return by which nodes tuples take the labels in force, and the recoding with new ones added.

    For tuples that no set of labels stands for, sets are added where enough of them are alike.
    With `enforced`, classes that do not reach what is asked in this table are left out.
    """
    found = assigned(lattice, recoding)
    chosen = _nodes(lattice, recoding, found)
    if enforced:
        good = holding(lattice, predicates, chosen)
        chosen = np.where(good, chosen, SUPPRESSED)
    new = np.flatnonzero(found == NONE)
    if not len(new):
        return chosen, recoding
    added = sweep(lattice, predicates, among=new)
    shown = np.flatnonzero(added != SUPPRESSED)
    chosen[shown] = added[shown]
    only = np.full(len(chosen), SUPPRESSED, dtype=np.int64)
    only[shown] = added[shown]
    more = _recoding_of(lattice, only, recoding.makings).classes
    classes = pl.concat([recoding.classes, more])
    return chosen, Recoding(recoding.columns, recoding.makings, classes)


def holding(lattice: Lattice, predicates: Predicates, chosen: Integers) -> Booleans:
    """Say which tuples lie in a class that reaches what is asked."""
    good = np.zeros(len(chosen), dtype=bool)
    members = np.flatnonzero(chosen != SUPPRESSED)
    if len(members):
        classes, count = label_classes(lattice, lattice.nodes[chosen[members]], members)
        sizes = np.bincount(classes, lattice.counts[members], minlength=count).astype(np.int64)
        kept = chosen != SUPPRESSED
        nodes = np.zeros(count, dtype=np.int64)
        nodes[classes] = chosen[members]
        against = predicates.references(kept)
        good[members] = predicates.hold(nodes, classes, members, sizes, against)[classes]
    return good


def assigned(lattice: Lattice, recoding: Recoding) -> Integers:
    """Return for each tuple the place of the first set of labels that can stand for it, or NONE."""
    first = np.full(len(lattice.counts), NONE, dtype=np.int64)
    names = [_level(name) for name in recoding.columns]
    entries = recoding.classes.with_row_index(" place")
    spans = [len(column.labels) for column in lattice.columns]
    codes = _codes_of(lattice, entries)
    for _, part in entries.group_by(names, maintain_order=True):
        levels = part.select(names).row(0)
        places = part[" place"].to_numpy().astype(np.int64)
        wanted = codes[places]
        there = (wanted >= 0).all(axis=1)
        places, wanted = places[there], wanted[there]
        if not len(places):
            continue
        # Column by column, since all of them at once may need more than 64 bits.
        keys, mine, span = wanted[:, 0], lattice.columns[0].codes[levels[0]][: len(first)], spans[0]
        for number, level in enumerate(levels[1:], start=1):
            if span * spans[number] >= 2**62:
                both = np.unique(np.concatenate([keys, mine]), return_inverse=True)[1]
                keys, mine, span = both[: len(keys)], both[len(keys) :], len(both)
            keys = keys * spans[number] + wanted[:, number]
            mine = mine * spans[number] + lattice.columns[number].codes[level][: len(first)]
            span *= spans[number]
        order = np.argsort(keys, kind="stable")
        at = np.minimum(np.searchsorted(keys[order], mine), len(keys) - 1)
        met = keys[order][at] == mine
        first[met] = np.minimum(first[met], places[order][at[met]])
    return first


def _codes_of(lattice: Lattice, entries: pl.DataFrame) -> Integers:
    """Number the labels of sets as the lattice does; −1 for one that it does not have."""
    found = np.empty((entries.height, len(lattice.columns)), dtype=np.int64)
    for number, column in enumerate(lattice.columns):
        labels = column.labels
        numbers = pl.int_range(len(labels), dtype=pl.Int64, eager=True)
        found[:, number] = (
            entries[column.name]
            .replace_strict(labels, numbers, default=-1, return_dtype=pl.Int64)
            .to_numpy()
        )
        nothing = labels.is_null().arg_max()
        if labels.is_null().any() and nothing is not None:
            found[entries[column.name].is_null().to_numpy(), number] = nothing
    return found


def _nodes(lattice: Lattice, recoding: Recoding, found: Integers) -> Integers:
    levels = recoding.classes.select(_level(name) for name in recoding.columns).to_numpy()
    nodes = np.full(len(found), SUPPRESSED, dtype=np.int64)
    shown = found != NONE
    if shown.any():
        nodes[shown] = lattice.nodes_at(levels.astype(np.int16))[found[shown]]
    return nodes


def _recoding_of(lattice: Lattice, chosen: Integers, makings: Mapping[str, Making]) -> Recoding:
    """Return the sets of labels that were chosen, the cheapest nodes first."""
    names = tuple(column.name for column in lattice.columns)
    members = np.flatnonzero(chosen != SUPPRESSED)
    nodes = chosen[members]
    shown: dict[str, pl.Series] = {" node": pl.Series(nodes, dtype=pl.Int64)}
    for position, column in enumerate(lattice.columns):
        levels = lattice.nodes[nodes, position]
        shown[_level(column.name)] = pl.Series(levels, dtype=pl.Int16)
        shown[column.name] = column.labels.gather(column.codes[levels, members])
    classes = pl.DataFrame(shown).unique().sort(" node", *names, nulls_last=True).drop(" node")
    return Recoding(names, makings, classes.select(list(_schema(names))))
