"""The form of the cost approach: parsing and help, no rules of its own."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.adapters import label_of
from marketplace.appraisal.models import Purpose

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
SOURCE_HELP = _("A voucher, an estimate, a report: a reviewer checks it.")


class CostForm(forms.Form):
    """The inputs of the cost approach."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
    cost_basis = forms.ChoiceField(
        label=_("Prices that the costs are at"),
        choices=[
            ("replacement", _("Prices of the valuation date (replacement cost)")),
            ("historic", _("Prices at which they were paid (historic cost)")),
        ],
        help_text=_("A cost approach asks what the data would cost to make again today."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, help_text in {**COMPONENTS, **LIFE}.items():
            self.fields[name] = forms.DecimalField(
                label=label_of(name), required=name in LIFE, help_text=help_text
            )
            self.fields[f"{name}_source"] = forms.CharField(
                label=_("Source of “%(figure)s”") % {"figure": label_of(name)},
                required=False,
                max_length=200,
                help_text=SOURCE_HELP,
            )

    @property
    def cost_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Answer each cost with its source."""
        return [(self[name], self[f"{name}_source"]) for name in COMPONENTS]

    @property
    def life_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Answer each figure of the adjustment with its source."""
        return [(self[name], self[f"{name}_source"]) for name in LIFE]

    def inputs(self) -> dict[str, object]:
        """Answer the library's inputs of a valid form."""
        sent = self.cleaned_data
        costs = {name: sent[name] for name in COMPONENTS if sent[name] is not None}
        sources = {
            f"components.{name}" if name in COMPONENTS else name: sent[f"{name}_source"]
            for name in (*costs, *LIFE)
            if sent[f"{name}_source"]
        }
        answer: dict[str, object] = {"cost_basis": sent["cost_basis"]}
        answer |= {name: sent[name] for name in LIFE}
        if costs:
            answer["components"] = costs
        if sources:
            answer["sources"] = sources
        return answer

    @classmethod
    def values_of(cls, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Answer what a form to revise a valuation shows at first."""
        sources = inputs.get("sources", {})
        costs = inputs.get("components", {})
        shown = {name: Decimal(costs[name]) for name in COMPONENTS if name in costs}
        shown |= {name: Decimal(inputs[name]) for name in LIFE if name in inputs}
        values: dict[str, Any] = {"cost_basis": inputs.get("cost_basis", "replacement"), **shown}
        for name in (*COMPONENTS, *LIFE):
            figure = f"components.{name}" if name in COMPONENTS else name
            values[f"{name}_source"] = sources.get(figure, "")
        return values
