"""Replace values by their label at one level of a hierarchy."""

from collections.abc import Mapping

import polars as pl

from desensitize.errors import DesensitizeError
from desensitize.masks.contract import Mask, MaskContext, MaskDescription
from desensitize.masks.labels import type_of_labels, typed_labels
from desensitize.masks.options import OptionDescription
from desensitize.masks.texts import as_text


class HierarchyLevel(Mask):
    """Look each value up in the hierarchy's first column and answer the label at `level`.

    A value that the hierarchy does not name becomes null. A column of numbers stays one where all
    labels of the level are whole numbers, or all are decimals such as “35.0” and “42.5”, and a
    column of dates where all are such as “2026-01-01”.
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
                "bad-option",
                mask=self.description.name,
                option="level",
                expected=f"below {depth}, the number of levels",
            )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the labels, as text where they are no numbers or dates."""
        level = self.options.integer("level")
        labels = {row[0]: row[level] for row in self.options.table("hierarchy") or ()}
        found = as_text(values, context.dtype).replace_strict(
            list(labels), list(labels.values()), default=None, return_dtype=pl.String
        )
        return typed_labels(found, type_of_labels(labels.values(), context.dtype))
