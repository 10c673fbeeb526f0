"""The way of a hash to the root of a tree, past its siblings."""

from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString

from marketplace.web.charts.drawing import BLUE, GREEN, LINE, TEXT, draw, nothing

PATH_COLOUR = {"own": BLUE, "beside": TEXT, "root": GREEN}


def climb(
    steps: Sequence[tuple[str, str, bool]], *, root: str, title: str, width: int = 300
) -> SafeString:
    """Draw the nodes from a leaf, at the bottom, to the root.

    Each step is the node, its sibling, and whether the sibling stands on the left.
    """
    if not steps:
        return nothing(title)
    nodes: list[dict[str, Any]] = []
    edges: list[dict[str, Any]] = []
    for height, (node, sibling, is_left) in enumerate(steps):
        side = -1 if is_left else 1
        nodes.append({"x": 0, "y": height, "text": node, "part": "own"})
        nodes.append({"x": side, "y": height, "text": sibling, "part": "beside"})
        edges += [{"x": start, "y": height, "x2": 0, "y2": height + 1} for start in (0, side)]
    nodes.append({"x": 0, "y": len(steps), "text": root, "part": "root"})
    x = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [-1.6, 1.6]}}
    y = {"field": "y", "type": "quantitative", "axis": None}
    colour = {
        "field": "part",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": list(PATH_COLOUR), "range": list(PATH_COLOUR.values())},
    }
    spoken = [(node, sibling) for node, sibling, _is_left in steps]
    return draw(
        {
            "width": width,
            "height": 34 * (len(steps) + 1),
            "layer": [
                {
                    "data": {"values": edges},
                    "mark": {"type": "rule", "color": LINE, "strokeWidth": 2},
                    "encoding": {"x": x, "y": y, "x2": {"field": "x2"}, "y2": {"field": "y2"}},
                },
                {
                    "data": {"values": nodes},
                    "mark": {"type": "circle", "size": 60, "opacity": 1},
                    "encoding": {"x": x, "y": y, "color": colour},
                },
                {
                    "data": {"values": nodes},
                    "mark": {"type": "text", "dy": -11, "fontSize": 11},
                    "encoding": {"x": x, "y": y, "text": {"field": "text"}, "color": colour},
                },
            ],
        },
        title=title,
        values=[*spoken, (root, "")],
    )
