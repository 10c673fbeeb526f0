"""Search labels for the quasi-identifiers, and join them back to the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import polars as pl

from desensitize.errors import DesensitizeError
from desensitize.masks import MASKS, MaskContext
from desensitize.policy import ColumnRule, Policy
from desensitize.privacy import (
    Anonymization,
    CountedTuples,
    Hierarchy,
    Lasting,
    Making,
    Recoding,
    Requirements,
    anonymize_tuples,
    coarsen_cells,
    counted_tuples,
    generate_hierarchy,
    labelled,
    making_of,
    narrowed,
    roomy_class,
)
from desensitize.privacy.hierarchy import ANYTHING
from desensitize.privacy.lattice import COUNT


@dataclass(frozen=True)
class Labels:
    """Name the columns that a search has labelled, and the file that holds tuples and labels."""

    columns: tuple[str, ...]
    path: Path


@dataclass(frozen=True)
class Life:
    """Ask for labels that last as long as a product does.

    `recoding` are the labels in force, None where this table is the first. `enforced` is as in
    `desensitize.privacy.Lasting`.
    """

    recoding: Recoding | None = None
    enforced: bool = True


def refuse_open(policy: Policy) -> None:
    """Refuse a policy by which a value becomes what the rest of its table makes of it.

    Raises:
        DesensitizeError: `recoding-open`.
    """
    for rule in policy.columns:
        by_cell = rule in policy.coarsened_by_cell
        if by_cell or MASKS[rule.mask].description.whole_column:
            raise DesensitizeError("recoding-open", column=rule.name, mask=rule.mask)


def search(table: pl.LazyFrame, policy: Policy, life: Life | None = None) -> Anonymization | None:
    """Search labels for the policy's generalized columns; None when it has none.

    Sensitive columns of which something is asked are looked at as they will be published.

    Raises:
        DesensitizeError: `no-quasi-identifiers` where something is asked of a sensitive column and
            no column is generalized; or what the search raises.
    """
    counted = counted_for(table, policy)
    if counted is None:
        return None
    return search_counted(counted, policy, table.collect_schema(), life)


def counted_for(table: pl.LazyFrame, policy: Policy) -> CountedTuples | None:
    """Count in a table, or in one part of it, what the policy's search looks at.

    Raises:
        DesensitizeError: as `search`.
    """
    protected = [rule for rule in policy.columns if rule.is_protected]
    if not policy.generalized:
        if protected:
            raise DesensitizeError("no-quasi-identifiers")
        return None
    schema = table.collect_schema()
    published = table.with_columns(
        _published(rule, schema[rule.name]).alias(rule.name) for rule in protected
    )
    return counted_tuples(
        published,
        [rule.name for rule in policy.generalized],
        sensitive=[rule.name for rule in protected],
    )


def merged(parts: Sequence[CountedTuples]) -> CountedTuples:
    """Add up what was counted in the parts of a table."""
    return reduce(_added, parts)


def search_counted(
    counted: CountedTuples, policy: Policy, schema: pl.Schema, life: Life | None = None
) -> Anonymization:
    """Search labels for counted tuples of a table with this schema, or take those in force.

    Raises:
        DesensitizeError: `bad-hierarchy`, or what the search raises.
    """
    if policy.coarsened_by_cell:
        return _by_cell(counted, policy, schema)
    makings, recoding = None, life.recoding if life else None
    if life is not None:
        makings = recoding.makings if recoding else makings_for(counted, policy, schema)
    return anonymize_tuples(
        counted,
        hierarchies_for(counted, policy, schema, recoding),
        asked=Requirements(policy.smallest_class, policy.diversity, policy.closeness),
        suppression_limit=policy.suppression_limit,
        method=policy.method,
        lasting=None if life is None else Lasting(makings or {}, recoding, life.enforced),
    )


def _by_cell(counted: CountedTuples, policy: Policy, schema: pl.Schema) -> Anonymization:
    """Search labels for the quasi-identifiers, and make the other columns coarser within classes.

    Raises:
        DesensitizeError: as `search_counted`.
    """
    hierarchies = hierarchies_for(counted, policy, schema)
    others = {one.name: hierarchies.pop(one.name) for one in policy.coarsened_by_cell}
    found = None
    if hierarchies:
        narrow = narrowed(counted, list(hierarchies))
        rows = int(narrow.tuples[COUNT].sum())
        size = roomy_class(rows, policy.smallest_class)
        found = anonymize_tuples(
            narrow,
            hierarchies,
            asked=Requirements(size, policy.diversity, policy.closeness),
            suppression_limit=policy.suppression_limit,
            method=policy.method,
        )
    asked = Requirements(policy.smallest_class, policy.diversity, policy.closeness)
    return coarsen_cells(counted, found, others, asked=asked)


def hierarchies_for(
    counted: CountedTuples, policy: Policy, schema: pl.Schema, recoding: Recoding | None = None
) -> dict[str, Hierarchy]:
    """Return the hierarchies of the policy's generalized columns, given or made.

    Raises:
        DesensitizeError: `bad-hierarchy`, or `recoding-unfit` as `search_counted`.
    """
    return {
        rule.name: hierarchy_of(counted.tuples[rule.name], rule, schema[rule.name], recoding)
        for rule in policy.generalized
    }


def makings_for(counted: CountedTuples, policy: Policy, schema: pl.Schema) -> dict[str, Making]:
    """Return by column how the labels are made that the policy does not list.

    Raises:
        DesensitizeError: `bad-hierarchy`.
    """
    return {
        rule.name: making_of(rule.name, _present(counted.tuples[rule.name]), schema[rule.name])
        for rule in policy.generalized
        if rule.make_mask().options.table("hierarchy") is None
    }


def hierarchy_of(
    values: pl.Series, rule: ColumnRule, dtype: pl.DataType, recoding: Recoding | None = None
) -> Hierarchy:
    """Return the rule's own hierarchy, or one made from the values of the column, as text.

    Where a recoding is in force, labels are made as they were; what gets none has only “*”.

    Raises:
        DesensitizeError: `bad-hierarchy`.
    """
    options = rule.make_mask().options
    rows = options.table("hierarchy")
    if rows is None:
        making = recoding.makings.get(rule.name) if recoding else None
        fitting = values if making is None else values.filter(~making.unfit(values))
        present = _present(fitting)
        if making is not None and not fitting.count():
            made = Hierarchy.checked(rule.name, [(ANYTHING,) * making.levels])
        else:
            made = generate_hierarchy(rule.name, present, dtype, making=making)
    else:
        made = Hierarchy.checked(rule.name, rows)
    return made.from_level(options.integer("finest")) if "finest" in options else made


def _present(values: pl.Series) -> list[str]:
    return values.drop_nulls().unique().to_list() or [ANYTHING]


def write_labels(found: Anonymization, path: Path) -> Labels:
    """Write what the search found to a file, which queries read while they run."""
    names = tuple(name for name in found.mapping.columns if not name.startswith(" label "))
    found.mapping.write_parquet(path)
    return Labels(names, path)


def with_labels(table: pl.LazyFrame, labels: Labels) -> pl.LazyFrame:
    """Put the labels in place of the values, and leave out the suppressed rows."""
    keys = {name: f" key {name}" for name in labels.columns}
    mapping = pl.scan_parquet(labels.path).rename(keys)
    keyed = table.with_columns(
        pl.col(name).cast(pl.String).alias(key) for name, key in keys.items()
    )
    # Null is a value of its own here. Masks of a whole column rely on the order of the source,
    # in which the rows stay until they are shuffled.
    joined = keyed.join(mapping, on=list(keys.values()), nulls_equal=True, maintain_order="left")
    return joined.with_columns(pl.col(labelled(name)).alias(name) for name in labels.columns)


def _published(rule: ColumnRule, dtype: pl.DataType) -> pl.Expr:
    masked = rule.make_mask().expression(pl.col(rule.name), MaskContext(rule.name, dtype))
    # A policy lets no mask that leaves the column out come here.
    assert masked is not None
    return masked


def _added(one: CountedTuples, other: CountedTuples) -> CountedTuples:
    return CountedTuples(
        tuples=_summed(one.tuples, other.tuples),
        cells={name: _summed(cells, other.cells[name]) for name, cells in one.cells.items()},
    )


def _summed(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    *keys, count = one.columns
    return pl.concat([one, other]).group_by(keys).agg(pl.col(count).sum())
