"""The fields of a price plan in a form; each kind of plan uses some of them."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import Invalid
from marketplace.trading.listings.plans import Plan, PlanKind, Unit, plan_of
from marketplace.trading.listings.plans.fixed import USUAL_PERIOD_MONTHS, USUAL_PERIODS
from marketplace.web.bounded import forms

SEPARATOR = re.compile(r"\s*[:：;；\t]\s*")
LINES: dict[str, tuple[str, ...]] = {
    "parts": ("months", "price"),
    "bands": ("above", "unit_price"),
    "tiers": ("label", "rows", "price"),
}
"""What stands in each line of a field that holds several."""


def lines_field(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
    )


class PlanFields(forms.Form):
    """A price plan. Which fields count, the kind says; the page shows those alone."""

    plan = forms.ChoiceField(
        label=gettext_lazy("How buyers pay"),
        required=False,
        choices=PlanKind.choices,
        initial=PlanKind.ONCE.value,
        widget=forms.RadioSelect,
    )
    price = forms.DecimalField(
        label=gettext_lazy("Price"), required=False, max_digits=18, decimal_places=2
    )
    period_months = forms.IntegerField(
        label=gettext_lazy("Months of a period"), required=False, initial=USUAL_PERIOD_MONTHS
    )
    periods = forms.IntegerField(
        label=gettext_lazy("Number of periods"), required=False, initial=USUAL_PERIODS
    )
    parts = lines_field(
        gettext_lazy("Instalments"),
        gettext_lazy(
            "One a line: months after signing, a colon, the amount. The first is due after 0 "
            "months: 0: 6000.00"
        ),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("What is counted"), required=False, choices=Unit.choices
    )
    bands = lines_field(
        gettext_lazy("Price of a unit"),
        gettext_lazy(
            "One a line: units of a month after which it holds, a colon, the price. To include "
            "1,000 units: 1000: 0.002"
        ),
    )
    base = forms.DecimalField(
        label=gettext_lazy("Base fee, paid once"), required=False, max_digits=18, decimal_places=2
    )
    cap = forms.DecimalField(
        label=gettext_lazy("Most that a month costs"),
        required=False,
        max_digits=18,
        decimal_places=2,
    )
    tiers = lines_field(
        gettext_lazy("Sizes"),
        gettext_lazy("One a line: name, colon, first rows, colon, price. Small: 1000: 40.00"),
    )

    def clean_plan(self) -> str:
        """Take one price, paid once, where nothing was chosen."""
        return str(self.cleaned_data["plan"] or PlanKind.ONCE.value)

    def chosen_plan(self) -> Plan | None:
        """Return the plan of a valid form; None for one price, which the price says alone.

        Raises:
            Invalid: a part is missing or cannot be read.
        """
        sent = self.cleaned_data
        kind = sent["plan"]
        if kind == PlanKind.ONCE:
            return None
        names = {
            PlanKind.FREE: (),
            PlanKind.SUBSCRIPTION: ("price", "period_months", "periods"),
            PlanKind.INSTALMENTS: ("parts",),
            PlanKind.METERED: ("unit", "bands", "base", "cap"),
            PlanKind.MENU: ("tiers",),
        }[PlanKind(kind)]
        given = {name: sent[name] for name in names if sent[name] not in (None, "")}
        for name in LINES.keys() & given.keys():
            given[name] = lines_of(name, given[name])
        optional = {"base", "cap"} | {
            name for name in ("period_months", "periods") if self.add_prefix(name) not in self.data
        }
        missing = [name for name in names if name not in given and name not in optional]
        if missing:
            sentence = _("Fill this in for this way of paying.")
            raise Invalid(
                _("The price plan needs corrections. See the fields."),
                fields={name: [sentence] for name in missing},
            )
        return plan_of({"kind": kind, **given})

    @staticmethod
    def values_of_plan(plan: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a form shows of a plan at first, from its plain values."""
        values = {name: value for name, value in plan.items() if name != "kind"}
        for name in LINES.keys() & values.keys():
            values[name] = "\n".join(
                ": ".join(str(line[part]) for part in LINES[name]) for line in values[name]
            )
        return {**values, "plan": plan["kind"]}


def lines_of(name: str, text: str) -> list[dict[str, str]]:
    """Read the lines of a field that holds several.

    Raises:
        Invalid: a line has too few or too many parts.
    """
    parts, found = LINES[name], []
    for number, line in enumerate(filter(str.strip, text.splitlines()), 1):
        values = SEPARATOR.split(line.strip())
        if len(values) != len(parts):
            sentence = _("Line %(number)d: separate %(count)d values by colons.") % {
                "number": number,
                "count": len(parts),
            }
            raise Invalid(sentence, fields={name: [sentence]})
        one = dict(zip(parts, (value.replace(",", "") for value in values), strict=True))
        if name == "tiers":
            one = {**one, "label": values[0], "code": f"size-{number}"}
        found.append(one)
    return found
