"""Forms of the accounting pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.accounting.models import CostKind
from marketplace.accounting.rules.ratio import Operation

OPERATIONS = [
    (Operation.EXPENSED.value, _("Spend own money, all expensed")),
    (Operation.CAPITALIZED.value, _("Spend own money, a part capitalized")),
    (Operation.LOAN_FUNDED.value, _("Spend borrowed money, a part capitalized")),
    (Operation.EQUITY.value, _("Receive an equity contribution")),
    (Operation.PLEDGE_LOAN.value, _("Borrow against a pledge")),
    (Operation.PROFIT.value, _("Earn a profit in cash")),
]


class CostForm(forms.Form):
    """An amount of a voucher."""

    kind = forms.ChoiceField(label=_("Kind of cost"), choices=CostKind.choices)
    incurred_on = forms.DateField(
        label=_("Incurred on"), widget=forms.DateInput(attrs={"type": "date"})
    )
    amount = forms.DecimalField(label=_("Amount"), max_digits=18, decimal_places=2)
    voucher = forms.CharField(label=_("Voucher number"), max_length=60)


class RatioForm(forms.Form):
    """A balance sheet, and what is planned."""

    assets = forms.DecimalField(
        label=_("Total assets"), min_value=1, max_digits=18, decimal_places=2
    )
    liabilities = forms.DecimalField(
        label=_("Total liabilities"), min_value=0, max_digits=18, decimal_places=2
    )
    operation = forms.ChoiceField(label=_("What is planned"), choices=OPERATIONS)
    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=18, decimal_places=2)
    capitalized = forms.DecimalField(
        label=_("of which capitalized"),
        min_value=0,
        max_digits=18,
        decimal_places=2,
        required=False,
        help_text=_("What meets every condition of the standard; the rest is expensed."),
    )
    target = forms.DecimalField(
        label=_("Target ratio in percent"),
        min_value=1,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Keep what is capitalized within what is spent."""
        sent = super().clean() or {}
        amount, capitalized = sent.get("amount"), sent.get("capitalized")
        if amount is not None and capitalized is not None and capitalized > amount:
            self.add_error("capitalized", _("At most what is spent can be capitalized."))
        return sent
