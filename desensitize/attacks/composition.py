"""Put two releases of the same people together, and see what both say of somebody."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from desensitize.attacks.contract import Attack, Attacker, Earlier, Release, Remedy
from desensitize.attacks.excess import EXACT, Excess, Share, gravity, weigh
from desensitize.attacks.fitting import UNTOLD, Fitting, Labels, Side
from desensitize.attacks.levels import hierarchies_of
from desensitize.attacks.links import Linked, columns_that_link, number_rows, rows_of_people
from desensitize.attacks.reasons import UNREAD_CELLS, Reason, Why
from desensitize.attacks.redrawn import redrawn_noise
from desensitize.errors import TableError
from desensitize.privacy.hierarchy import ANYTHING
from desensitize.words import mark_text

NAME = "composition"
NOBODY_FOUND_IN_BOTH = Why(
    "nobody_found_in_both",
    "“{file}” or the release has no column by which somebody could be found.",
    mark_text("This release or an earlier one has no column by which somebody could be found."),
)
CAME_ALONE = Why(
    "came_alone",
    (
        "{rows} rows came in with this revision in groups of fewer than {k} by {columns}: "
        "whoever knows when somebody came finds them."
    ),
    mark_text(
        "%(rows)s rows came with this revision in groups of fewer than %(k)s that look the same "
        "in %(columns)s: whoever knows when somebody came finds them."
    ),
)
LEFT_ALONE = Why(
    "left_alone",
    (
        "{rows} rows went with this revision in groups of fewer than {k} by {columns}: whoever "
        "knows when somebody left finds them."
    ),
    mark_text(
        "%(rows)s rows went with this revision in groups of fewer than %(k)s that look the same "
        "in %(columns)s: whoever knows when somebody left finds them."
    ),
)
MOST_PERSONS = 10_000
MOST_VISITS = 1_500_000_000
"""Persons times different rows of a release that are compared."""
CHUNK = 5_000_000
"""Persons times classes, or cells of a class, that are compared at a time."""

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass
class Tally:
    """Add up, over persons, what the releases tell together and what the better one tells alone."""

    together: float = 0.0
    alone: float = 0.0

    def add(self, together: Floats, alone: Floats) -> None:
        """Add some persons."""
        self.together += float(together.sum())
        self.alone += float(alone.sum())


@dataclass
class Tallies:
    """Hold the tally of rows that are pointed at, and of sure values by sensitive column."""

    persons: int = 0
    rows: Tally = field(default_factory=Tally)
    values: dict[str, Tally] = field(default_factory=dict)


def composition(release: Release, *, limit: float) -> Attack:
    """Look for each person in every release at once: what fits in all of them.

    Known are the quasi-identifiers that a release has, exactly. Of the rows that fit somebody in
    one release, those remain that carry what some fitting row of the other carries too, in all
    columns that both have in common. Who fits no row of one of them was left out of it: of the rows
    that fit in the other, those remain of which it has more. The row is guessed among those that
    remain, and a value is
    sure where all of them carry it; the control is the same by the more telling of the releases
    alone. Where linked rows have other noise each time, every such value counts as reached: its
    mean is nearer to the truth than each. The rows of a synthetic copy are nobody's: no row of
    another release belongs to them, and what copies tell together is a matter of their budget.

    Raises:
        TableError: `unreadable-table`.
    """
    if not release.earlier or release.is_synthetic:
        knows = "no earlier release of the same people"
        if release.earlier:
            knows = "earlier releases, none of whose rows are those of a synthetic copy"
        return Attack(NAME, knows, weigh(Share.exactly(0.0), Share.exactly(0.0)), limit)
    try:
        return _composed(release, limit)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error


def _composed(release: Release, limit: float) -> Attack:
    found: list[tuple[Excess, dict[str, object]]] = []
    untried: list[Reason] = []
    certain: dict[str, float] = {}
    for number, earlier in enumerate(release.earlier, start=1):
        which = {"earlier": earlier.released.name, "number": number}
        linked = columns_that_link(release, earlier)
        for column, share in redrawn_noise(release, earlier, linked).items():
            excess = weigh(share, Share.exactly(0.0))
            found.append((excess, {**which, "averaged": column, "linked_rows": share.trials}))
        game = _Game(release, earlier, linked)
        untried += game.untried
        if game.persons is None:
            continue
        tallies, trials = game.played()
        for what, tally in {"row": tallies.rows, **tallies.values}.items():
            shares = [
                Share(value, trials) if trials else Share.exactly(value / tallies.persons)
                for value in (tally.together, tally.alone)
            ]
            told: dict[str, object] = {**which, "linked_by": list(linked.columns)}
            if what != "row":
                told["column"] = what
            found.append((weigh(*shares), told))
            if what != "row":
                # What is sure without the earlier release is told by another attacker.
                more = (tally.together - tally.alone) / tallies.persons
                certain[what] = max(more, certain.get(what, 0.0))
    knows = "the exact quasi-identifiers of a person, and every earlier release"
    if not found:
        return Attack(NAME, knows, None, limit, not_tried=tuple(untried))
    excess, worst = max(found, key=lambda one: gravity(one[0], limit))
    return Attack(
        NAME, knows, excess, limit, worst=worst, not_tried=tuple(untried), certain=certain
    )


class _Game:
    """Play the persons of a source against a release and an earlier one."""

    def __init__(self, release: Release, earlier: Earlier, linked: Linked) -> None:
        self.release, self.earlier, self.linked = release, earlier, linked
        self.untried: list[Reason] = []
        self.persons: pl.DataFrame | None = None
        now = pl.scan_parquet(release.released)
        then = linked.renamed(pl.scan_parquet(earlier.released))
        columns = pl.scan_parquet(release.source).collect_schema().names()
        sensitive = [name for name in release.sensitive if name not in release.quasi_identifiers]
        quasi = [*release.quasi_identifiers, *linked.cells]
        known = [name for name in quasi if name in columns]
        known = known or [name for name in columns if name not in {*sensitive, *linked.columns}]
        self.sensitive = sensitive
        links = linked.numbered(now, then)
        more = _oftener(*links), _oftener(*reversed(links))
        sides = []
        for table, numbers, oftener in zip((now, then), links, more, strict=True):
            names = table.collect_schema().names()
            here = [name for name in known if name in names]
            if not here:
                self.untried.append(NOBODY_FOUND_IN_BOTH(file=earlier.released.name))
                return
            sides.append(self._side(table, here, numbers, oftener))
        self.now, self.then = sides
        self.links = links
        self._draw(known)

    def _side(
        self, table: pl.LazyFrame, known: list[str], numbers: pl.Series, oftener: pl.Series
    ) -> Side:
        names = table.collect_schema().names()
        sensitive = [name for name in self.sensitive if name in names]
        frame = table.select(
            *(pl.col(name).cast(pl.String).alias(f"known {name}") for name in known),
            *(pl.col(name).cast(pl.String).alias(f"sensitive {name}") for name in sensitive),
        ).collect()
        frame = frame.with_columns(numbers.alias("link"), oftener.alias("oftener"))
        cells = frame.group_by(frame.columns).agg(pl.len().cast(pl.Int64).alias("rows"))
        keys = [f"known {name}" for name in known]
        cells = cells.sort(keys, nulls_last=True)
        changed = cells.select(pl.struct(keys).rle_id()).to_series().to_numpy()
        starts = np.flatnonzero(np.r_[True, np.diff(changed) > 0])
        classes = cells[starts].select(
            pl.col(key).alias(name) for key, name in zip(keys, known, strict=True)
        )
        hierarchies = hierarchies_of(self.release, known)
        source = pl.scan_parquet(self.release.source)
        labels, codes = {}, {}
        for name in known:
            different = classes[name].unique(maintain_order=True)
            labels[name] = Labels(different.to_list(), hierarchies.get(name))
            order = pl.int_range(len(different), dtype=pl.Int64, eager=True)
            codes[name] = classes[name].replace_strict(different, order).to_numpy()
            values = source.select(pl.col(name).cast(pl.String).unique()).collect().to_series()
            unread = labels[name].unread(values)
            if unread.any():
                rows = np.add.reduceat(cells["rows"].to_numpy(), starts)
                cells_of = int(rows[unread[codes[name]]].sum())
                self.untried.append(UNREAD_CELLS(rows=cells_of, column=name))
        return Side(
            tuple(known),
            classes,
            labels,
            codes,
            np.append(starts, cells.height).astype(np.int64),
            cells["link"].to_numpy().astype(np.int64),
            cells["rows"].to_numpy(),
            cells["oftener"].to_numpy(),
            {name: _told(cells[f"sensitive {name}"]) for name in sensitive},
        )

    def _draw(self, known: Sequence[str]) -> None:
        """Draw persons, each with the values that were true at the time of each release."""
        table = pl.scan_parquet(self.release.source)
        rows = int(table.select(pl.len()).collect().item())
        classes = max(self.now.classes.height, self.then.classes.height)
        most = min(rows, MOST_PERSONS, max(200, MOST_VISITS // classes))
        drawn = np.sort(np.random.default_rng(self.release.seed).permutation(rows)[:most])
        self.is_sample = most < rows
        here, before = rows_of_people(self.release, self.earlier, self.linked, drawn)
        self.persons = here.select(pl.col(name).cast(pl.String) for name in known)
        self.before = before.select(pl.col(name).cast(pl.String) for name in known)
        self._find_own(here, before)

    def _find_own(self, here: pl.DataFrame, before: pl.DataFrame) -> None:
        """Keep what links carry of the columns that show true values, and what the persons do."""
        exact = self.linked.exact
        now = pl.scan_parquet(self.release.released)
        then = self.linked.renamed(pl.scan_parquet(self.earlier.released))
        *tables, mine, theirs = number_rows((now, then, here.lazy(), before.lazy()), exact)
        numbers = pl.concat(self.links).to_numpy()
        self.exact = np.zeros(int(numbers.max(initial=0)) + 1, dtype=np.int64)
        self.exact[numbers] = pl.concat(tables).to_numpy()
        # Where none does, nobody can be told to be right.
        self.own = tuple(
            one.to_numpy() if exact else np.full(len(one), -1) for one in (mine, theirs)
        )

    def played(self) -> tuple[Tallies, int]:
        """Return the tallies over all persons, and the trials, EXACT where nobody was left out."""
        assert self.persons is not None
        both = {name for name in self.now.sensitive if name in self.then.sensitive}
        names = [*both, *(name for name in self.now.sensitive if name not in both)]
        tallies = Tallies(values={name: Tally() for name in names})
        size = max(1, CHUNK // max(self.now.most, self.then.most))
        for start in range(0, self.persons.height, size):
            part = slice(start, start + size)
            here = Fitting.of(self.now, self.persons[part])
            there = Fitting.of(self.then, self.before[part])
            self._add(tallies, here, there, part)
        return tallies, self.persons.height if self.is_sample else EXACT

    def _add(self, tallies: Tallies, here: Fitting, there: Fitting, part: slice) -> None:
        tallies.persons += here.persons
        mine, theirs = (own[part] for own in self.own)
        shared_here = here.met_in(there) | here.missed_by(there, self.exact, mine)
        shared_there = there.met_in(here) | there.missed_by(here, self.exact, theirs)
        # Who has changed, or is in only one of them and was not told to be, is found no better.
        meets = here.total(shared_here) + there.total(shared_there) > 0
        alone = np.maximum(_one_of(here.total()), _one_of(there.total()))
        together = np.maximum(_one_of(here.total(shared_here)), _one_of(there.total(shared_there)))
        tallies.rows.add(np.where(meets, np.maximum(together, alone), alone), alone)
        for name, tally in tallies.values.items():
            sure = here.sure(name)
            both = here.sure(name, shared_here)
            if name in there.side.sensitive:
                sure = np.maximum(sure, there.sure(name))
                both = np.maximum(both, there.sure(name, shared_there))
            tally.add(np.where(meets, np.maximum(sure, both), sure), sure)


def _told(values: pl.Series) -> Integers:
    """Number the values; what is hidden says nothing."""
    numbers = values.rank("dense").fill_null(0).cast(pl.Int64)
    return numbers.set((values == ANYTHING).fill_null(False), UNTOLD).to_numpy()


def _one_of(rows: Floats) -> Floats:
    """Return the chance to hit the right one of some rows; nothing where there are none."""
    chances: Floats = np.where(rows > 0, 1 / np.maximum(rows, 1), 0.0)
    return chances


def _oftener(mine: pl.Series, theirs: pl.Series) -> pl.Series:
    """Say for each row of a table whether more rows of it carry what it does than of another."""
    own, other = mine.to_numpy(), theirs.to_numpy()
    room = 1 + int(max(own.max(initial=0), other.max(initial=0)))
    counts, others = (np.bincount(one, minlength=room) for one in (own, other))
    return pl.Series((counts > others)[own])


ATTACKER = Attacker(
    name=NAME,
    play=composition,
    doing=mark_text("Joining it with earlier releases of the same people"),
    knows=mark_text("every earlier release of these people"),
    nothing=mark_text("No earlier release of these people is known."),
    reasons=(NOBODY_FOUND_IN_BOTH, CAME_ALONE, LEFT_ALONE),
    remedy=Remedy.NONE,
)
