"""The form by which a seller answers an objection."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from marketplace.web.bounded import forms


class RemedyForm(forms.Form):
    """What the seller says, and how much of the price goes back."""

    text = forms.CharField(
        label=_("Your answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    refund = forms.DecimalField(
        label=_("Back to the buyer"),
        max_digits=18,
        decimal_places=2,
        min_value=0,
        initial=Decimal("0.00"),
        help_text=_("0 where you explain and give nothing back."),
    )
