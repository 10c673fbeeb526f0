"""Leave the generalization of a quasi-identifier to the anonymizing search."""

from collections.abc import Mapping

import polars as pl

from desensitize.errors import DesensitizeError
from desensitize.masks.contract import Mask, MaskContext, MaskDescription
from desensitize.masks.labels import type_of_labels
from desensitize.masks.options import OptionDescription

ANYTHING = "*"


class Generalize(Mask):
    """Let the search choose how coarse each row's value becomes.

    Rows of the hierarchy run from the value itself to the coarsest label; without one it is made
    from the data. Outside a search nothing finer than “*” may be published. No level below
    `finest` is: with the last but one every row shows the same level, or “*”. A column of numbers
    stays one where all labels from `finest` on are whole numbers, or all are decimals such as
    “35.0” and “42.5”, and a column of dates where all are such as “2026-01-01”: it is empty then
    where it would be “*”. A column that is no quasi-identifier is made coarser cell by cell within
    the classes, until rows that look alike in all such columns are as many as a class must hold.
    """

    description = MaskDescription(
        "generalize",
        (
            OptionDescription("hierarchy", "table"),
            OptionDescription("finest", "integer", default=0, minimum=0),
        ),
        releases_clear=True,
    )

    def __init__(self, options: Mapping[str, object]) -> None:
        super().__init__(options)
        rows = self.options.table("hierarchy")
        if rows is None:
            return
        # A last level “*” is added where the rows have none.
        ends = all(row[-1] == ANYTHING and len(row) > 1 for row in rows)
        depth = min(map(len, rows)) + (0 if ends else 1)
        if self.options.integer("finest") >= depth:
            raise DesensitizeError(
                "bad-option",
                mask=self.description.name,
                option="finest",
                expected=f"below {depth}, the number of levels",
            )

    def published_type(self, dtype: pl.DataType) -> pl.DataType:
        """Return the type of the released column, which follows the policy, never the rows."""
        rows, finest = self.options.table("hierarchy"), self.options.integer("finest")
        labels = {one for row in rows or () for one in row[finest:]}
        return type_of_labels(labels - {ANYTHING}, dtype)

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return “*” where there is a value."""
        return pl.when(values.is_not_null()).then(pl.lit(ANYTHING))
