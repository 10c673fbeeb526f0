"""Charts of figures that are known within a band."""

from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString

from marketplace.web.charts.drawing import BLUE, TEXT, draw, nothing
from marketplace.web.charts.rows import apart, label_axis, short

WIDEST = 420


def noisy_bars(
    figures: Sequence[tuple[str, float, float, float]], *, title: str, is_upright: bool = False
) -> SafeString:
    """Draw a bar a label with its band: label, figure, lower and upper end, in the order given.

    Upright bars stand side by side, as those of a histogram.
    """
    if not figures:
        return nothing(title)
    labels = apart(figure[0] for figure in figures)
    rows: list[dict[str, Any]] = [
        {"label": label, "value": value, "low": low, "high": high}
        for label, (_, value, low, high) in zip(labels, figures, strict=True)
    ]
    along, across = ("x", "y") if is_upright else ("y", "x")
    band = {"type": "quantitative", "axis": {"tickCount": 4, "domain": False}}
    axis: dict[str, Any] = {"labelAngle": 0, "labelOverlap": "parity"} if is_upright else {}
    size = (
        {"width": WIDEST, "height": 200} if is_upright else {"width": 260, "height": {"step": 26}}
    )
    return draw(
        {
            **size,
            "data": {"values": rows},
            "encoding": {along: label_axis(along, **axis)},
            "layer": [
                {
                    "mark": {"type": "bar", "color": BLUE, "fillOpacity": 0.55},
                    "encoding": {across: {"field": "value", **band}},
                },
                {
                    "mark": {"type": "rule", "color": TEXT, "strokeWidth": 1.5},
                    "encoding": {
                        across: {"field": "low", **band},
                        f"{across}2": {"field": "high"},
                    },
                },
            ],
        },
        title=title,
        values=[(row["label"], _told(row)) for row in rows],
    )


def _told(row: dict[str, Any]) -> str:
    return f"{short(row['value'])} ({short(row['low'])} – {short(row['high'])})"
