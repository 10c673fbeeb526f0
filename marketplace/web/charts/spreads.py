"""Charts of how far a figure may move: by one input at a time, and by all together."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from marketplace.web.charts.drawing import BLUE, GREEN, RED, TEXT, draw, nothing
from marketplace.web.charts.rows import Number, apart, label_axis, short


@dataclass(frozen=True)
class Swing:
    """An input, and the figures that come out where it is at its low and at its high."""

    label: str
    low: Number
    high: Number


def tornado(swings: Sequence[Swing], *, base: Number, title: str, width: int = 340) -> SafeString:
    """Draw a bar an input from the figure at its low to that at its high, around the base.

    What an input's low gives is red, what its high gives green; the rule is the base.
    """
    if not swings:
        return nothing(title)
    labels = apart(swing.label for swing in swings)
    rows = [
        {"label": label, "from": float(base), "to": float(end), "colour": colour}
        for label, swing in zip(labels, swings, strict=True)
        for end, colour in ((swing.low, RED), (swing.high, GREEN))
    ]
    y = label_axis("y", labels=False, ticks=False)
    texts = [
        {"label": label, "text": f"{short(swing.low)} – {short(swing.high)}"}
        for label, swing in zip(labels, swings, strict=True)
    ]
    domain = {"field": "from", "type": "quantitative", "scale": {"zero": False}}
    return draw(
        {
            "width": width,
            "height": {"step": 46},
            "layer": [
                {
                    "data": {"values": rows},
                    "mark": {"type": "bar", "height": 14, "yOffset": 8, "y2Offset": 8},
                    "encoding": {
                        "y": y,
                        "x": domain | {"axis": {"tickCount": 3, "domain": False}},
                        "x2": {"field": "to"},
                        "color": {"field": "colour", "type": "nominal", "scale": None},
                    },
                },
                {
                    "data": {"values": [{"from": float(base)}]},
                    "mark": {"type": "rule", "color": TEXT, "strokeWidth": 1},
                    "encoding": {"x": domain},
                },
                {
                    "data": {"values": texts},
                    "mark": {"type": "text", "align": "left", "dy": -9},
                    "encoding": {"y": y, "x": {"value": 0}, "text": {"field": "label"}},
                },
            ],
        },
        title=title,
        values=[(row["label"], row["text"]) for row in texts],
    )


def distribution(
    edges: Sequence[Number],
    counts: Sequence[int],
    *,
    marks: Sequence[tuple[str, Number]],
    title: str,
    width: int = 340,
    height: int = 150,
) -> SafeString:
    """Draw how often a figure came out where, with named marks such as P10, P50 and P90.

    Bin `n` lies between `edges[n]` and `edges[n + 1]`.
    """
    if not counts:
        return nothing(title)
    rows = [
        {"from": float(start), "to": float(end), "count": count}
        for start, end, count in zip(edges[:-1], edges[1:], counts, strict=True)
    ]
    named = [{"name": name, "at": float(at)} for name, at in marks]
    x = {"type": "quantitative", "axis": {"tickCount": 3}, "scale": {"zero": False}}
    return draw(
        {
            "width": width,
            "height": height,
            "layer": [
                {
                    "data": {"values": rows},
                    "mark": {"type": "rect", "color": BLUE, "fillOpacity": 0.35},
                    "encoding": {
                        "x": {"field": "from", **x},
                        "x2": {"field": "to"},
                        "y": {"field": "count", "type": "quantitative", "axis": None},
                        "y2": {"datum": 0},
                    },
                },
                {
                    "data": {"values": named},
                    "mark": {"type": "rule", "color": TEXT, "strokeDash": [4, 3]},
                    "encoding": {"x": {"field": "at", **x}},
                },
                {
                    "data": {"values": named},
                    "mark": {"type": "text", "align": "left", "dx": 3, "fontWeight": "bold"},
                    "encoding": {
                        "x": {"field": "at", **x},
                        "y": {"value": 6},
                        "text": {"field": "name"},
                    },
                },
            ],
        },
        title=title,
        values=[(name, short(at)) for name, at in marks],
    )
