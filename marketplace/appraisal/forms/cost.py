"""The form of the cost approach."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.adapters import FIGURES
from marketplace.appraisal.forms.approach import ApproachForm
from marketplace.appraisal.forms.lines import Group, Line
from marketplace.appraisal.models import Method

COMPONENTS = {
    "preliminary": _("Planning and preparation before anything was collected."),
    "direct": _("Collecting, storing, cleaning, desensitizing: people and machines for this data."),
    "indirect": _("The data's share of rooms, administration, training and shared systems."),
    "opportunity": _("What the money and people would have earned elsewhere meanwhile."),
    "tax": _("Taxes and fees that come with making the data."),
}
LIFE = {
    "quality_coefficient": _("1 is perfect. The share of filled cells is proposed."),
    "remaining_life_years": _(
        "The least of the right's term, a contract, how long the data stays timely, and the "
        "product's cycle."
    ),
    "total_life_years": _("The whole life of which that remains."),
}


class CostForm(ApproachForm):
    """The inputs of the cost approach."""

    method: ClassVar[Method] = Method.COST
    groups: ClassVar[tuple[Group, ...]] = (
        Group(
            _("What it would cost to make again"),
            _("Leave out what there was not. Each amount needs its source."),
            (
                Line(
                    "cost_basis",
                    _("Prices that the costs are at"),
                    _("A cost approach asks what the data would cost to make again today."),
                    has_source=False,
                    is_required=True,
                    choices=(
                        ("replacement", _("Prices of the valuation date (replacement cost)")),
                        ("historic", _("Prices at which they were paid (historic cost)")),
                    ),
                ),
                *(
                    Line(f"components.{name}", FIGURES[name], help_text)
                    for name, help_text in COMPONENTS.items()
                ),
            ),
        ),
        Group(
            _("What it is still worth of that"),
            "",
            tuple(
                Line(name, FIGURES[name], help_text, is_required=True)
                for name, help_text in LIFE.items()
            ),
        ),
    )
