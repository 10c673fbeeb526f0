from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from marketplace.core.arguments import argument_of
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
from marketplace.trading.orders.negotiation.services import counter_order, place_order
from marketplace.trading.orders.order.models import Order
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm, form_field


class TermsForm(OfferForm):
    """Price and terms as they would be, and a message. It begins with what an order says now."""

    message = form_field(argument_of(counter_order, "message"))
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
    answers = form_field(argument_of(counter_order, "offer"))

    def __init__(self, *args: Any, order: Order, offer: str, **options: Any) -> None:
        """Begin with the latest offer."""
        super().__init__(*args, order=order, initial={"answers": offer}, **options)


class OwnTermsForm(TermsForm):
    """An order at other terms than those that are listed, with its purpose first."""

    OWN = ("price", "message", "wanted_for", "request_key")
    # The terms have a `purpose` of their own.
    wanted_for = form_field(argument_of(place_order, "purpose"))
    request_key = form_field(argument_of(place_order, "request_key"))
    field_order = ("wanted_for", "price")


class OrderForm(ActForm):
    """What the data is for. The key makes a form that is sent twice one order."""

    takes = staticmethod(place_order)
    tier = forms.ChoiceField(label=_("Size to order"), required=False, widget=forms.RadioSelect)
    field_order = ("purpose", "tier", "request_key")

    def __init__(self, *args: Any, listing: Listing, **options: Any) -> None:
        """Ask for a size where the listing is sold in several."""
        super().__init__(*args, **options)
        plan = listing.price_plan
        if isinstance(plan, Menu):
            self.fields["tier"].choices = plan.choices(listing.currency)  # type: ignore[attr-defined]
            self.fields["tier"].required = True
        else:
            del self.fields["tier"]
