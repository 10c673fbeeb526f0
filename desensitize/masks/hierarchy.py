"""Replace values by their label at one level of a hierarchy."""

from collections.abc import Mapping

import polars as pl

from desensitize.errors import DesensitizeError
from desensitize.masks.contract import Mask, MaskContext, MaskDescription
from desensitize.masks.options import OptionDescription
from desensitize.masks.texts import as_text


class HierarchyLevel(Mask):
    """Look each value up in the hierarchy's first column and answer the label at `level`.

    A value that the hierarchy does not name becomes null.
    """

    description = MaskDescription(
        "hierarchy",
        (
            OptionDescription("hierarchy", "table", required=True),
            OptionDescription("level", "integer", default=1, minimum=1),
        ),
    )

    def __init__(self, options: Mapping[str, object]) -> None:
        super().__init__(options)
        rows = self.options.table("hierarchy") or ()
        depth = min(len(row) for row in rows)
        if self.options.integer("level") >= depth:
            raise DesensitizeError(
                "bad_option",
                mask=self.description.name,
                option="level",
                expected=f"below {depth}, the number of levels",
            )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Answer the labels as text."""
        level = self.options.integer("level")
        labels = {row[0]: row[level] for row in self.options.table("hierarchy") or ()}
        return as_text(values, context.dtype).replace_strict(
            list(labels), list(labels.values()), default=None, return_dtype=pl.String
        )
