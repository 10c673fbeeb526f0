"""The charts of the preparation pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desensitize.profile import OTHERS
from marketplace.preparation.answers import Labels, count
from marketplace.preparation.models import RiskReport
from marketplace.web.charts import bars, histogram

HUNDRED = 100


def values_chart(pairs: Sequence[Sequence[Any]], name: str, *, width: int) -> SafeString | str:
    """Draw how often the values of a column occur; "" where none may be shown.

    Where no value may be told from the rest, a sentence says so.
    """
    if not pairs:
        return ""
    if {str(label) for label, rows in pairs if rows} <= {OTHERS}:
        sentence = _("No value stands in so many rows that it could be shown.")
        return format_html('<span class="quiet">{}</span>', sentence)
    title = _("Values of %(column)s") % {"column": name}
    return histogram([(str(label), int(rows)) for label, rows in pairs], title=title, width=width)


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
