from typing import Any, ClassVar
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.trading.listings.listing.forms import OfferForm
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.plans import Menu, Plan
from marketplace.trading.listings.terms.clauses.asked import Page
from marketplace.trading.listings.terms.forms import (
    names_first_on,
    names_not_for,
    names_of_listing,
    read_values,
    shown_values,
)
from marketplace.trading.listings.terms.terms import ASKED, Terms
from marketplace.trading.orders.negotiation.in_words import price_to_ask, with_price
from marketplace.trading.orders.negotiation.models import Proposal
from marketplace.trading.orders.order.models import Order
from marketplace.web.bounded import forms


class TermsForm(OfferForm):
    """Price and terms as they would be, and a message. It begins with what an order says now."""

    # Made of no declaration: it asks for one amount and for terms, a field each, and a program
    # sends a plan and the terms that change as objects.

    message = forms.CharField(
        label=_("Message to the other side"),
        required=False,
        max_length=longest_of(Proposal, "message"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    OWN: ClassVar[tuple[str, ...]] = ("price", "message")
    """The fields beside the terms."""
    ARE_CHANGES = True
    FIRST = ("wanted_for", "price", *names_first_on(Page.OFFER), "message")

    def __init__(self, *args: Any, order: Order, **options: Any) -> None:
        """Begin with what the order says; leave out what is not negotiated."""
        self.order = order
        amount = price_to_ask(order.agreed_plan)
        terms = shown_values(order.agreed_terms.as_json())
        options["initial"] = {**terms, "price": amount, **options.get("initial", {})}
        super().__init__(*args, version=order.revision.version, **options)
        asked = ASKED.keys() - names_of_listing() - names_not_for(order.listing.delivery)
        for name in self.fields.keys() - asked - {*self.OWN}:
            del self.fields[name]
        if amount is None:
            del self.fields["price"]
        else:
            self.fields["price"].required = True
            self.fields["price"].help_text = _("As the price plan counts it; 0 is free.")

    def agreed_plan(self) -> Plan:
        return with_price(self.order.agreed_plan, self.cleaned_data.get("price"))

    def terms(self) -> Terms:
        return self.order.agreed_terms.changed(read_values(self))


class CounterForm(TermsForm):
    """A counter-offer, with the digest of the offer that it answers."""

    OWN = ("price", "message", "answers")
    answers = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, order: Order, offer: str, **options: Any) -> None:
        """Begin with the latest offer."""
        super().__init__(*args, order=order, initial={"answers": offer}, **options)


class OwnTermsForm(TermsForm):
    """An order at other terms than those that are listed, with its purpose first."""

    OWN = ("price", "message", "wanted_for", "request_key")
    wanted_for = forms.CharField(
        label=_("What you will use the data for"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It becomes part of the contract, and has to fit the permitted purposes."),
    )
    request_key = forms.CharField(
        max_length=64, widget=forms.HiddenInput, initial=lambda: str(uuid4())
    )
    field_order = ("wanted_for", "price")


class OrderForm(forms.Form):
    """What the data is for. The key makes a form that is sent twice one order."""

    # Made of no declaration: an offer has a page of its own, and a program sends both at once.

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
