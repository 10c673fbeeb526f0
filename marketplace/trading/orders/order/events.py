from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class OrderPlaced(Fact):
    """A buyer ordered what is listed, having seen the sheet of that digest."""

    kind = "trading.order_placed"
    label = _("Order placed")
    sheet_sha256: str


@dataclass(frozen=True, kw_only=True)
class OrderAccepted(Fact):
    """A side accepted the other's offer; the contract's text is frozen under its digest."""

    kind = "trading.order_accepted"
    label = _("Order accepted")
    side: str
    contract_sha256: str


@dataclass(frozen=True, kw_only=True)
class OrderDeclined(Fact):
    """The side whose turn it was declined."""

    kind = "trading.order_declined"
    label = _("Order declined")
    side: str


@dataclass(frozen=True, kw_only=True)
class OrderCancelled(Fact):
    """A side stepped back before both had signed."""

    kind = "trading.order_cancelled"
    label = _("Order cancelled")
    side: str


@dataclass(frozen=True, kw_only=True)
class OrderFree(Fact):
    """Both sides signed an order without a price: nothing is to be paid before delivery."""

    kind = "trading.order_free"
    label = _("Free of charge, ready for delivery")


@dataclass(frozen=True, kw_only=True)
class OrderDelivered(Fact):
    """The buyer opened the data for the first time; the term of acceptance runs."""

    kind = "trading.order_delivered"
    label = _("Order delivered")
    acceptance_due_on: str


@dataclass(frozen=True, kw_only=True)
class DeliveryObjected(Fact):
    """The buyer objected to what was delivered; the term stops and the money stays held."""

    kind = "trading.delivery_objected"
    label = _("Delivery objected to")


@dataclass(frozen=True, kw_only=True)
class OrderCompleted(Fact):
    """The delivery was accepted, or the term passed in silence; the money is released."""

    kind = "trading.order_completed"
    label = _("Delivery accepted and payment released")
    is_silent: bool
    released: str
    fee: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class TermSettled(Fact):
    """A provisional last day became final: the calendar of its year is known."""

    kind = "trading.term_settled"
    label = _("Last day of a term final")
    what: str
    before: str
    due_on: str
