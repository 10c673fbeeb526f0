"""How the quality of labels is drawn."""

from collections.abc import Mapping, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marketplace.annotation.quality.selectors import GoldPoint
from marketplace.web.charts import curves

MOST_DRAWN = 8
"""So many lines can be told apart."""


def gold_chart(points: Mapping[str, Sequence[GoldPoint]]) -> SafeString:
    """Draw by annotator what share of the gold items was right up to each batch."""
    drawn = list(points.items())[:MOST_DRAWN]
    return curves(
        {name: [(str(one.batch), one.percent) for one in each] for name, each in drawn},
        title=_("Gold items right up to each batch, in percent"),
        x_title=_("Batch"),
        y_title=_("Right, in percent"),
        width=300,
        height=160,
    )
