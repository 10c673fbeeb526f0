"""Generalize quasi-identifiers until every class reaches what is asked of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
import polars as pl

from desensitize.errors import DesensitizeError, nearest
from desensitize.privacy.cells import build_cells
from desensitize.privacy.generation import Making
from desensitize.privacy.grouping import label_classes
from desensitize.privacy.hierarchy import Hierarchy
from desensitize.privacy.lattice import COUNT, SUPPRESSED, Integers, Lattice, build_lattice
from desensitize.privacy.mixing import mixed
from desensitize.privacy.models import Closeness, Diversity, Presence, Requirements
from desensitize.privacy.mondrian import mondrian
from desensitize.privacy.optimum import optimum
from desensitize.privacy.predicates import Predicates
from desensitize.privacy.recoding import Recoding, fixed, recoded, refuse_unfit
from desensitize.privacy.settling import absorbed, settled_labels
from desensitize.privacy.sweep import QUICK, THOROUGH, sweep, sweep_for_values
from desensitize.privacy.tuples import CountedTuples, counted_tuples

METHODS = ("sweep", "global", "mondrian")
GREAT_LOSS = 0.2
"""Whatever loses more is worth a search that looks more closely, and takes longer."""


@dataclass(frozen=True)
class Lasting:
    """Ask for labels that last: those of `recoding`, or such as later tables can take.

    `makings` says how labels are made that no table of levels lists. Without `enforced`, classes
    that are too small in this table alone stay: whoever asks sees to them.
    """

    makings: Mapping[str, Making] = field(default_factory=dict)
    recoding: Recoding | None = None
    enforced: bool = True


@dataclass(frozen=True)
class Anonymization:
    """Hold what the search found.

    `mapping` has one row a published tuple: the original values as text under their column's
    name, and their labels under `labelled(column)`. Tuples that are not there are suppressed.
    `loss` is the mean over rows and columns of (leaves under the label − 1) / (leaves − 1), a
    suppressed row counting 1. `levels` counts for each column the rows published at each level,
    `uncovered` the published rows whose value the hierarchy does not name and that show “*”.
    `hidden` names columns that are “*” in every row. `recoding` is by what later tables take the
    same labels, where labels were to last.
    """

    mapping: pl.DataFrame
    method: str
    rows: int
    suppressed_rows: int
    classes: int
    smallest_class: int
    loss: float
    levels: dict[str, dict[int, int]]
    uncovered: dict[str, int]
    hidden: tuple[str, ...] = ()
    recoding: Recoding | None = None


def labelled(column: str) -> str:
    """Name the column of labels; no column of a table can have this name."""
    return f" label {column}"


def anonymize_table(
    table: pl.LazyFrame,
    hierarchies: Mapping[str, Hierarchy],
    *,
    smallest_class: int,
    suppression_limit: float = 1.0,
    method: str = "sweep",
    diversity: Mapping[str, Diversity] = MappingProxyType({}),
    closeness: Mapping[str, Closeness] = MappingProxyType({}),
    population: pl.LazyFrame | None = None,
    population_class: int = 0,
    presence: Presence | None = None,
) -> Anonymization:
    """Find labels for the quasi-identifiers such that each class reaches what is asked.

    `diversity` and `closeness` go by sensitive column. `population` has the quasi-identifiers of
    everybody the table was drawn from; `population_class` (k-map) and `presence` need it.

    Raises:
        DesensitizeError: `no-quasi-identifiers`, `unknown-column`, `sensitive-is-quasi`,
            `unordered-column`, `population-needed`, or as `anonymize_tuples`.
    """
    asked = Requirements(smallest_class, diversity, closeness, population_class, presence)
    counted = counted_tuples(
        table, list(hierarchies), sensitive=asked.sensitive, population=population
    )
    return anonymize_tuples(
        counted, hierarchies, asked=asked, suppression_limit=suppression_limit, method=method
    )


def anonymize_tuples(
    counted: CountedTuples,
    hierarchies: Mapping[str, Hierarchy],
    *,
    asked: Requirements,
    suppression_limit: float = 1.0,
    method: str = "sweep",
    lasting: Lasting | None = None,
) -> Anonymization:
    """Do what `anonymize_table` does, on tuples that `counted_tuples` has counted.

    Where labels are in force, no other is chosen for what they stand for.

    Raises:
        DesensitizeError: `unknown-method`, `population-needed`, `search-too-large`,
            `no-rows-left`, `out-of-reach` or `suppression-exceeded`; `recoding-unfit`, where a
            value has no label in force.
    """
    if method not in METHODS:
        raise DesensitizeError("unknown-method", name=method, nearest=nearest(method, METHODS))
    if asked.needs_population and counted.population is None:
        raise DesensitizeError("population-needed")
    tuples = counted.tuples
    if asked.sensitive:
        # So that the same table gets the same labels, in whatever order its tuples were counted.
        tuples = tuples.sort([name for name in tuples.columns if name != COUNT])
    if not tuples.height or int(tuples[COUNT].sum()) < asked.smallest_class:
        raise DesensitizeError("no-rows-left", smallest_class=asked.smallest_class)
    if lasting is not None and lasting.recoding is not None:
        refuse_unfit(tuples, hierarchies, lasting.recoding, asked.smallest_class)
    lattice = build_lattice(tuples, hierarchies, counted.population)
    cells = {
        name: build_cells(
            tuples,
            counted.cells[name],
            name,
            name in asked.closeness and asked.closeness[name].kind == "ordered",
        )
        for name in asked.sensitive
    }
    predicates = Predicates(lattice, asked, cells)
    chosen, recoding = _chosen(lattice, predicates, method, suppression_limit, lasting)
    suppressed = int(lattice.counts[chosen == SUPPRESSED].sum())
    if suppressed == lattice.rows:
        raise DesensitizeError("out-of-reach", smallest_class=asked.smallest_class)
    if suppressed > suppression_limit * lattice.rows:
        raise DesensitizeError(
            "suppression-exceeded",
            smallest_class=asked.smallest_class,
            suppressed=suppressed,
            rows=lattice.rows,
        )
    published = _published(tuples, lattice, chosen, method, hierarchies)
    return replace(published, recoding=recoding)


def _chosen(
    lattice: Lattice, predicates: Predicates, method: str, limit: float, lasting: Lasting | None
) -> tuple[Integers, Recoding | None]:
    """Search labels, or take those in force; return by what they last, where they are to."""
    if lasting is not None and lasting.recoding is not None:
        return recoded(lattice, predicates, lasting.recoding, enforced=lasting.enforced)
    chosen = SEARCHES[method](lattice, predicates, limit)
    if lasting is None or (chosen == SUPPRESSED).all():
        return chosen, None
    return fixed(lattice, predicates, chosen, lasting.makings)


def _swept(lattice: Lattice, predicates: Predicates, limit: float) -> Integers:
    asked = predicates.asked
    if asked.sensitive and not asked.needs_population:
        ways = _swept_for_values(lattice, predicates, limit)
    else:
        ways = [settled_labels(lattice, predicates, sweep(lattice, predicates))]
    best = _best(lattice, ways, limit)
    if best is None or ((best == SUPPRESSED).any() and not predicates.trivial):
        # A way that publishes everything can be the better one.
        whole = [mondrian(lattice, predicates)]
        if best is None:
            whole.append(absorbed(lattice, predicates, ways[0]))
        best = _best(lattice, [best, *whole], limit)
    return ways[0] if best is None else best


def _swept_for_values(lattice: Lattice, predicates: Predicates, limit: float) -> list[Integers]:
    ways: list[Integers] = []
    for fineness in (QUICK, THOROUGH):
        swept = sweep_for_values(lattice, predicates, fineness)
        everything = mixed(lattice, predicates, swept, fineness.dear)
        ways += [settled_labels(lattice, predicates, swept)]
        ways += [] if everything is None else [everything]
        best = _best(lattice, ways, limit)
        if best is not None and lattice.loss(best) < GREAT_LOSS:
            break
    return ways


def _best(lattice: Lattice, ways: Sequence[Integers | None], limit: float) -> Integers | None:
    """Return the way that loses least among those that leave few enough rows out, and not all."""
    possible = []
    for way in ways:
        left = 0 if way is None else int(lattice.counts[way == SUPPRESSED].sum())
        if way is not None and left <= limit * lattice.rows and left < lattice.rows:
            possible.append(way)
    return min(possible, key=lattice.loss, default=None)


def _global(lattice: Lattice, predicates: Predicates, limit: float) -> Integers:
    found = optimum(lattice, predicates, limit)
    return _nothing(lattice) if found is None else found


def _split(lattice: Lattice, predicates: Predicates, limit: float) -> Integers:
    found = mondrian(lattice, predicates)
    return _nothing(lattice) if found is None else found


def _nothing(lattice: Lattice) -> Integers:
    return np.full(len(lattice.counts), SUPPRESSED, dtype=np.int64)


SEARCHES: Mapping[str, Callable[[Lattice, Predicates, float], Integers]] = {
    "sweep": _swept,
    "global": _global,
    "mondrian": _split,
}


def _published(
    tuples: pl.DataFrame,
    lattice: Lattice,
    chosen: Integers,
    method: str,
    hierarchies: Mapping[str, Hierarchy],
) -> Anonymization:
    kept = np.flatnonzero(chosen != SUPPRESSED)
    taken = lattice.nodes[chosen[kept]]
    weights = lattice.counts[kept]
    mapping = tuples[kept]
    levels: dict[str, dict[int, int]] = {}
    for position, column in enumerate(lattice.columns):
        codes = column.codes[taken[:, position], kept]
        mapping = mapping.with_columns(column.labels.gather(codes).alias(labelled(column.name)))
        used = np.bincount(taken[:, position], weights=weights, minlength=column.levels)
        finest = hierarchies[column.name].finest
        levels[column.name] = {each: int(rows) for each, rows in enumerate(used, start=finest)}
    suppressed = lattice.rows - int(weights.sum())
    classes, count = label_classes(lattice, taken, kept)
    return Anonymization(
        mapping=mapping.drop(COUNT),
        method=method,
        rows=lattice.rows,
        suppressed_rows=suppressed,
        classes=count,
        smallest_class=int(np.bincount(classes, weights=weights).min()),
        loss=lattice.loss(chosen),
        levels=levels,
        uncovered=uncovered_rows(mapping, hierarchies),
    )


def uncovered_rows(mapping: pl.DataFrame, hierarchies: Mapping[str, Hierarchy]) -> dict[str, int]:
    """Count by column the rows whose value a hierarchy does not name."""
    uncovered: dict[str, int] = {}
    for name, hierarchy in hierarchies.items():
        known = pl.Series([row[0] for row in hierarchy.rows], dtype=pl.String)
        foreign = mapping.filter(pl.col(name).is_not_null() & ~pl.col(name).is_in(known.implode()))
        if foreign.height:
            uncovered[name] = int(foreign[COUNT].sum())
    return uncovered
