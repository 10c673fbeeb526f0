"""The form by which a side proposes an amendment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.trading.amendments.changing import fixed_terms
from marketplace.trading.forms import OfferForm
from marketplace.trading.models import Order
from marketplace.trading.terms import Terms


class AmendForm(OfferForm):
    """The terms as they would be, and a message. It begins with those that hold now."""

    message = forms.CharField(
        label=_("Message to the other side"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, order: Order, **options: Any) -> None:
        """Begin with the terms in force; leave out what stays."""
        self.order = order
        options["initial"] = self.values_of_terms(order.agreed_terms.as_json())
        super().__init__(*args, **options)
        fixed = fixed_terms(order)
        for name in list(self.fields):
            if name in fixed or name not in (*Terms.__dataclass_fields__, "message"):
                del self.fields[name]

    def terms(self) -> Terms:
        """Answer the terms of a valid form."""
        sent = self.cleaned_data
        left_out = {name for name in self.OF_CLAUSES if not sent.get(name)}
        given = {
            name: sent[name]
            for name in Terms.__dataclass_fields__
            if name in sent and name not in left_out
        }
        return replace(self.order.agreed_terms, **given)
