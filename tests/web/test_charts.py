"""Charts as SVG that may stand in a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils.safestring import SafeString

from marketplace.web.charts import bars, climb, curves, histogram, lines, waterfall

HOSTILE = '"><script>alert(1)</script>&'
DRAWINGS: dict[str, Callable[[list[tuple[str, Any]], str], SafeString]] = {
    "bars": lambda pairs, title: bars(pairs, title=title),
    "histogram": lambda pairs, title: histogram(pairs, title=title),
    "lines": lambda pairs, title: lines(pairs, title=title),
    "curves": lambda pairs, title: curves(
        {label: [("5", value), ("10", value)] for label, value in pairs},
        title=title,
        x_title="k",
        y_title="loss",
    ),
    "climb": lambda pairs, title: climb(
        [(label, f"{value:,}", value > 50) for label, value in pairs], root="root", title=title
    ),
    "waterfall": lambda pairs, title: waterfall(
        [(label, Decimal(value)) for label, value in pairs], total="Sum", title=title
    ),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_chart_tells_its_title_and_values_and_holds_no_style(name: str) -> None:
    svg = DRAWINGS[name]([("Transport", 42), ("医疗", 1234)], "Assets by theme")
    assert svg.startswith('<svg role="img" aria-label="Assets by theme: Transport ')
    assert "1,234" in svg
    assert "font-family" in svg or name == "histogram"
    assert "style" not in svg


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_chart_escapes_what_it_draws(name: str) -> None:
    svg = DRAWINGS[name]([(HOSTILE, 1), ("b", 2)], HOSTILE)
    assert "<script" not in svg
    assert svg.count("<svg") == 1


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_chart_without_values_says_so(name: str) -> None:
    sentence = DRAWINGS[name]([], "Assets by theme")
    assert "<svg" not in sentence
    assert "There is nothing to draw yet." in sentence
    assert "Assets by theme" in sentence


def test_equal_labels_keep_their_bars_apart() -> None:
    once = bars([("Labour", 1), ("Rent", 2)], title="Costs")
    twice = bars([("Labour", 1), ("Labour", 2)], title="Costs")
    assert once.count("<path d=") == twice.count("<path d=")
    assert once.count('fill="#0b4f8a"') == twice.count('fill="#0b4f8a"') == 2


@pytest.mark.parametrize(("most", "marks"), [(0, "0"), (1, "01"), (5, "012345"), (7, "0246")])
def test_curves_of_counts_are_marked_with_whole_numbers(most: int, marks: str) -> None:
    series = {"Trades": [("May", 0), ("June", most)]}
    svg = curves(series, title="Trades", x_title="Month", y_title="How many", counts=True)
    assert re.findall(r">(\d+(?:\.\d+)?)</text>", svg) == list(marks)


def test_a_waterfall_ends_in_the_sum() -> None:
    steps = [("Costs", Decimal("120.50")), ("Wear", Decimal("-20.25"))]
    svg = waterfall(steps, total="Value", title="The way to the value")
    assert "Costs +120.50; Wear -20.25; Value 100.25" in svg
