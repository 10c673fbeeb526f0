"""A valuation as pages show it: figures, charts, sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marketplace.appraisal.adapters import labels, results
from marketplace.appraisal.adapters.results import (
    Figure,
    Sensitivity,
    Spread,
    sensitivities,
    spread_of,
)
from marketplace.appraisal.appraisal.computing import Computed
from marketplace.appraisal.appraisal.models import BESIDE, Appraisal, Method
from marketplace.appraisal.known_cost.selectors import KnownDirect, known_direct
from marketplace.catalog.version.models import DatasetVersion
from marketplace.web.charts import Swing, distribution, tornado, waterfall

# The charts of a valuation: how each figure comes about, and how several make one.

MOST_STEPS = 20
CLOSE = Decimal("0.05")
"""Steps are rounded to the cent each, so that their sum may miss the value by some cents."""


def way_chart(result: Mapping[str, Any], *, currency: str) -> SafeString:
    """Draw how the figure of an approach comes about, as steps that add up to it."""
    root = result["explanation"]
    return waterfall(
        _steps(root, currency),
        total=labels.label_of(root["name"]),
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
        return [(labels.label_of(root["name"]), value)]
    if _adds_up(parts, value):
        return _named(parts)
    # A factor makes the value of what the first figure adds up to.
    base, inner = parts[0], _money(parts[0], currency)
    reached = Decimal(base["value"])
    steps = _named(inner) if inner and _adds_up(inner, reached) else _named([base])
    if len(steps) > MOST_STEPS:
        steps = _named([base])
    factors = [child for child in root["children"] if child is not base]
    label = labels.label_of(factors[0]["name"]) if len(factors) == 1 else _("Adjustments")
    return [*steps, (label, value - sum((amount for _label, amount in steps), Decimal(0)))]


def _money(node: Mapping[str, Any], currency: str) -> list[Mapping[str, Any]]:
    return [child for child in node["children"] if child["unit"] == currency]


def _adds_up(parts: Sequence[Mapping[str, Any]], value: Decimal) -> bool:
    total = sum((Decimal(part["value"]) for part in parts), Decimal(0))
    return abs(total - value) <= CLOSE


def _named(parts: Sequence[Mapping[str, Any]]) -> list[tuple[str, Decimal]]:
    return [(labels.label_of(part["name"]), Decimal(part["value"])) for part in parts]


HUNDRED = Decimal(100)


@dataclass(frozen=True)
class ShownApproach:
    """An approach as a page shows it; `weight` is None for what stands beside the value."""

    method: Method
    amount: Decimal
    currency: str
    weight: Decimal | None
    reason: str
    figures: list[Figure]
    chart: SafeString | str
    warnings: list[str]
    version: str
    static: str
    tornado: SafeString | str = ""
    spread: Spread | None = None
    distribution: SafeString | str = ""

    @property
    def title(self) -> str:
        return str(self.method.label)

    @property
    def is_beside(self) -> bool:
        """Return whether it never counts towards the value."""
        return self.method in BESIDE

    @property
    def percent(self) -> str:
        """Return the weight in percent, "" without one."""
        if self.weight is None:
            return ""
        return f"{(self.weight * HUNDRED).normalize():f} %"


def figures(appraisal: Appraisal) -> list[Figure]:
    """List the way to the value, from the value down to its inputs."""
    return results.figures_of(appraisal.result)


def facts(appraisal: Appraisal) -> list[tuple[str, object]]:
    """List what a reader has to know beside the figure."""
    return [
        (_("Organization"), appraisal.organization.name),
        (_("Method"), appraisal.get_method_display()),
        (_("Purpose"), appraisal.get_purpose_display()),
        (_("Right that is valued"), appraisal.certificate.number),
        (_("Data that it holds for"), _held_for(appraisal.version)),
        (_("Valuation date"), appraisal.valued_on),
        (_("Valid until"), appraisal.valid_until),
    ]


def _held_for(version: DatasetVersion) -> str:
    """Say for which rows and dates a value holds, and whether for later data as well."""
    described = version.described
    said = _("version %(number)d: %(rows)s rows, %(scope)s") % {
        "number": version.number,
        "rows": number_format(version.rows, force_grouping=True),
        "scope": described.time_scope,
    }
    if "data" not in described.form:
        return said
    return _("%(data)s; later data of its feed within the approved form") % {"data": said}


def shown(appraisal: Appraisal) -> dict[str, object]:
    approaches = [
        _uncertain(
            _approach(
                one.method,
                one.result,
                one.amount,
                appraisal.currency,
                one.weight,
                one.reason,
                one.library_version,
            ),
            one.result,
        )
        for one in appraisal.approaches.all()
    ]
    return {
        "appraisal": appraisal,
        "facts": facts(appraisal),
        "known_cost": beside_the_books(appraisal),
        **_value(appraisal.method, appraisal.result, approaches, appraisal.low, appraisal.high),
    }


@dataclass(frozen=True)
class BesideTheBooks:
    """What the books know of the direct costs of data, beside what a valuation by cost counts."""

    known: KnownDirect
    counted: Decimal

    @property
    def is_contradicted(self) -> bool:
        """Return whether less is counted than was paid."""
        return self.counted < self.known.amount


def beside_the_books(appraisal: Appraisal) -> BesideTheBooks | None:
    """Compare the direct costs of a valuation with what the books know; None without either."""
    known = known_direct(appraisal.dataset_id, appraisal.currency)
    by_cost = next((one for one in appraisal.approaches.all() if one.method == Method.COST), None)
    if known is None or by_cost is None:
        return None
    inputs = by_cost.inputs
    lines = inputs.get("cost_lines", ())
    counted = Decimal(str(inputs.get("components", {}).get("direct") or 0)) + sum(
        (Decimal(str(line["amount"])) for line in lines if line.get("kind", "direct") == "direct"),
        Decimal(0),
    )
    return BesideTheBooks(known, counted)


def shown_preview(found: Computed) -> dict[str, object]:
    """Return what a page shows of a value that is not kept yet."""
    approaches = [
        _approach(
            one.method,
            one.value.result,
            one.value.amount,
            one.value.currency,
            one.weight,
            one.reason,
            one.value.version,
        )
        for one in found.approaches
    ]
    return {
        "amount": found.value.amount,
        "currency": found.value.currency,
        **_value(found.method, found.value.result, approaches, found.low, found.high),
    }


def _approach(
    method: str,
    result: Mapping[str, Any],
    amount: Decimal,
    currency: str,
    weight: Decimal | None,
    reason: str,
    version: str,
) -> ShownApproach:
    return ShownApproach(
        method=Method(method),
        amount=amount,
        currency=currency,
        weight=weight,
        reason=reason,
        figures=results.figures_of(result),
        # A chart that leads from the static value to the option would look like adding them.
        chart="" if method in BESIDE else way_chart(result, currency=currency),
        warnings=results.worded_warnings(result),
        version=version,
        static=str(result["outputs"].get("static_npv", "")),
    )


def _uncertain(shown: ShownApproach, result: Mapping[str, Any]) -> ShownApproach:
    """Add how far a stored value may move; a preview goes without, to be quick."""
    if shown.is_beside:
        return shown
    spread = spread_of(result)
    return replace(
        shown,
        tornado=tornado_chart(
            sensitivities(shown.method, result["inputs"]),
            base=shown.amount,
            currency=shown.currency,
        ),
        spread=spread,
        distribution=distribution_chart(spread, currency=shown.currency),
    )


def _value(
    method: str,
    result: Mapping[str, Any],
    approaches: Sequence[ShownApproach],
    low: Decimal,
    high: Decimal,
) -> dict[str, object]:
    is_reconciled = method == Method.RECONCILE
    return {
        "approaches": approaches,
        "is_reconciled": is_reconciled,
        "low": low,
        "high": high,
        "weighing": _weighing(approaches) if is_reconciled else "",
        "warnings": [
            *(results.worded_warnings(result) if is_reconciled else []),
            *_warnings(approaches),
        ],
    }


def _weighing(approaches: Iterable[ShownApproach]) -> SafeString:
    counting = [one for one in approaches if one.weight is not None]
    return weighing_chart(
        [(one.title, one.amount * (one.weight or Decimal(0))) for one in counting],
        currency=counting[0].currency,
    )


def _warnings(approaches: Sequence[ShownApproach]) -> list[str]:
    if len(approaches) == 1:
        return approaches[0].warnings
    return [
        _("%(approach)s: %(sentence)s") % {"approach": one.title, "sentence": sentence}
        for one in approaches
        for sentence in one.warnings
    ]


def worded_warnings_of(appraisal: Appraisal) -> list[str]:
    """Say the warnings of the value and of each approach, the latter by the approach's name."""
    told = results.worded_warnings(appraisal.result)
    for approach in appraisal.approaches.all():
        if approach.method != appraisal.method:
            told += [
                _("%(approach)s: %(sentence)s")
                % {"approach": approach.get_method_display(), "sentence": sentence}
                for sentence in results.worded_warnings(approach.result)
            ]
    return told
