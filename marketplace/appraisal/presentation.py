"""A valuation as pages show it: figures, chart, sentences."""

from __future__ import annotations

from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marketplace.appraisal import adapters
from marketplace.appraisal.adapters import Figure
from marketplace.appraisal.models import Appraisal
from marketplace.appraisal.warnings import worded_warnings_of
from marketplace.web.charts import waterfall

MOST_STEPS = 20


def figures(appraisal: Appraisal) -> list[Figure]:
    """List the way to the value, from the value down to its inputs."""
    return adapters.figures_of(appraisal.result)


def chart(appraisal: Appraisal) -> SafeString:
    """Draw how the costs and the adjustment add up to the value."""
    every = figures(appraisal)
    costs = next(place for place, figure in enumerate(every) if figure.label == _cost_label())
    steps = [
        (figure.label, figure.value)
        for figure in every[costs + 1 :]
        if figure.depth == every[costs].depth + 1 and figure.unit == appraisal.currency
    ]
    adjustment = appraisal.amount - sum((amount for _label, amount in steps), Decimal(0))
    if len(steps) > MOST_STEPS:
        steps = [(every[costs].label, every[costs].value)]
    return waterfall(
        [*steps, (adapters.label_of("delta"), adjustment)],
        total=adapters.label_of("P"),
        title=_("From cost to value, in %(currency)s") % {"currency": appraisal.currency},
    )


def facts(appraisal: Appraisal) -> list[tuple[str, object]]:
    """List what a reader has to know beside the figure."""
    return [
        (_("Organization"), appraisal.organization.name),
        (_("Method"), appraisal.get_method_display()),
        (_("Purpose"), appraisal.get_purpose_display()),
        (_("Right that is valued"), appraisal.certificate.number),
        (_("Valuation date"), appraisal.valued_on),
        (_("Valid until"), appraisal.valid_until),
    ]


def shown(appraisal: Appraisal) -> dict[str, object]:
    """Answer what every page of a valuation shows."""
    return {
        "appraisal": appraisal,
        "facts": facts(appraisal),
        "figures": figures(appraisal),
        "chart": chart(appraisal),
        "warnings": worded_warnings_of(appraisal),
    }


def _cost_label() -> str:
    return adapters.label_of("C")
