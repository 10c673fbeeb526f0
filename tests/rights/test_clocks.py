"""The terms of claims against the published timings and by properties."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.workdays import Calendar, calendar
from marketplace.rights.procedure.clocks import Clocks, clocks
from marketplace.rights.procedure.profile import profile

TIMING: dict[str, Any] = json.loads(
    (Path(__file__).parent / "vectors" / "registration_timing.json").read_text(encoding="utf-8")
)
CASES: dict[str, Any] = {case["id"]: case for case in TIMING["cases"]}
PUBLISHED = Clocks(
    Calendar(
        holidays=frozenset(date.fromisoformat(day) for day in TIMING["holidays"]),
        makeup_days=frozenset(date.fromisoformat(day) for day in TIMING["makeup_workdays"]),
    ),
    profile("CN"),
)


def day(case: str, part: str, name: str) -> date:
    """Return a day of a case."""
    return date.fromisoformat(CASES[case][part][name])


def test_the_reply_is_due_within_three_working_days() -> None:
    """Article 17."""
    reply = PUBLISHED.reply_due(day("reg-01", "inputs", "received"))
    assert reply.last_day == day("reg-01", "expected", "due")


def test_silence_is_acceptance_on_the_next_working_day() -> None:
    """Article 17: the term ends on a Thursday, Friday is a holiday, the next workday is Monday."""
    reply = PUBLISHED.reply_due(day("reg-01", "inputs", "received"))
    assert PUBLISHED.accepted_by_silence(reply).last_day == date(2026, 9, 28)


def test_the_decision_is_due_within_ten_working_days_and_ten_more_once() -> None:
    """Article 28."""
    due = PUBLISHED.decision_due(day("reg-03", "inputs", "accepted"))
    assert due.last_day == day("reg-03", "expected", "due")
    assert PUBLISHED.extended(due).last_day == day("reg-03", "expected", "latest")


def test_an_objection_is_investigated_within_ten_working_days() -> None:
    """Article 25."""
    received = day("reg-05", "inputs", "objection_received")
    assert PUBLISHED.objection_due(received).last_day == day("reg-05", "expected", "due")


def test_validity_and_the_window_of_renewal() -> None:
    """Articles 26 and 36."""
    expiry = PUBLISHED.expiry(
        day("reg-07", "inputs", "deposited"), CASES["reg-07"]["inputs"]["years"]
    )
    assert expiry == day("reg-07", "expected", "expiry")
    assert PUBLISHED.renewal_window(expiry) == (
        day("reg-07", "expected", "renewal_from"),
        day("reg-07", "expected", "renewal_to"),
    )


def test_a_leap_day_ends_with_its_month() -> None:
    """29 February has no anniversary in a common year."""
    assert clocks("CN").expiry(date(2028, 2, 29), 1) == date(2029, 2, 28)
    assert clocks("CN").renewal_window(date(2026, 8, 31))[0] == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("counts_first_day", "until"), [(False, "2026-11-09"), (True, "2026-11-06")]
)
def test_the_notice_lasts_five_working_days(counts_first_day: bool, until: str) -> None:
    """From Monday 2 November; whether that day counts is a setting of the place."""
    terms = {**vars(profile("CN")), "notice_counts_first_day": counts_first_day}
    there = Clocks(calendar("CN"), type(profile("CN"))(**terms))
    assert there.notice(date(2026, 11, 2)).last_day == date.fromisoformat(until)


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(DAYS, st.integers(0, 30), st.integers(0, 40))
def test_a_stopped_term_goes_on_with_what_was_left(first: date, used: int, pause: int) -> None:
    """However long it stands still, the working days before and after are the whole term."""
    there = clocks("CN")
    due = there.decision_due(first).last_day
    stopped = min(first + timedelta(days=used), due)
    left = there.days_left(stopped, due)
    resumed = there.resumed(stopped + timedelta(days=pause), left).last_day
    assert there.days_left(first, stopped) + left == there.profile.decision_workdays
    assert there.days_left(stopped + timedelta(days=pause), resumed) == left


@given(DAYS)
def test_a_term_that_has_passed_leaves_nothing(due: date) -> None:
    """And stopping it then is no error."""
    assert clocks("CN").days_left(due + timedelta(days=3), due) == 0
