"""Working days against the published timings and by properties."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.workdays import Calendar, calendar

AUTUMN = Calendar(
    holidays=frozenset(
        date.fromisoformat(day)
        for day in (
            "2026-09-25",
            "2026-10-01",
            "2026-10-02",
            "2026-10-05",
            "2026-10-06",
            "2026-10-07",
        )
    ),
    makeup_days=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
)
"""The holidays that the timing cases of 国数综政策〔2026〕35号 take as their input."""


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2026-09-21", 3, "2026-09-24"),
        ("2026-09-28", 10, "2026-10-16"),
        ("2026-10-16", 10, "2026-10-30"),
        ("2026-10-20", 10, "2026-11-03"),
    ],
)
def test_published_terms(start: str, count: int, due: str) -> None:
    """Articles 17, 25 and 28."""
    assert AUTUMN.add_workdays(date.fromisoformat(start), count) == date.fromisoformat(due)


def test_the_chinese_calendar_holds_those_days() -> None:
    """The calendar that ships agrees with the cases."""
    shipped = calendar("CN")
    assert shipped.holidays >= AUTUMN.holidays
    assert shipped.makeup_days >= AUTUMN.makeup_days


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(DAYS, st.integers(1, 30))
def test_a_term_ends_on_a_workday_and_counts(day: date, count: int) -> None:
    """Exactly `count` working days lie after the first day up to the last."""
    end = calendar("CN").add_workdays(day, count)
    between = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert calendar("CN").is_workday(end)
    assert sum(calendar("CN").is_workday(each) for each in between) == count
