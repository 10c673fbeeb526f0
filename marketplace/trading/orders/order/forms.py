from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.plans import Menu
from marketplace.trading.orders.order.models import Order
from marketplace.web.bounded import forms


class OrderForm(forms.Form):
    """What the data is for. The key makes a form that is sent twice one order."""

    purpose = forms.CharField(
        label=_("What you will use the data for"),
        max_length=longest_of(Order, "purpose"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It becomes part of the contract, and has to fit the permitted purposes."),
    )
    tier = forms.ChoiceField(label=_("Size to order"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, listing: Listing, **options: Any) -> None:
        """Ask for a size where the listing is sold in several."""
        super().__init__(*args, **options)
        plan = listing.price_plan
        if isinstance(plan, Menu):
            self.fields["tier"].choices = plan.choices(listing.currency)  # type: ignore[attr-defined]
            self.fields["tier"].required = True
        else:
            del self.fields["tier"]

    request_key = forms.CharField(
        max_length=longest_of(Order, "request_key"),
        widget=forms.HiddenInput,
        initial=lambda: str(uuid4()),
    )
