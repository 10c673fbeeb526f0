from typing import Any

from marketplace.core import Actor, visible
from marketplace.trading.treasury.allocation.choosing import choices_of
from marketplace.trading.treasury.allocation.serializers import PaymentChoicesOut
from marketplace.trading.treasury.payment import selectors
from marketplace.web.api import ThingView


class PaymentChoices(ThingView):
    """The open amounts that a payment could be meant for, the likeliest first, and why each."""

    gives = PaymentChoicesOut
    operation = "list_payment_choices"
    summary = "List what a payment could be for"

    def thing(self, by: Actor, **ids: Any) -> dict[str, Any]:
        payment = visible(selectors.payments_visible_to(by), pk=ids["pk"])
        return {"choices": choices_of([payment], by=by)[payment.pk]}
