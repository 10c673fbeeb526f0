"""Charts that compare several lines."""

from collections.abc import Mapping, Sequence
from itertools import count
from math import ceil

from django.utils.safestring import SafeString

from marketplace.web.charts.drawing import draw, nothing
from marketplace.web.charts.rows import Number, short

COLOURS = ("#0b4f8a", "#a35200", "#1a6e41", "#7a1f4b")
SHAPES = ("circle", "square", "triangle-up", "diamond")
DASHES = ([1, 0], [6, 3], [2, 2], [8, 2, 2, 2])
"""Lines differ by colour, by mark and by dash, so that nobody has to tell colours apart."""

MOST_TICKS = 5
AXIS_TITLE = {"titleFontWeight": "normal", "titleFontSize": 12}

Points = Sequence[tuple[str, Number]]


def curves(
    series: Mapping[str, Points],
    *,
    title: str,
    x_title: str,
    y_title: str,
    width: int = 420,
    height: int = 240,
    counts: bool = False,
) -> SafeString:
    """Draw one line a series through its (label, value) points, with a legend above.

    The labels of the x axis come in the order in which they are met; those that have no room are
    left out. `counts` marks the y axis with whole numbers alone.
    """
    labels = list(dict.fromkeys(label for points in series.values() for label, _ in points))
    rows = [
        {"series": name, "label": label, "value": float(value)}
        for name, points in series.items()
        for label, value in points
    ]
    if not rows:
        return nothing(title)
    names = list(series)
    legend = {"orient": "top", "title": None, "labelLimit": 260, "columns": 1, "symbolSize": 90}
    legend |= {"labelFontSize": 13, "rowPadding": 4}
    of_series = {"field": "series", "type": "nominal", "sort": None}
    encoding = {
        "x": {
            "field": "label",
            "type": "ordinal",
            "sort": labels,
            "axis": {
                "labelAngle": 0,
                "labelOverlap": "parity",
                "labelSeparation": 8,
                "title": x_title,
                **AXIS_TITLE,
            },
        },
        "y": {
            "field": "value",
            "type": "quantitative",
            "scale": {"zero": True},
            "axis": {
                **({"values": _whole(series), "format": ",d"} if counts else {"tickCount": 5}),
                "title": y_title,
                **AXIS_TITLE,
            },
        },
        "color": of_series | {"scale": _scale(names, COLOURS), "legend": legend},
    }
    line = {"mark": {"type": "line", "strokeWidth": 2}, "encoding": {}}
    line["encoding"] = {"strokeDash": of_series | {"scale": _scale(names, DASHES), "legend": None}}
    points = {
        "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
        "encoding": {"shape": of_series | {"scale": _scale(names, SHAPES), "legend": legend}},
    }
    return draw(
        {
            "width": width,
            "height": height,
            "data": {"values": rows},
            "encoding": encoding,
            "layer": [line, points],
        },
        title=title,
        values=[
            (name, ", ".join(f"{label}: {short(value)}" for label, value in points))
            for name, points in series.items()
        ],
    )


def _whole(series: Mapping[str, Points]) -> list[int]:
    """Return at most six whole numbers from 0 on, in steps of 1, 2 or 5 times a power of ten."""
    most = ceil(max(value for points in series.values() for _label, value in points))
    steps = (digit * 10**power for power in count() for digit in (1, 2, 5))
    step = next(step for step in steps if most <= MOST_TICKS * step)
    return list(range(0, most + 1, step))


def _scale(names: Sequence[str], styles: Sequence[object]) -> dict[str, object]:
    return {
        "domain": list(names),
        "range": [styles[place % len(styles)] for place in range(len(names))],
    }
