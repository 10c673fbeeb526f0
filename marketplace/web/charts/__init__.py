"""Charts as inline SVG: Vega-Lite draws, vl-convert renders, the cache keeps them by digest.

A chart tells screen readers its title and its values, and holds no style and no script, so that it
stands under a strict Content-Security-Policy.
"""

from marketplace.web.charts.adding_up import waterfall
from marketplace.web.charts.climbing import climb
from marketplace.web.charts.curves import curves
from marketplace.web.charts.noisy import noisy_bars
from marketplace.web.charts.plain import bars, histogram, lines
from marketplace.web.charts.spreads import Swing, distribution, tornado
from marketplace.web.charts.weighing import Weighed, weighed

__all__ = [
    "Swing",
    "Weighed",
    "bars",
    "climb",
    "curves",
    "distribution",
    "histogram",
    "lines",
    "noisy_bars",
    "tornado",
    "waterfall",
    "weighed",
]
