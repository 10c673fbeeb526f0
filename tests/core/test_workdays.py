"""Working days against the published timings and by properties."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.workdays import Calendar, calendar, faults_of_calendars

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


def test_a_term_is_provisional_where_a_year_is_not_known() -> None:
    """It begins or ends in one, or goes over one; what lies before all known years is past."""
    known = Calendar(years=frozenset({2026, 2028}))
    for after, workdays, is_provisional in (
        ("2026-12-21", 8, False),
        ("2026-12-21", 9, True),
        ("2027-05-03", 1, True),
        ("2026-12-30", 300, True),
        ("2028-03-01", 5, False),
        ("2025-12-30", 5, False),
    ):
        assert known.term(date.fromisoformat(after), workdays).is_provisional == is_provisional
    assert known.known_until == date(2026, 12, 31)


def _lay(folder: Path, name: str, **lists: object) -> None:
    calendar = {"years": [], "holidays": [], "makeup_workdays": []} | lists
    (folder / name).write_text(json.dumps(calendar), encoding="utf-8")


def test_calendars_are_laid_over_as_they_arrive(settings: LazySettings, tmp_path: Path) -> None:
    """Without a restart: a year that is new, and one that was published anew, in order of name."""
    settings.CENTRE = settings.CENTRE | {"CALENDARS": str(tmp_path)}
    friday, monday = date(2027, 1, 1), date(2026, 10, 5)
    assert calendar().is_workday(friday)
    _lay(tmp_path, "CN-2027.json", years=[2027], holidays=["2027-01-01"])
    assert not calendar().is_workday(friday)
    assert not calendar().is_workday(monday)
    _lay(tmp_path, "CN-2027b.json", years=[2026, 2027], holidays=["2027-01-04"])
    assert calendar().is_workday(friday)
    assert calendar().is_workday(monday)
    _lay(tmp_path, "XX-2027.json", years=[2027], holidays=["2027-01-05"])
    assert calendar().is_workday(date(2027, 1, 5))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "cannot be read as JSON"),
        ("[" * 100_000, "cannot be read as JSON"),
        ("[]", "needs the lists"),
        ('{"years": [2027], "holidays": []}', "needs the lists"),
        ('{"years": [], "holidays": [], "makeup_workdays": []}', "has to list each year once"),
        ('{"years": ["2027"], "holidays": [], "makeup_workdays": []}', "each year once"),
        ('{"years": [2027, 2027], "holidays": [], "makeup_workdays": []}', "each year once"),
        ('{"years": [99999], "holidays": [], "makeup_workdays": []}', "each year once"),
        ('{"years": [2027], "holidays": ["1 May"], "makeup_workdays": []}', "is no day"),
        ('{"years": [2027], "holidays": [5], "makeup_workdays": []}', "is no day"),
        (
            '{"years": [2027], "holidays": [], "makeup_workdays": ["2026-05-01"]}',
            "not in its `years`",
        ),
        (
            '{"years": [2027], "holidays": ["2027-05-01"], "makeup_workdays": ["2027-05-01"]}',
            "as a holiday and as a day of work",
        ),
    ],
)
def test_a_broken_file_counts_as_not_there(
    text: str, said: str, settings: LazySettings, tmp_path: Path
) -> None:
    """The years that it should have brought stay provisional, and its fault is said."""
    settings.CENTRE = settings.CENTRE | {"CALENDARS": str(tmp_path)}
    (tmp_path / "CN-2027.json").write_text(text, encoding="utf-8")
    assert calendar().known_until == date(2026, 12, 31)
    [fault] = faults_of_calendars()
    assert said in fault
    assert "CN-2027.json" in fault
