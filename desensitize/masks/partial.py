"""Show the ends of a value and hide its middle."""

import polars as pl

from desensitize.masks.contract import Mask, MaskContext, MaskDescription
from desensitize.masks.options import OptionDescription
from desensitize.masks.texts import as_text


class Partial(Mask):
    """Keep the first and last characters and put one mark for each hidden one.

    A value that would show in full, because it is no longer than what is kept, becomes null.
    """

    description = MaskDescription(
        "partial",
        (
            OptionDescription("keep_first", "integer", default=1, minimum=0),
            OptionDescription("keep_last", "integer", default=0, minimum=0),
            OptionDescription("mark", "text", default="*"),
        ),
    )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the values with their middle hidden."""
        first, last = self.options.integer("keep_first"), self.options.integer("keep_last")
        text = as_text(values, context.dtype)
        length = text.str.len_chars().cast(pl.Int64)
        mark = self.options.text("mark")
        if len(mark) == 1:
            # Padding costs a seventh of replacing character by character.
            shown = text.str.head(first).str.pad_end(length - last, mark)
        else:
            hidden = text.str.slice(first, (length - first - last).clip(0)).str.replace_all(
                r"(?s).", mark.replace("$", "$$")
            )
            shown = pl.concat_str(text.str.head(first), hidden)
        if last:
            shown = pl.concat_str(shown, text.str.tail(last))
        return pl.when(length > first + last).then(shown)
