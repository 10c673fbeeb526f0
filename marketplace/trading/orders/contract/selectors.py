from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.core import Actor, WrongState
from marketplace.credentials.documents import canonical_bytes
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to


def contracts_visible_to(by: Actor) -> QuerySet[Contract]:
    """Return the contracts of the orders that the actor may see."""
    rows = Contract.objects.select_related("order__listing__organization", "order__buyer")
    return rows.prefetch_related("signatures").filter(order__in=orders_visible_to(by))


def contract_of(order: Order) -> Contract | None:
    """Return the contract of an order, once it was accepted."""
    return Contract.objects.filter(order=order).first()


def contract_document(contract: Contract) -> bytes:
    """Return the document that both sides get, in canonical form.

    Raises:
        WrongState: not both sides have signed.
    """
    if contract.document is None:
        raise WrongState(_("The document is there once both sides have signed."))
    return canonical_bytes(contract.document)
