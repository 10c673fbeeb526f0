"""Charts of how a sum came about."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.safestring import SafeString

from marketplace.web.charts.drawing import BLUE, GREEN, RED, draw, nothing
from marketplace.web.charts.rows import apart, label_axis, short, told


def waterfall(
    steps: Sequence[tuple[str, Decimal]], *, total: str, title: str, width: int = 340
) -> SafeString:
    """Draw how amounts add up: a bar a step from where the last one ended, then their sum.

    `total` labels the sum. What adds is green, what takes away is red.
    """
    if not steps:
        return nothing(title)
    reached = Decimal(0)
    rows = []
    *labels, sum_label = apart([*(step[0] for step in steps), total])
    for label, (__, amount) in zip(labels, steps, strict=True):
        sign = "+" if amount > 0 else ""
        rows.append(_fall(label, reached, reached + amount, sign + short(amount)))
        reached += amount
    rows.append(_fall(sum_label, Decimal(0), reached, short(reached), colour=BLUE))
    x = {"field": "from", "type": "quantitative", "axis": {"tickCount": 4, "domain": False}}
    right = {"field": "right", "type": "quantitative"}
    return draw(
        {
            "width": width,
            "height": {"step": 46},
            "data": {"values": rows},
            # The label stands above its bar, so that the chart stays legible on a narrow screen.
            "encoding": {"y": label_axis("y", labels=False, ticks=False)},
            "layer": [
                {
                    "mark": {"type": "bar", "height": 14, "yOffset": 8, "y2Offset": 8},
                    "encoding": {
                        "x": x,
                        "x2": {"field": "to"},
                        "color": {"field": "colour", "type": "nominal", "scale": None},
                    },
                },
                {
                    "mark": {"type": "text", "align": "left", "dy": -9},
                    "encoding": {"x": {"value": 0}, "text": {"field": "label"}},
                },
                {
                    "mark": {
                        "type": "text",
                        "align": "left",
                        "dx": 5,
                        "dy": 8,
                        "fontWeight": "bold",
                    },
                    "encoding": {"x": right, "text": {"field": "text"}},
                },
            ],
        },
        title=title,
        values=told(rows),
    )


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
