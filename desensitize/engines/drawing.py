"""Number the rows of a table, and draw those that stay."""

from collections.abc import Collection, Iterator

import polars as pl

from desensitize.crypto import KeyRing
from desensitize.masks import Mask, MaskContext
from desensitize.masks.draws import BETWEEN, cell_content, row_content
from desensitize.policy import Policy

ROW = " row"
"""The column of row numbers; headers of tables never begin with a blank."""
CONTENT = " content"
"""The column of what each row of the source holds; of whose it is, where the policy says."""


def drawn(
    table: pl.LazyFrame, policy: Policy, keys: KeyRing | None, *, first_row: int = 0
) -> pl.LazyFrame:
    """Return the table with its rows numbered and told, if anything asks for it; of them the drawn.

    The first row has the number `first_row`: parts of a table count on, so that each row draws
    what it would in the whole.

    Raises:
        DesensitizeError: `key-needed`.
    """
    schema = table.collect_schema()
    masks = {rule.name: rule.make_mask() for rule in policy.columns}
    if policy.shuffles or any(mask.description.row_keyed for mask in masks.values()):
        table = table.with_row_index(ROW, offset=first_row)
    if any(mask.description.content_keyed for mask in masks.values()):
        # Before columns are generalized: their labels change with every version.
        person = policy.person
        # Whose value stays the same draws the same, whatever else in the row changes.
        drawn_by = (
            row_content(schema) if person is None else cell_content(pl.col(person), schema[person])
        )
        table = table.with_columns(drawn_by.alias(CONTENT))
    for chosen in _choices(masks, schema, keys):
        table = table.filter(chosen)
    return table


def numbered(table: pl.LazyFrame) -> pl.LazyFrame:
    """Return a table with its rows numbered, if they are not yet."""
    return table if ROW in table.collect_schema() else table.with_row_index(ROW)


def context_of(
    column: str,
    schema: pl.Schema,
    keys: KeyRing | None,
    *,
    present: Collection[str],
    person: str | None = None,
) -> MaskContext:
    """Return where a mask is applied; `present` are the columns of the table by now."""
    row = pl.col(ROW) if ROW in present else pl.int_range(pl.len())
    content = pl.col(CONTENT) if CONTENT in present else None
    if content is not None and person is not None:
        value = cell_content(pl.col(column), schema[column])
        content = pl.concat_str(content, value, separator=BETWEEN)
    return MaskContext(column, schema[column], keys, row=row, columns=schema, source_row=content)


def _choices(masks: dict[str, Mask], schema: pl.Schema, keys: KeyRing | None) -> Iterator[pl.Expr]:
    for name, mask in masks.items():
        if mask.description.draws_rows:
            context = context_of(name, schema, keys, present=(ROW,))
            chosen = mask.chosen_rows(pl.col(name), context)
            if chosen is not None:
                yield chosen
