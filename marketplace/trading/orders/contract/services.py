"""A side accepts what the other offers, and the contract is drawn up."""

from typing import Annotated
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy

from marketplace.core import (
    Actor,
    clock,
    locked,
)
from marketplace.core.arguments import Text
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record
from marketplace.trading.listings import gate
from marketplace.trading.listings.abroad.rules import check_abroad
from marketplace.trading.listings.budget.promises import refuse_unless_promised
from marketplace.trading.listings.gate.composing import refuse_unless_composes
from marketplace.trading.listings.listing.exclusion import refuse_if_ruled_out
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.wording import agreed_of, contract_digest, contract_text
from marketplace.trading.orders.course.moves import move_order
from marketplace.trading.orders.negotiation.rules import check_accept_order
from marketplace.trading.orders.negotiation.services import (
    refuse_unless_latest,
)
from marketplace.trading.orders.order.bought import bought_listing
from marketplace.trading.orders.order.events import (
    OrderAccepted,
)
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState

OFFER = Text(label=gettext_lazy("SHA-256 of the offer"), longest=64)


@transaction.atomic
def accept_order(order_id: UUID, *, offer: Annotated[str, OFFER] = "", by: Actor) -> Order:
    """Accept the other side's offer, and freeze the text of its contract in the actor's language.

    `offer` is the SHA-256 of the offer that is accepted. It may be left out for an order of what is
    listed, which nobody has changed since.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the offer was not made to the actor's side.
        WrongState: the order is not waiting to be accepted, the offer is not the latest
            (`offer-outdated`), the listing does not stand, another offer of the dataset rules it
            out (`exclusive-taken`), or its data tells more together with an earlier release of the
            same people (`composition-refused`, `composition-untried`).
        Invalid: something else was offered than is listed, and none is named (`offer-unnamed`).
    """
    order = locked(orders_visible_to(by), pk=order_id)
    side = check_accept_order(order, by)
    move_order(order, OrderState.ACCEPTED)
    gate.refuse_unless_on_market(order.listing, order.rests_on)
    refuse_unless_latest(order, offer)
    refuse_if_ruled_out(order.listing)
    check_abroad(order.listing, order.buyer)
    refuse_unless_promised(order.pk, order.agreed_terms)
    refuse_unless_composes(bought_listing(order), by=by)
    order.save(update_fields=["state"])
    language = order.agreed_terms.language
    contract_id = uuid4()
    agreed = agreed_of(order, contract_id=contract_id)
    text = contract_text(order, agreed, language=language, on=clock.today())
    contract = Contract.objects.create(
        pk=contract_id,
        order=order,
        language=language,
        text=text,
        agreed=agreed,
        terms=order.terms,
        digest=contract_digest(text),
    )
    record(
        OrderAccepted(
            subject=f"order:{order.pk}",
            about=(f"contract:{contract.pk}", *order.concerns),
            side=side.value,
            contract_sha256=contract.digest,
        ),
        # The order too: its price stands in the text, so it is compared before anybody signs it.
        binds=bound(contract, order),
        by=by,
    )
    return order
