"""Shift dates by a number of days that belongs to the person."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from desensitize.crypto import Key, cmac_words
from desensitize.errors import DesensitizeError
from desensitize.masks.calendar import within_calendar
from desensitize.masks.contract import DAYS, Mask, MaskContext, MaskDescription, elementwise
from desensitize.masks.dates import as_dates
from desensitize.masks.options import PURPOSE, OptionDescription


class ShiftDates(Mask):
    """Shift each date by a keyed number of days, the same for all dates of one subject.

    The subject is the value of another column; without one the date becomes null. Columns that
    are shifted by the same subject and purpose keep the days between them. The shift is never 0,
    and between `least_days` and `most_days` either way. Dates and times keep their type, texts
    become “1990-05-01”; what is no date becomes null, nulls stay null.
    """

    description = MaskDescription(
        "shift_dates",
        (
            OptionDescription("subject", "column", required=True),
            OptionDescription("most_days", "integer", default=180, minimum=1, maximum=36_500),
            OptionDescription("least_days", "integer", default=1, minimum=1, maximum=36_500),
            PURPOSE,
        ),
        needs_key=True,
        takes=DAYS,
    )

    def __init__(self, options: Mapping[str, object]) -> None:
        super().__init__(options)
        least = self.options.integer("least_days")
        if self.options.integer("most_days") < least:
            raise DesensitizeError(
                "bad-option",
                mask=self.description.name,
                option="most_days",
                expected=f"a whole number of at least {least}",
            )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the shifted dates.

        Raises:
            DesensitizeError: `key-needed`, or `unknown-column` for the subject.
        """
        subject = self.options.text("subject")
        if subject == context.column:
            raise DesensitizeError(
                "bad-option",
                mask=self.description.name,
                option="subject",
                expected="the name of another column",
            )
        key = self.key(context, subject)
        least, most = self.options.integer("least_days"), self.options.integer("most_days")
        days = elementwise(
            self.beside("subject", context),
            lambda subjects: _shifts(subjects, key, least, most),
            pl.Int64(),
        )
        shift = pl.duration(days=days)
        dates = as_dates(values, context.dtype)
        shifted = within_calendar(dates + shift, pl.Date())
        if isinstance(context.dtype, pl.Datetime):
            return pl.when(shifted.is_not_null()).then(values + shift)
        return shifted if context.dtype == pl.Date else shifted.dt.strftime("%Y-%m-%d")


def _shifts(subjects: pl.Series, key: Key, least: int, most: int) -> pl.Series:
    ways = most - least + 1
    numbers = (cmac_words(subjects, key.reveal())[:, 0] % np.uint64(2 * ways)).astype(np.int64)
    days = np.where(numbers < ways, least + numbers, ways - least - numbers)
    present = subjects.is_not_null()
    answer = pl.Series(subjects.name, days, dtype=pl.Int64)
    return answer.set(~present, None)
