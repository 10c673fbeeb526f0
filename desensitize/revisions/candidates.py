"""Whom the rows of all revisions together may be: counted by sets, not row by row.

Somebody who was in several revisions carries what some row of his class carried in each of them. So
what he may carry is a set that each revision makes smaller; those with the same class in the same
revisions share one. A new revision looks at the sets of the people in it alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from desensitize.revisions.counting import CLASS, CONTENT, REST, ROWS, Columns
from desensitize.revisions.told import Told

ALL = "all"
"""The family of sets of all that a row shows beside its class; the others are of one column."""
SPREAD = 0x9E3779B97F4A7C15
"""Carried into each member of a set, so that what is missing counts too."""


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
) -> tuple[Candidates, pl.DataFrame, pl.DataFrame]:
    """Return what is told of people, what is to be kept of them, and which sets are new.

    `people` has for each person the class and the content of a row in this revision.
    """
    values = columns.values
    classes = shown.group_by(CLASS).agg(
        pl.col(ROWS).sum().alias("size"),
        *((pl.col(name).n_unique() == 1).alias(f"one {name}") for name in values),
    )
    varied = {name: shown[name].n_unique() > 1 for name in values}
    people = people.unique("person", keep="first", maintain_order=True).join(
        shown.select(CONTENT).unique(), on=CONTENT, how="semi"
    )
    before = told.persons(people) if told is not None else None
    known = people.select("person", CLASS, CONTENT).join(classes, on=CLASS)
    if before is not None:
        known = known.join(before.drop(CONTENT), on="person", how="left")
    kept = known.select(
        "person",
        CONTENT,
        *(
            (pl.col(f"one {name}") | _was(f"sure {name}", known)).alias(f"sure {name}")
            for name in values
        ),
    )
    families = {ALL: REST, **dict(zip(columns.sensitive, values, strict=True))}
    rows, sure, new_sets = {}, {}, []
    for family, link in families.items():
        step = _step(known, shown, family, link, values, told)
        new_sets.append(step.sets)
        kept = kept.join(
            step.of.select("person", "set").rename({"set": f"set {family}"}), on="person"
        )
        # One revision tells of who is in one what it tells of anybody: it would hide the others.
        several = step.of.filter(pl.col(f"set {family} before").is_not_null())
        of = several if several.height else step.of
        rows[family] = Tally(_mean(1 / of["left"]), _mean(1 / of["size"]))
        for name, value in zip(columns.sensitive, values, strict=True):
            if not varied[value] or family not in (ALL, name):
                continue
            alone = of.join(kept.select("person", f"sure {value}"), on="person")
            together = alone[f"single {value}"] | alone[f"sure {value}"]
            sure[family, name] = Tally(_mean(together), _mean(alone[f"sure {value}"]))
    came = 0 if before is None else before.height
    return Candidates(people.height, came, rows, sure), kept, pl.concat(new_sets)


@dataclass(frozen=True)
class _Step:
    of: pl.DataFrame
    sets: pl.DataFrame


def _step(
    known: pl.DataFrame,
    shown: pl.DataFrame,
    family: str,
    link: str,
    values: tuple[str, ...],
    told: Told | None,
) -> _Step:
    """Make the sets of a family smaller by what this revision shows."""
    carried = (
        shown.rename({link: "link"})
        .group_by(CLASS, "link")
        .agg(pl.col(ROWS).sum(), *(pl.col(name).first() for name in values if name != link))
    )
    if link in values:
        carried = carried.with_columns(pl.col("link").alias(link))
    held, old = f"set {family}", f"set {family} before"
    if held in known.columns:
        known = known.rename({held: old})
    else:
        known = known.with_columns(pl.lit(None, dtype=pl.UInt64).alias(old))
    pairs = known.select(CLASS, old).unique()
    whole = pairs.join(carried, on=CLASS)
    earlier = pairs.filter(pl.col(old).is_not_null())
    if told is not None and earlier.height:
        wanted = earlier.select(pl.lit(family).alias("family"), pl.col(old).alias("set")).unique()
        members = told.sets(wanted).select(pl.col("set").alias(old), "link")
        less = whole.join(members, on=[old, "link"], how="semi")
        # Nothing is left of who has changed: with this revision it begins anew.
        changed = whole.join(less, on=[CLASS, old], how="anti", nulls_equal=True)
        whole = pl.concat([less, changed])
    sets = whole.group_by(CLASS, old).agg(
        (pl.col("link") ^ SPREAD).sum().alias("set"),
        pl.col(ROWS).sum().alias("left"),
        *((pl.col(name).n_unique() == 1).alias(f"single {name}") for name in values),
    )
    names = [*(f"single {name}" for name in values), "set", "left"]
    of = known.select("person", CLASS, "size", old).join(
        sets.select(CLASS, old, *names), on=[CLASS, old], nulls_equal=True
    )
    members = whole.join(sets.select(CLASS, old, "set"), on=[CLASS, old], nulls_equal=True)
    members = members.select(pl.lit(family).alias("family"), "set", "link").unique()
    return _Step(of, members)


def _was(name: str, table: pl.DataFrame) -> pl.Expr:
    return pl.col(name).fill_null(False) if name in table.columns else pl.lit(False)


def _mean(shares: pl.Series) -> float:
    found = shares.cast(pl.Float64).mean()
    return float(found) if isinstance(found, float) else 0.0
