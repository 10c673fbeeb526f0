from typing import Any

from marketplace.core.arguments import argument_of
from marketplace.trading.listings.listing.forms import OfferForm
from marketplace.trading.listings.plans import Metered, Plan, plan_of
from marketplace.trading.listings.plans.fields import lines_of
from marketplace.trading.listings.terms.clauses.asked import Page
from marketplace.trading.listings.terms.forms import (
    names_first_on,
    names_not_for,
    read_values,
    shown_values,
)
from marketplace.trading.listings.terms.terms import ASKED, Terms
from marketplace.trading.orders.amendment.rules import fixed_terms
from marketplace.trading.orders.amendment.services import propose_amendment
from marketplace.trading.orders.order.models import Order
from marketplace.web.taking import form_field

OF_USE = ("bands", "cap")
"""What can be amended of a price: that of use, which no bill asks for yet."""


class AmendForm(OfferForm):
    """Terms and prices of use as they would be, and a message. It begins with those of now."""

    ARE_CHANGES = True
    FIRST = (*names_first_on(Page.AMENDMENT), *OF_USE, "message")
    message = form_field(argument_of(propose_amendment, "message"))

    def __init__(self, *args: Any, order: Order, **options: Any) -> None:
        """Begin with the terms in force; leave out what stays."""
        self.order = order
        plan = order.agreed_plan
        prices = self.values_of_plan(plan.as_json()) if isinstance(plan, Metered) else {}
        options["initial"] = prices | shown_values(order.agreed_terms.as_json())
        super().__init__(*args, version=order.revision.version, **options)
        of_use = OF_USE if prices else ()
        asked = ASKED.keys() - fixed_terms(order).keys() - names_not_for(order.listing.delivery)
        for name in self.fields.keys() - asked - {*of_use, "message"}:
            del self.fields[name]
        if of_use:
            self.fields["bands"].required = True

    def agreed_plan(self) -> Plan:
        """Return the plan of a valid form.

        Raises:
            Invalid: a price of use cannot be read.
        """
        now, sent = self.order.agreed_plan, self.cleaned_data
        if "bands" not in sent:
            return now
        prices = {"bands": lines_of("bands", sent["bands"]), "cap": sent["cap"]}
        return plan_of({**now.as_json(), **prices})

    def terms(self) -> Terms:
        return self.order.agreed_terms.changed(read_values(self))
