"""The charts of a valuation: how each figure comes about, and how several make one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marketplace.appraisal import adapters
from marketplace.appraisal.adapters.uncertainty import Sensitivity, Spread
from marketplace.web.charts import Swing, distribution, tornado, waterfall

MOST_STEPS = 20
CLOSE = Decimal("0.05")
"""Steps are rounded to the cent each, so that their sum may miss the value by some cents."""


def way_chart(result: Mapping[str, Any], *, currency: str) -> SafeString:
    """Draw how the figure of an approach comes about, as steps that add up to it."""
    root = result["explanation"]
    return waterfall(
        _steps(root, currency),
        total=adapters.label_of(root["name"]),
        title=_("How the value comes about, in %(currency)s") % {"currency": currency},
    )


def weighing_chart(parts: Sequence[tuple[str, Decimal]], *, currency: str) -> SafeString:
    """Draw what each approach adds to the value by its weight."""
    return waterfall(
        parts,
        total=_("Value"),
        title=_("What each approach adds to the value, in %(currency)s") % {"currency": currency},
    )


def tornado_chart(
    found: Sequence[Sensitivity], *, base: Decimal, currency: str
) -> SafeString | str:
    """Draw what moves a value most; "" where nothing does."""
    if not found:
        return ""
    return tornado(
        [Swing(one.label, one.low, one.high) for one in found],
        base=base,
        title=_("What moves the value most, in %(currency)s") % {"currency": currency},
    )


def distribution_chart(spread: Spread | None, *, currency: str) -> SafeString | str:
    """Draw how often which value came out; "" where none was drawn."""
    if spread is None:
        return ""
    return distribution(
        spread.edges,
        spread.counts,
        marks=[("P10", spread.p10), ("P50", spread.p50), ("P90", spread.p90)],
        title=_("How sure the value is, in %(currency)s") % {"currency": currency},
    )


def _steps(root: Mapping[str, Any], currency: str) -> list[tuple[str, Decimal]]:
    value = Decimal(root["value"])
    parts = _money(root, currency)
    if not parts:
        return [(adapters.label_of(root["name"]), value)]
    if _adds_up(parts, value):
        return _named(parts)
    # A factor makes the value of what the first figure adds up to.
    base, inner = parts[0], _money(parts[0], currency)
    reached = Decimal(base["value"])
    steps = _named(inner) if inner and _adds_up(inner, reached) else _named([base])
    if len(steps) > MOST_STEPS:
        steps = _named([base])
    factors = [child for child in root["children"] if child is not base]
    label = adapters.label_of(factors[0]["name"]) if len(factors) == 1 else _("Adjustments")
    return [*steps, (label, value - sum((amount for _label, amount in steps), Decimal(0)))]


def _money(node: Mapping[str, Any], currency: str) -> list[Mapping[str, Any]]:
    return [child for child in node["children"] if child["unit"] == currency]


def _adds_up(parts: Sequence[Mapping[str, Any]], value: Decimal) -> bool:
    total = sum((Decimal(part["value"]) for part in parts), Decimal(0))
    return abs(total - value) <= CLOSE


def _named(parts: Sequence[Mapping[str, Any]]) -> list[tuple[str, Decimal]]:
    return [(adapters.label_of(part["name"]), Decimal(part["value"])) for part in parts]
