"""Numbers and days are written alike on every page of a language."""

from __future__ import annotations

from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation

PIECE = Template("{% load humanize %}{{ rows|intcomma }} | {{ day }} | {{ plain }}")


@pytest.mark.parametrize(
    ("language", "day"), [("en", "3 February 2026"), ("zh-hans", "2026年2月3日")]
)
def test_numbers_are_in_groups_of_three(language: str, day: str) -> None:
    """Where a page asks for it; numbers of forms and addresses stay bare."""
    things = {"rows": 1_048_842, "day": date(2026, 2, 3), "plain": 48_842}
    with translation.override(language):
        assert PIECE.render(Context(things)) == f"1,048,842 | {day} | 48842"
