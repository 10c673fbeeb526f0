"""What every mask is: a described set of options and one polars expression."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from desensitize.crypto import KeyRing
from desensitize.masks.options import OptionDescription, read_options


@dataclass(frozen=True)
class MaskDescription:
    """Describe a mask well enough to build a form for it.

    `reversible` says that the holder of the key can recover the values, `releases_clear` that
    original values can appear in the output.
    """

    name: str
    options: tuple[OptionDescription, ...] = ()
    reversible: bool = False
    releases_clear: bool = False


@dataclass(frozen=True)
class MaskContext:
    """Say where a mask is applied: the column, its type, and the keys if there are any."""

    column: str
    dtype: pl.DataType
    keys: KeyRing | None = None


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
        """Answer the expression of the masked values, or None to leave the column out."""

    def apply(self, values: pl.Series, *, keys: KeyRing | None = None) -> pl.Series | None:
        """Mask one series at once, for previews and tests; None when the column is left out."""
        context = MaskContext(values.name, values.dtype, keys)
        masked = self.expression(pl.col(values.name), context)
        if masked is None:
            return None
        return values.to_frame().select(masked.alias(values.name)).to_series()
