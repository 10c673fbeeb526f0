"""The charts of the preparation pages."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.preparation.answers import Labels, count
from marketplace.preparation.models import RiskReport
from marketplace.web.charts import bars

HUNDRED = 100


def class_size_chart(report: RiskReport) -> SafeString | str:
    """Draw how many rows look like how many others; "" where that was not measured."""
    bands = report.figures.get("class_sizes", [])
    if not bands:
        return ""
    pairs = [(_band(band["smallest"], band["largest"]), int(band["rows"])) for band in bands]
    return bars(pairs, title=_("Rows by the size of their group"), width=200)


def loss_chart(report: RiskReport, labels: Labels) -> SafeString | str:
    """Draw how much detail each generalized column lost, in percent; "" without any."""
    losses: Mapping[str, float] = report.figures.get("column_losses", {})
    pairs = [
        (labels.get(name) or name, round(loss * HUNDRED, 1))
        for name, loss in sorted(losses.items(), key=lambda item: -item[1])
    ]
    return bars(pairs, title=_("Detail lost, in percent"), width=200) if pairs else ""


def _band(smallest: int, largest: int | None) -> str:
    if largest is None:
        return _("%(number)s rows or more") % {"number": count(smallest)}
    if smallest == largest:
        return ngettext("%(number)s row", "%(number)s rows", smallest) % {"number": count(smallest)}
    return _("%(from)s to %(to)s rows") % {"from": count(smallest), "to": count(largest)}
