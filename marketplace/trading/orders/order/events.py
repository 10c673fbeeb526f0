from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class OrderPlaced(Fact, kind="trading.order_placed", label=_("Order placed")):
    """A buyer ordered what is listed, having seen the sheet of that digest."""

    sheet_sha256: str


class OrderAccepted(Fact, kind="trading.order_accepted", label=_("Order accepted")):
    """A side accepted the other's offer; the contract's text is frozen under its digest."""

    side: str
    contract_sha256: str


class OrderDeclined(Fact, kind="trading.order_declined", label=_("Order declined")):
    """The side whose turn it was declined."""

    side: str


class OrderCancelled(Fact, kind="trading.order_cancelled", label=_("Order cancelled")):
    """A side stepped back before both had signed."""

    side: str


class OrderFree(Fact, kind="trading.order_free", label=_("Free of charge, ready for delivery")):
    """Both sides signed an order without a price: nothing is to be paid before delivery."""


class OrderDelivered(Fact, kind="trading.order_delivered", label=_("Order delivered")):
    """The buyer opened the data for the first time; the term of acceptance runs."""

    acceptance_due_on: str


class DeliveryObjected(Fact, kind="trading.delivery_objected", label=_("Delivery objected to")):
    """The buyer objected to what was delivered; the term stops and the money stays held."""


class OrderCompleted(
    Fact, kind="trading.order_completed", label=_("Delivery accepted and payment released")
):
    """The delivery was accepted, or the term passed in silence; the money is released."""

    is_silent: bool
    released: str
    fee: str
    currency: str


class TermsOver(
    Fact,
    kind="trading.terms_over",
    label=_("Last day of a past term no longer provisional"),
    in_timelines=False,
):
    """The calendar came to know a provisional last day after its term had ended otherwise."""


class TermSettled(Fact, kind="trading.term_settled", label=_("Last day of a term final")):
    """A provisional last day became final: the calendar of its year is known."""

    what: str
    before: str
    due_on: str
