"""Charts of one value a label."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from marketplace.web.charts.drawing import BLUE, draw, nothing
from marketplace.web.charts.rows import Number, label_axis, rows_of, told


def bars(pairs: Sequence[tuple[str, Number]], *, title: str, width: int = 260) -> SafeString:
    """Draw horizontal bars with their values, in the order given."""
    if not pairs:
        return nothing(title)
    rows = rows_of(pairs)
    x = {"field": "value", "type": "quantitative", "axis": None}
    return draw(
        {
            "width": width,
            "height": {"step": 24},
            "data": {"values": rows},
            "encoding": {"y": label_axis("y"), "x": x},
            "layer": [
                {"mark": {"type": "bar", "color": BLUE, "cornerRadiusEnd": 2, "height": 14}},
                {
                    "mark": {"type": "text", "align": "left", "dx": 5, "fontWeight": "bold"},
                    "encoding": {"text": {"field": "text"}},
                },
            ],
        },
        title=title,
        values=told(rows),
    )


def histogram(pairs: Sequence[tuple[str, int]], *, title: str, width: int = 180) -> SafeString:
    """Draw a small histogram: one bar a bin, in the order given, with the outer bins named."""
    if not pairs:
        return nothing(title)
    rows = rows_of(pairs)
    outer = [rows[0]["label"], rows[-1]["label"]]
    axis = {"values": outer, "labelAngle": 0, "labelAlign": "center", "ticks": False}
    # Two long names share the room below the bars.
    axis["labelLimit"] = width // 2
    return draw(
        {
            "width": width,
            "height": 56,
            "data": {"values": rows},
            "mark": {"type": "bar", "color": BLUE},
            "encoding": {
                "x": label_axis("x", **axis),
                "y": {"field": "value", "type": "quantitative", "axis": None},
            },
        },
        title=title,
        values=told(rows),
    )


def lines(
    pairs: Sequence[tuple[str, Number]], *, title: str, width: int = 320, height: int = 140
) -> SafeString:
    """Draw a line through one value a moment, in the order given, over its area."""
    if not pairs:
        return nothing(title)
    rows = rows_of(pairs)
    y = {"field": "value", "type": "quantitative", "axis": {"tickCount": 4, "domain": False}}
    return draw(
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
            "encoding": {
                "x": label_axis("x", labelAngle=0, labelOverlap="parity", labelSeparation=8),
                "y": y,
            },
        },
        title=title,
        values=told(rows),
    )
