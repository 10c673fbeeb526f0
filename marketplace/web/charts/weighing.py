"""What is gained against what it costs: labelled points with a limit."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from typing import Any

from django.utils.safestring import SafeString

from marketplace.web.charts.drawing import BLUE, GREEN, LINE, RED, TEXT, draw, nothing
from marketplace.web.charts.rows import short

KINDS = {"good": (GREEN, "circle"), "bad": (RED, "cross"), "unknown": (BLUE, "diamond")}
"""Colour and mark of each kind of point, so that nobody has to tell colours apart."""
PLACES = ((12, 0), (-12, 0), (0, -13), (0, 14), (20, -10), (-20, -10), (20, 10), (-20, 10))
"""Where a label may stand beside its point, in pixels, the best first."""
ROOM = 13
HUNDRED = 100
TICKS = (0, 1, 5, 10, 25, 50, 100)


@dataclass(frozen=True)
class Weighed:
    """A point: its label, two shares in percent, and one of KINDS."""

    label: str
    x: float
    y: float
    kind: str


def weighed(
    points: Sequence[Weighed],
    *,
    limit: float,
    limit_title: str,
    title: str,
    x_title: str,
    y_title: str,
    width: int = 420,
    height: int = 300,
) -> SafeString:
    """Draw points over two axes of shares in percent, with a line at a limit of the second.

    The second axis grows with the square root, so that what is small can be told apart too.
    """
    if not points:
        return nothing(title)
    low = max(0.0, min(point.x for point in points) - 8)
    rows = _placed(points, low, width, height)
    x: dict[str, Any] = {
        "field": "x",
        "type": "quantitative",
        "scale": {"domain": [low, HUNDRED], "nice": False},
        "axis": {"title": x_title, "tickCount": 5, "titleFontWeight": "normal"},
    }
    y: dict[str, Any] = {
        "field": "y",
        "type": "quantitative",
        "scale": {"type": "sqrt", "domain": [0, HUNDRED]},
        "axis": {"title": y_title, "values": list(TICKS), "titleFontWeight": "normal"},
    }
    layers = _layers(rows, x, y, {"y": limit, "title": limit_title, "x": HUNDRED})
    return draw(
        {
            "width": width,
            "height": height,
            "config": {"view": {"stroke": LINE}},
            "layer": layers,
        },
        title=title,
        values=[
            (point.label, f"{x_title} {short(point.x)}, {y_title} {short(point.y)}")
            for point in points
        ],
    )


def _layers(
    rows: Sequence[dict[str, Any]], x: dict[str, Any], y: dict[str, Any], limit: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return the line of the limit, the marks of each kind, and a label a point."""
    line = {"values": [limit]}
    layers: list[dict[str, Any]] = [
        {
            "data": line,
            "mark": {"type": "rule", "color": TEXT, "strokeDash": [6, 4]},
            "encoding": {"y": y},
        },
        {
            "data": line,
            "mark": {"type": "text", "align": "right", "dy": -7, "fontSize": 12, "color": TEXT},
            "encoding": {"x": x, "y": y, "text": {"field": "title"}},
        },
    ]
    for kind, (colour, shape) in KINDS.items():
        here = {"values": [row for row in rows if row["kind"] == kind]}
        mark = {"type": "point", "filled": True, "size": 90, "opacity": 1, "shape": shape}
        layers.append(
            {"data": here, "mark": mark | {"color": colour}, "encoding": {"x": x, "y": y}}
        )
    for row in rows:
        mark = {"type": "text", "dx": row["dx"], "dy": row["dy"], "fontSize": 13, "color": TEXT}
        layers.append(
            {
                "data": {"values": [row]},
                "mark": mark | {"fontWeight": "bold"},
                "encoding": {"x": x, "y": y, "text": {"field": "label"}},
            }
        )
    return layers


def _placed(points: Sequence[Weighed], low: float, width: int, height: int) -> list[dict[str, Any]]:
    """Put each label where it covers the fewest points and other labels."""
    at = [
        (
            (point.x - low) / (HUNDRED - low) * width,
            height - sqrt(max(0.0, point.y) / HUNDRED) * height,
        )
        for point in points
    ]
    taken = list(at)
    rows = []
    for point, (x, y) in zip(points, at, strict=True):
        dx, dy = min(
            PLACES,
            key=lambda place: (
                sum(hypot(x + place[0] - one, y + place[1] - other) < ROOM for one, other in taken)
                + (not 0 < x + place[0] < width)
            ),
        )
        taken.append((x + dx, y + dy))
        rows.append(
            {
                "label": point.label,
                "x": round(point.x, 3),
                "y": round(point.y, 3),
                "kind": point.kind,
                "dx": dx,
                "dy": dy,
            }
        )
    return rows
