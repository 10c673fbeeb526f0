"""Cut off extreme numbers."""

from collections.abc import Mapping

import polars as pl

from desensitize.errors import DesensitizeError
from desensitize.masks.contract import NUMBERS, Mask, MaskContext, MaskDescription
from desensitize.masks.numbers import as_numbers
from desensitize.masks.options import OptionDescription


class TopBottomCode(Mask):
    """Replace numbers beyond a bound by the bound; what is not a finite number becomes null.

    At least one bound is needed. Whole numbers stay whole when the bounds are.
    """

    description = MaskDescription(
        "top_bottom_code",
        (OptionDescription("bottom", "number"), OptionDescription("top", "number")),
        releases_clear=True,
        takes=NUMBERS,
    )

    def __init__(self, options: Mapping[str, object]) -> None:
        super().__init__(options)
        bottom, top = self.options.number("bottom"), self.options.number("top")
        if bottom is None and top is None:
            raise DesensitizeError("missing-option", mask=self.description.name, option="top")
        if bottom is not None and top is not None and bottom > top:
            raise DesensitizeError(
                "bad-option",
                mask=self.description.name,
                option="top",
                expected=f"a number of at least {bottom:g}",
            )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the values clipped to the bounds."""
        bottom, top = self.options.number("bottom"), self.options.number("top")
        whole = context.dtype.is_integer() and all(
            bound is None or bound.is_integer() for bound in (bottom, top)
        )
        if whole:
            # Stays in integers: beyond 2^53 a float would change the value.
            low = None if bottom is None else pl.lit(int(bottom), dtype=pl.Int64)
            high = None if top is None else pl.lit(int(top), dtype=pl.Int64)
            return values.cast(pl.Int64, strict=False).clip(low, high)
        numbers = as_numbers(values, context.dtype)
        return numbers.clip(
            None if bottom is None else pl.lit(bottom), None if top is None else pl.lit(top)
        )
