"""Charts as inline SVG: Vega-Lite draws, vl-convert renders, the cache keeps them by digest.

A chart tells screen readers its title and its values, and holds no style and no script, so that it
stands under a strict Content-Security-Policy.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import vl_convert
from django.core.cache import cache
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

BLUE = "#0b4f8a"
GREEN = "#1a6e41"
RED = "#a61e2b"
TEXT = "#2c3d4d"
LINE = "#d3dbe4"
DAY = 24 * 3600

Number = int | float | Decimal

CONFIG = {
    "aria": False,
    "background": None,
    "font": "sans-serif",
    "view": {"stroke": None},
    "text": {"color": TEXT, "fontSize": 12},
    "axis": {
        "domainColor": LINE,
        "gridColor": LINE,
        "labelColor": TEXT,
        "labelFontSize": 12,
        "labelLimit": 170,
        "tickColor": LINE,
        "title": None,
    },
}
# vl-convert marks up each mark; beneath role="img" nothing of it is read.
NOISE = re.compile(r' (?:role="graphics-[a-z]+"|aria-roledescription="[^"]*"|xmlns:xlink="[^"]*")')


def svg(
    specification: dict[str, Any], *, title: str, values: Iterable[tuple[str, str]] = ()
) -> SafeString:
    """Render a Vega-Lite specification; `title` and `values` are what screen readers say of it."""
    told = "; ".join(f"{label} {value}" for label, value in values)
    name = f"{title}: {told}" if told else title
    whole = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "config": CONFIG}
    text = json.dumps(whole | specification, sort_keys=True, default=str)
    key = "chart:" + hashlib.sha256(f"{name}\n{text}".encode()).hexdigest()
    drawn: str | None = cache.get(key)
    if drawn is None:
        drawn = NOISE.sub("", vl_convert.vegalite_to_svg(json.loads(text)))
        drawn = drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(name)}" ', 1)
        cache.set(key, drawn, DAY)
    # The renderer escapes every text that it draws.
    return mark_safe(drawn)


def bars(pairs: Sequence[tuple[str, Number]], *, title: str, width: int = 260) -> SafeString:
    """Draw horizontal bars with their values, in the order given."""
    if not pairs:
        return _nothing(title)
    rows = _rows(pairs)
    x = {"field": "value", "type": "quantitative", "axis": None}
    return svg(
        {
            "width": width,
            "height": {"step": 24},
            "data": {"values": rows},
            "encoding": {"y": _labels("y"), "x": x},
            "layer": [
                {"mark": {"type": "bar", "color": BLUE, "cornerRadiusEnd": 2, "height": 14}},
                {
                    "mark": {"type": "text", "align": "left", "dx": 5, "fontWeight": "bold"},
                    "encoding": {"text": {"field": "text"}},
                },
            ],
        },
        title=title,
        values=_told(rows),
    )


def histogram(pairs: Sequence[tuple[str, int]], *, title: str, width: int = 180) -> SafeString:
    """Draw a small histogram: one bar a bin, in the order given, with the outer bins named."""
    if not pairs:
        return _nothing(title)
    rows = _rows(pairs)
    outer = [rows[0]["label"], rows[-1]["label"]]
    axis = {"values": outer, "labelAngle": 0, "labelAlign": "center", "ticks": False}
    return svg(
        {
            "width": width,
            "height": 56,
            "data": {"values": rows},
            "mark": {"type": "bar", "color": BLUE},
            "encoding": {
                "x": _labels("x", **axis),
                "y": {"field": "value", "type": "quantitative", "axis": None},
            },
        },
        title=title,
        values=_told(rows),
    )


def lines(
    pairs: Sequence[tuple[str, Number]], *, title: str, width: int = 320, height: int = 140
) -> SafeString:
    """Draw a line through one value a moment, in the order given, over its area."""
    if not pairs:
        return _nothing(title)
    rows = _rows(pairs)
    y = {"field": "value", "type": "quantitative", "axis": {"tickCount": 4, "domain": False}}
    return svg(
        {
            "width": width,
            "height": height,
            "data": {"values": rows},
            "mark": {
                "type": "area",
                "color": BLUE,
                "fillOpacity": 0.15,
                "line": {"color": BLUE},
                "point": {"color": BLUE, "filled": False, "fill": "white"},
            },
            "encoding": {"x": _labels("x", labelAngle=0, labelOverlap=True), "y": y},
        },
        title=title,
        values=_told(rows),
    )


def waterfall(
    steps: Sequence[tuple[str, Decimal]], *, total: str, title: str, width: int = 420
) -> SafeString:
    """Draw how amounts add up: a bar a step from where the last one ended, then their sum.

    `total` labels the sum. What adds is green, what takes away is red.
    """
    if not steps:
        return _nothing(title)
    reached = Decimal(0)
    rows = []
    *labels, sum_label = _apart([*(step[0] for step in steps), total])
    for label, (__, amount) in zip(labels, steps, strict=True):
        sign = "+" if amount > 0 else ""
        rows.append(_fall(label, reached, reached + amount, sign + _short(amount)))
        reached += amount
    rows.append(_fall(sum_label, Decimal(0), reached, _short(reached), colour=BLUE))
    x = {"field": "from", "type": "quantitative", "axis": {"tickCount": 5, "domain": False}}
    right = {"field": "right", "type": "quantitative"}
    return svg(
        {
            "width": width,
            "height": {"step": 28},
            "data": {"values": rows},
            "encoding": {"y": _labels("y")},
            "layer": [
                {
                    "mark": {"type": "bar", "height": 16},
                    "encoding": {
                        "x": x,
                        "x2": {"field": "to"},
                        "color": {"field": "colour", "type": "nominal", "scale": None},
                    },
                },
                {
                    "mark": {"type": "text", "align": "left", "dx": 5, "fontWeight": "bold"},
                    "encoding": {"x": right, "text": {"field": "text"}},
                },
            ],
        },
        title=title,
        values=_told(rows),
    )


def _apart(labels: Iterable[str]) -> list[str]:
    """Make equal labels differ by what is not seen, since each is a place on its axis."""
    seen: Counter[str] = Counter()
    answer = []
    for label in labels:
        answer.append(label + "\u200b" * seen[label])
        seen[label] += 1
    return answer


def _rows(pairs: Sequence[tuple[str, Number]]) -> list[dict[str, Any]]:
    labels = _apart(pair[0] for pair in pairs)
    return [
        {"label": label, "value": float(number), "text": _short(number)}
        for label, (__, number) in zip(labels, pairs, strict=True)
    ]


def _fall(
    label: str, start: Decimal, end: Decimal, text: str, colour: str = ""
) -> dict[str, str | float]:
    return {
        "label": label,
        "from": float(start),
        "to": float(end),
        "right": float(max(start, end)),
        "text": text,
        "colour": colour or (GREEN if end >= start else RED),
    }


def _labels(channel: str, **axis: Any) -> dict[str, Any]:
    """Describe the axis of labels, in the order given."""
    kind = "nominal" if channel == "y" else "ordinal"
    return {
        "field": "label",
        "type": kind,
        "sort": None,
        "axis": {"domain": channel == "x", **axis},
    }


def _told(rows: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(str(row["label"]), str(row["text"])) for row in rows]


def _short(value: Number) -> str:
    """Write a number with thousands separators and at most two places."""
    rounded = round(Decimal(str(value)), 2)
    return f"{rounded:,.0f}" if rounded == rounded.to_integral_value() else f"{rounded:,.2f}"


def _nothing(title: str) -> SafeString:
    sentence = _("There is nothing to draw yet.")
    return format_html(
        '<p class="quiet" role="img" aria-label="{}: {}">{}</p>', title, sentence, sentence
    )
