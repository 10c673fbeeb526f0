"""Number the rows of a table, and draw those that stay."""

from collections.abc import Iterator

import polars as pl

from desensitize.crypto import KeyRing
from desensitize.masks import Mask, MaskContext
from desensitize.policy import Policy

ROW = " row"
"""The column of row numbers; headers of tables never begin with a blank."""


def drawn(
    table: pl.LazyFrame, policy: Policy, keys: KeyRing | None, *, first_row: int = 0
) -> pl.LazyFrame:
    """Answer the table with its rows numbered, if a mask asks for it, and those that are drawn.

    The first row has the number `first_row`: parts of a table count on, so that each row draws
    what it would in the whole.

    Raises:
        DesensitizeError: `key_needed`.
    """
    schema = table.collect_schema()
    masks = {rule.name: rule.make_mask() for rule in policy.columns}
    if any(mask.description.row_keyed for mask in masks.values()):
        table = table.with_row_index(ROW, offset=first_row)
    for chosen in _choices(masks, schema, keys):
        table = table.filter(chosen)
    return table


def context_of(
    column: str, schema: pl.Schema, keys: KeyRing | None, *, numbered: bool
) -> MaskContext:
    """Answer where a mask is applied; `numbered` says that the rows have their numbers."""
    row = pl.col(ROW) if numbered else pl.int_range(pl.len())
    return MaskContext(column, schema[column], keys, row=row, columns=schema)


def _choices(masks: dict[str, Mask], schema: pl.Schema, keys: KeyRing | None) -> Iterator[pl.Expr]:
    for name, mask in masks.items():
        if mask.description.draws_rows:
            context = context_of(name, schema, keys, numbered=True)
            chosen = mask.chosen_rows(pl.col(name), context)
            if chosen is not None:
                yield chosen
