"""Make a synthetic copy of a table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from desensitize.engines.publication import published
from desensitize.errors import DesensitizeError, nearest
from desensitize.privacy.differential import Budget, Contribution
from desensitize.privacy.synthetic.domains import Domain, check_domains
from desensitize.privacy.synthetic.drawing import draw
from desensitize.privacy.synthetic.fitting import fit
from desensitize.privacy.synthetic.measuring import Measured, measure
from desensitize.privacy.synthetic.spending import affordable, epsilon_of

MOST_ROWS = 20_000_000
LEAST_PARTICLES, MOST_PARTICLES = 50_000, 200_000


@dataclass(frozen=True)
class Measurement:
    """Say which columns were counted together, and the standard deviation of the noise in rows."""

    columns: tuple[str, ...]
    sigma: float


@dataclass(frozen=True)
class SyntheticCopy:
    """Say how a copy was made; nothing here is exact about the table.

    `budget` is what the copy may be charged with; `epsilon` is what OpenDP's accounts say of it at
    the budget's δ, and `costs` what each part took, in ρ of zero-concentrated privacy.
    """

    rows: int
    columns: tuple[str, ...]
    budget: Budget
    epsilon: float
    rho: float
    costs: Mapping[str, float]
    pairs: tuple[Measurement, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "rows": self.rows,
            "columns": list(self.columns),
            **self.budget.as_dict(),
            "epsilon_spent": self.epsilon,
            "rho": self.rho,
            "costs": dict(self.costs),
            "pairs": [
                {"columns": list(one.columns), "sigma": round(one.sigma, 3)} for one in self.pairs
            ],
        }


def synthesize(source: Path, target: Path, **asked: Any) -> SyntheticCopy:
    """Write a synthetic copy of a Parquet table as Parquet; `asked` is as of `drawn_copy`.

    Raises:
        DesensitizeError: as `drawn_copy`.
        TableError: `write-failed`.
    """
    frame, copy = drawn_copy(pl.scan_parquet(source), **asked)
    with published(target) as temporary:
        frame.write_parquet(temporary)
    return copy


def drawn_copy(
    table: pl.LazyFrame,
    *,
    domains: Mapping[str, Domain],
    budget: Budget,
    contribution: Contribution | None = None,
    rows: int | None = None,
    left_out: Collection[str] = (),
    particles: int | None = None,
    seed: int | None = None,
    charge: Callable[[Budget], object] | None = None,
) -> tuple[pl.DataFrame, SyntheticCopy]:
    """Return rows of nobody, and how they were made.

    The copy is (ε, δ)-differentially private in the persons of the table: adding one, or taking
    one away, changes the chance of any copy by a factor of e^ε at most, but for δ. `charge` is
    called with `budget` when all else is checked and no cell was read yet; it raises where too
    little is left. Names and types of the columns, `domains`, `contribution` and `rows` must be
    known without looking at the cells. `rows` of None gives about as many as the table has, by a
    noisy count. The column of persons is never in the copy; every other one has its domain or is
    `left_out`. `particles` stand for the model; `seed` starts all draws from it, the noise has its
    own.

    Raises:
        DesensitizeError: `unknown-column`, `unit-declared`, `domain-needed`, `bad-domain`,
            `too-many-domains`, `bad-copy-rows`, `copy-needs-delta`, `bad-privacy-budget`. None
            depends on a cell of the table.
    """
    persons = contribution or Contribution()
    schema = table.collect_schema()
    _check(schema, persons, domains, left_out, rows)
    rho = affordable(budget)
    if charge is not None:
        charge(budget)
    ordered = {name: domains[name] for name in schema if name in domains}
    names = tuple(ordered)
    measured = _measured(persons, table, ordered, rho=rho)
    # From here on only what was measured is looked at.
    rng = np.random.default_rng(seed)
    number = rows or min(MOST_ROWS, max(1, round(measured.rows)))
    wanted = particles or min(MOST_PARTICLES, max(LEAST_PARTICLES, 2 * number))
    drawn = draw(fit(measured, particles=wanted, rng=rng), number, rng)
    columns = [
        domain.cells(levels, schema[name], rng).alias(name)
        for (name, domain), levels in zip(ordered.items(), drawn, strict=True)
    ]
    spent = sum(measured.costs.values())
    return pl.DataFrame(columns), SyntheticCopy(
        rows=number,
        columns=names,
        budget=budget,
        epsilon=epsilon_of(spent, float(budget.delta)),
        rho=spent,
        costs=measured.costs,
        pairs=tuple(
            Measurement(tuple(names[column] for column in one.columns), one.sigma)
            for one in measured.pairs
        ),
    )


def _measured(
    persons: Contribution, table: pl.LazyFrame, domains: Mapping[str, Domain], *, rho: float
) -> Measured:
    """Count with noise the rows that lie in the domains; nothing else looks at a cell."""
    schema = table.collect_schema()
    cells = persons.bounded(table).select(
        domain.code(name, schema[name]).alias(name) for name, domain in domains.items()
    )
    codes = cells.drop_nulls().collect(engine="streaming").to_numpy(order="fortran").T
    shape = [domain.size for domain in domains.values()]
    return measure(codes, shape, rho=rho, rows_a_person=persons.rows)


def _check(
    schema: Mapping[str, pl.DataType],
    persons: Contribution,
    domains: Mapping[str, Domain],
    left_out: Collection[str],
    rows: int | None,
) -> None:
    """Check what was asked against the names and types of the columns."""
    without = set(left_out)
    if persons.unit is not None:
        if persons.unit not in schema:
            found = nearest(persons.unit, schema)
            raise DesensitizeError("unknown-column", column=persons.unit, nearest=found)
        if persons.unit in domains:
            raise DesensitizeError("unit-declared", column=persons.unit)
        without.add(persons.unit)
    check_domains(domains, schema, without)
    is_whole = isinstance(rows, int) and not isinstance(rows, bool)
    if rows is not None and not (is_whole and 0 < rows <= MOST_ROWS):
        raise DesensitizeError("bad-copy-rows", limit=MOST_ROWS)
