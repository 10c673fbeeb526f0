"""Many rows for a model as one CSV table (RFC 4180, UTF-8), and what it says of them as another."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from desensitize.tables.export import neutralized
from marketplace.core import Invalid
from marketplace.learning.model.models import TrainedModel
from marketplace.learning.model.scoring import LONGEST_TEXT, bad_row, inputs_from, runner_of
from marketplace.learning.training.declaration import Kind
from marketplace.learning.training.table import Floats

MOST_TABLE_ROWS = 100_000


def score_table(model: TrainedModel, content: bytes) -> tuple[int, bytes]:
    """Return how many rows a CSV table has, and what the model says of each, in their order.

    The answer has the column `label`, and for each label a column `p(LABEL)` of how probable it is.

    Raises:
        Invalid: the content is no CSV (`bad-table`), has other columns than the model takes
            (`bad-header`) or too many rows (`too-many-rows`), or a row does not fit (`bad-row`).
    """
    features = model.schema["features"]
    frame = _read(content, [one["name"] for one in features])
    fit = frame.select(_fit(frame[one["name"]], Kind(one["kind"])) for one in features)
    inputs = inputs_from(features, fit)
    return frame.height, _written(model.schema, runner_of(model).probabilities(inputs))


def _read(content: bytes, names: Sequence[str]) -> pl.DataFrame:
    try:
        frame = pl.read_csv(io.BytesIO(content), infer_schema=False)
    except pl.exceptions.PolarsError:
        raise Invalid(
            _(
                "This is no CSV table. Send a header line and rows of as many fields, separated by "
                "commas, as UTF-8."
            ),
            code="bad-table",
        ) from None
    for name in sorted(set(frame.columns) ^ set(names)):
        raise Invalid(
            _(
                "The header must name exactly the columns that the model takes, separated by "
                "commas: look at “%(name)s”."
            )
            % {"name": name[:LONGEST_TEXT]},
            code="bad-header",
        )
    if not frame.height:
        raise Invalid(_("The table has no rows."), code="bad-table")
    if frame.height > MOST_TABLE_ROWS:
        raise Invalid(
            _("Send at most %(most)d rows at a time.") % {"most": MOST_TABLE_ROWS},
            code="too-many-rows",
        )
    return frame


def _fit(column: pl.Series, kind: Kind) -> pl.Series:
    """Return a column as the model takes it; an empty field has no value."""
    if kind == Kind.NUMBER:
        numbers = column.cast(pl.Float64, strict=False)
        unfit = column.is_not_null() & ~numbers.is_finite().fill_null(False)
    else:
        numbers, unfit = column, (column.str.len_chars() > LONGEST_TEXT).fill_null(False)
    if unfit.any():
        raise bad_row(int(unfit.arg_true()[0]) + 1, column.name)
    return numbers


def _written(schema: Mapping[str, Any], probabilities: Floats) -> bytes:
    labels = pl.Series("label", schema["labels"], dtype=pl.String)
    likeliest = labels.gather(probabilities.argmax(axis=1))
    shares = [
        pl.Series(f"p({label})", probabilities[:, place])
        for place, label in enumerate(schema["labels"])
    ]
    # A label may start like a formula, and the answer be opened in a spreadsheet.
    answer = pl.DataFrame([likeliest, *shares]).with_columns(
        neutralized(pl.col("label")).alias("label")
    )
    return answer.write_csv().encode()
