"""Months on the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from marketplace.core.months import months_after


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 25), 12, date(2027, 11, 25)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
    ],
)
def test_months_after(day: date, months: int, later: date) -> None:
    """The same day of the month, or its last."""
    assert months_after(day, months) == later
