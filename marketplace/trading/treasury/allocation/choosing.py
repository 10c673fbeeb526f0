"""Which amounts a payment that waits could be meant for, and why each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from uuid import UUID

from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import Actor, Invalid
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.paying import tolerance_of
from marketplace.trading.orders.settlement.selectors import charges_visible_to
from marketplace.trading.orders.settlement.states import AWAITED, OVER, ChargeState
from marketplace.trading.treasury.payment.models import Payment

MOST_TOGETHER = 5
"""How many amounts one payment is tried to pay together."""
MOST_OF_A_BUYER = 10
"""How many open amounts of a buyer are tried together, those due first."""
MOST_SHOWN = 12
NOTHING = Decimal(0)


class Fit(TextChoices):
    """Why a payment could be meant for an amount, the strongest reason first."""

    REFERENCE = "reference", gettext_lazy("its payment reference stands on the transfer")
    SUM = "sum", gettext_lazy("exactly this sum is open")
    SHORT = "short", gettext_lazy("this sum less what a bank may keep")
    TOGETHER = "together", gettext_lazy("together with others of this buyer exactly this sum")
    ORDER = "order", gettext_lazy("the same order as the payment reference on the transfer")
    PAYER = "payer", gettext_lazy("the same payer as the payment reference on the transfer")


@dataclass(frozen=True)
class Choice:
    """An open amount that a payment could be meant for."""

    charge: Charge
    fits: tuple[Fit, ...]

    @property
    def strength(self) -> tuple[int, int]:
        """Return what sorts the likeliest first: the strongest reason, then how many."""
        order = list(Fit)
        return min(order.index(fit) for fit in self.fits), -len(self.fits)


def choices_of(payments: Sequence[Payment], *, by: Actor) -> dict[UUID, list[Choice]]:
    """Return by payment the amounts that it could be meant for, the likeliest first.

    However many payments there are, it asks the database as often.
    """
    references = {payment.claimed_reference for payment in payments} - {""}
    named = {
        charge.reference: charge
        for charge in (
            charges_visible_to(by).filter(reference__in=references) if references else ()
        )
    }
    charges = {
        currency: list(payable_charges(currency, by=by))
        for currency in {payment.currency for payment in payments}
    }
    return {
        payment.pk: _choices(
            payment, charges[payment.currency], named.get(payment.claimed_reference)
        )
        for payment in payments
    }


def _choices(payment: Payment, charges: Sequence[Charge], named: Charge | None) -> list[Choice]:
    together = _together(charges, payment.amount)
    found = [
        Choice(charge, fits)
        for charge in charges
        if (fits := tuple(_fits(charge, payment, named, together)))
    ]
    found.sort(key=lambda choice: (choice.strength, choice.charge.due_on))
    return found[:MOST_SHOWN]


def payable_charges(currency: str, *, by: Actor) -> QuerySet[Charge]:
    """Return the amounts in a currency that money can pay now, what is due first coming first."""
    rows = charges_visible_to(by).filter(
        state=ChargeState.OPEN, currency=currency, order__state__in=(*AWAITED, *OVER)
    )
    return rows.order_by("due_on", "number", "pk")


def _fits(
    charge: Charge, payment: Payment, named: Charge | None, together: set[UUID]
) -> Iterable[Fit]:
    missing = charge.still_open - payment.amount
    if named is not None and charge.pk == named.pk:
        yield Fit.REFERENCE
    if missing == 0:
        yield Fit.SUM
    if 0 < missing <= tolerance_of(charge):
        yield Fit.SHORT
    if charge.pk in together:
        yield Fit.TOGETHER
    if named is not None and charge.pk != named.pk:
        if charge.order_id == named.order_id:
            yield Fit.ORDER
        elif charge.order.buyer_id == named.order.buyer_id:
            yield Fit.PAYER


def _together(charges: Sequence[Charge], amount: Decimal) -> set[UUID]:
    """Return the amounts of one buyer that make up a sum: of each buyer the fewest that do."""
    of_buyers: defaultdict[UUID, list[tuple[UUID, int]]] = defaultdict(list)
    for charge in charges:
        of_buyers[charge.order.buyer_id].append((charge.pk, _cents(charge.still_open)))
    found: set[UUID] = set()
    for rows in of_buyers.values():
        tried = rows[:MOST_OF_A_BUYER]
        if len(tried) > 1 and sum(cents for _key, cents in tried) >= _cents(amount):
            found |= _making_up(tried, _cents(amount))
    return found


def _making_up(rows: Sequence[tuple[UUID, int]], wanted: int) -> set[UUID]:
    for count in range(2, min(MOST_TOGETHER, len(rows)) + 1):
        for some in combinations(rows, count):
            if sum(cents for _key, cents in some) == wanted:
                return {key for key, _cents_of_it in some}
    return set()


def _cents(amount: Decimal) -> int:
    return int(amount.scaleb(2))


def refuse_choice(payment: Payment, chosen: Sequence[Charge]) -> None:
    """Refuse amounts that one payment does not pay together; they come as they are due.

    Raises:
        Invalid: there is none (`nothing-chosen`), they are of several buyers (`several-buyers`) or
            in another currency (`currency-differs`), or the payment does not reach the last
            (`chosen-too-many`).
    """
    if not chosen:
        sentence = _("Choose what the payment is for.")
        raise Invalid(sentence, code="nothing-chosen", fields={"charges": [sentence]})
    if {charge.currency for charge in chosen} != {payment.currency}:
        sentence = _("What is chosen is in another currency.")
        raise Invalid(sentence, code="currency-differs", fields={"charges": [sentence]})
    if len({charge.order.buyer_id for charge in chosen}) > 1:
        sentence = _("Choose amounts of one buyer.")
        raise Invalid(sentence, code="several-buyers", fields={"charges": [sentence]})
    if sum((charge.still_open for charge in chosen[:-1]), NOTHING) >= payment.amount:
        sentence = _("The payment does not reach all of these amounts. Choose fewer.")
        raise Invalid(sentence, code="chosen-too-many", fields={"charges": [sentence]})
