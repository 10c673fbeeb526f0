"""From a Vega-Lite specification to SVG that may stand in a page."""

import hashlib
import json
import re
from collections.abc import Iterable
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

CONFIG = {
    "aria": False,
    "background": None,
    # Browsers set text wider than the renderer measures it.
    "padding": {"left": 12, "right": 20, "top": 4, "bottom": 4},
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
NOISE = re.compile(
    r' (?:role="graphics-[a-z]+"|aria-(?:label|roledescription)="[^"]*"|xmlns:xlink="[^"]*")'
)


def draw(
    specification: dict[str, Any], *, title: str, values: Iterable[tuple[str, str]] = ()
) -> SafeString:
    """Render a Vega-Lite specification; `title` and `values` are what screen readers say of it."""
    spoken = "; ".join(f"{label} {value}" for label, value in values)
    name = f"{title}: {spoken}" if spoken else title
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


def nothing(title: str) -> SafeString:
    """Say that there are no values, in the place of a chart."""
    sentence = _("There is nothing to draw yet.")
    return format_html(
        '<p class="quiet" role="img" aria-label="{}: {}">{}</p>', title, sentence, sentence
    )
