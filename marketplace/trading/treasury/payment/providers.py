"""Read what a payment provider tells of money that came in."""

from django.utils.translation import gettext as _

from marketplace.core import Invalid, clock
from marketplace.core.bounds import day_of, decimal_of, read_json
from marketplace.trading.orders.settlement.references import reference_in
from marketplace.trading.treasury.bank.statement_lines import LARGEST
from marketplace.trading.treasury.payment.incoming import Incoming

RECEIVED = "payment.received"


def incoming_of_message(body: bytes) -> list[Incoming]:
    """Read a message of a payment provider; one of another type tells of no payment.

    Raises:
        Invalid: it is no JSON object of the documented form (`message-unreadable`), or tells of
            a day that is still to come (`payment-to-come`).
    """
    try:
        message = read_json(body)
        if message["type"] != RECEIVED:
            return []
        data = message["data"]
        amount = decimal_of(data["amount"])
        if not 0 < amount <= LARGEST or amount != round(amount, 2):
            raise ValueError
        incoming = Incoming(
            reference=_text(data["transaction_id"], 64),
            received_on=day_of(data["received_on"]),
            amount=amount,
            currency=_text(data["currency"], 3),
            claimed_reference=reference_in(str(data.get("reference", ""))),
        )
    except (ValueError, KeyError, TypeError):
        sentence = _(
            "The message is not of the documented form: type, and data with transaction_id, "
            "amount, currency, received_on and reference."
        )
        raise Invalid(sentence, code="message-unreadable") from None
    if incoming.received_on > clock.today():
        sentence = _(
            "The day %(day)s is still to come. Correct received_on, or send the message on that "
            "day."
        ) % {"day": incoming.received_on.isoformat()}
        raise Invalid(sentence, code="payment-to-come", fields={"received_on": [sentence]})
    return [incoming]


def _text(value: object, most: int) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= most or not value.isprintable():
        raise ValueError
    return value
