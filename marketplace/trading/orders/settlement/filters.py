"""What accounts, amounts and invoices are narrowed by."""

from django.utils.translation import gettext_lazy as _

from marketplace.trading.books.models import Account
from marketplace.trading.orders.order.filters import OF_ORDER
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.models import Charge, Invoice
from marketplace.web.lists import Day, Facet, ListFilters, Words


class AccountFilters(ListFilters):
    q = Words("organization__name", "order_title", number=Order.NUMBERED, of="held_for")
    kind = Facet.of(Account, "kind")


class ChargeFilters(ListFilters):
    q = Words("reference", *OF_ORDER, number=Order.NUMBERED, of="order_id")
    state = Facet.of(Charge, "state")
    kind = Facet.of(Charge, "kind")
    since = Day(_("Due from"), "due_on", "gte")
    until = Day(_("Due until"), "due_on", "lte")


class InvoiceFilters(ListFilters):
    q = Words("number", *OF_ORDER, number=Order.NUMBERED, of="order_id")
    kind = Facet.of(Invoice, "kind")
    since = Day(_("Issued from"), "issued_on", "gte")
    until = Day(_("Issued until"), "issued_on", "lte")
