"""What every mask is: a described set of options and one polars expression."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import polars as pl

from desensitize.crypto import Key, KeyRing
from desensitize.errors import DesensitizeError, nearest
from desensitize.masks.draws import row_content
from desensitize.masks.options import OptionDescription, read_options
from desensitize.masks.texts import as_text

Kernel = Callable[[pl.Series], pl.Series]


NUMBERS = ("integer", "decimal", "float")
DAYS = ("date", "datetime", "text")
"""A text may hold days in one of the usual orders."""
CODES = ("text", "integer")


@dataclass(frozen=True)
class MaskDescription:
    """Describe a mask well enough to build a form for it, and to run it.

    `reversible` says that the holder of the key can recover the values, `releases_clear` that
    original values can appear in the output, and `pseudonymous` that a value still tells one person
    from another. `masks_within` masks take personal data out of a text whose rest stays, and may
    overlook some. `needs_key` masks cannot do without a key ring.
    `row_keyed` masks draw random numbers by key and row number, so that a table that is masked in
    parts comes out as if whole. `content_keyed` masks draw by key and what the row of the source
    holds, so that another version of the table draws the same for the same row. `whole_column`
    masks need all values at once: a table in parts is refused. `draws_rows` masks leave rows out,
    and `omits_column` masks their column. `one_value` masks leave the same in every row that is not
    empty. `takes` are the types, in the words of `desensitize.tables.type_name`, of which the mask
    makes something; none stands for all.
    """

    name: str
    options: tuple[OptionDescription, ...] = ()
    reversible: bool = False
    releases_clear: bool = False
    pseudonymous: bool = False
    masks_within: bool = False
    needs_key: bool = False
    row_keyed: bool = False
    content_keyed: bool = False
    whole_column: bool = False
    draws_rows: bool = False
    omits_column: bool = False
    one_value: bool = False
    takes: tuple[str, ...] = ()

    def fits(self, dtype: str) -> bool:
        """Return whether the mask makes something of the values of a type."""
        return not self.takes or dtype in self.takes


@dataclass(frozen=True)
class MaskContext:
    """Say where a mask is applied: the column, its type, and the keys if there are any.

    `row` is the number of each row in the source, from 0 on; `columns` are the types of all
    columns of the table, for masks that look at a second one. `source_row` is what the row of the
    source holds, where columns may stand generalized already.
    """

    column: str
    dtype: pl.DataType
    keys: KeyRing | None = None
    row: pl.Expr = field(default_factory=lambda: pl.int_range(pl.len()), compare=False)
    columns: Mapping[str, pl.DataType] = field(default_factory=dict)
    source_row: pl.Expr | None = field(default=None, compare=False)

    @property
    def content(self) -> pl.Expr:
        """Return what to draw by: all that the row of the source holds.

        In a table of one column nothing tells its rows apart but their number, and nothing joins
        those of two versions.
        """
        if len(self.columns) < 2:
            return self.row.cast(pl.String)
        return row_content(self.columns) if self.source_row is None else self.source_row


class Mask(ABC):
    """Turn the values of one column into releasable ones.

    A mask fails closed: nulls stay null, and a value that it cannot handle becomes null, which the
    engine counts and reports. Options are checked when the mask is made.
    """

    description: ClassVar[MaskDescription]

    def __init__(self, options: Mapping[str, object]) -> None:
        self.options = read_options(self.description.name, self.description.options, options)

    @abstractmethod
    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr | None:
        """Return the expression of the masked values, or None to leave the column out."""

    def chosen_rows(self, values: pl.Expr, context: MaskContext) -> pl.Expr | None:
        """Return which rows stay, or None for all."""
        return None

    @property
    def other_columns(self) -> tuple[str, ...]:
        """Name the other columns that the mask looks at."""
        named = (one.name for one in self.description.options if one.kind == "column")
        return tuple(self.options.text(name) for name in named if self.options[name] is not None)

    def apply(
        self,
        values: pl.Series,
        *,
        keys: KeyRing | None = None,
        beside: pl.DataFrame | None = None,
    ) -> pl.Series | None:
        """Mask one series at once, for previews and tests; None when the column is left out.

        `beside` holds the other columns of its table, row by row.
        """
        table = values.to_frame() if beside is None else beside.with_columns(values)
        context = MaskContext(values.name, values.dtype, keys, columns=table.schema)
        masked = self.expression(pl.col(values.name), context)
        if masked is None:
            return None
        return table.select(masked.alias(values.name)).to_series()

    def key(self, context: MaskContext, column: str | None = None) -> Key:
        """Derive the key of this mask for its column, or a named one, and its purpose.

        Raises:
            DesensitizeError: `key-needed`.
        """
        if context.keys is None:
            raise DesensitizeError("key-needed", mask=self.description.name, column=context.column)
        # With the mask's name, so that two masks of a column never share a key.
        purpose = f"{self.description.name}:{self.options.text('purpose')}"
        return context.keys.handle(column=column or context.column, purpose=purpose)

    def beside(self, option: str, context: MaskContext) -> pl.Expr:
        """Return the column that an option names.

        Raises:
            DesensitizeError: `unknown-column`.
        """
        name = self.options.text(option)
        if name not in context.columns:
            raise DesensitizeError(
                "unknown-column", column=name, nearest=nearest(name, context.columns)
            )
        return as_text(pl.col(name), context.columns[name])


class ReversibleMask(Mask):
    """A mask whose values the holder of the key can recover."""

    @abstractmethod
    def recovery(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the expression of the original values; null for what the mask did not make."""

    def recover(self, values: pl.Series, *, keys: KeyRing) -> pl.Series:
        """Recover one series at once. It must have the name that it was masked under."""
        context = MaskContext(values.name, values.dtype, keys)
        recovered = self.recovery(pl.col(values.name), context)
        return values.to_frame().select(recovered.alias(values.name)).to_series()


def elementwise(values: pl.Expr, kernel: Kernel, dtype: pl.DataType | None = None) -> pl.Expr:
    """Apply a kernel batch by batch; its answer is text where no type is given."""
    return values.map_batches(kernel, return_dtype=dtype or pl.String(), is_elementwise=True)
