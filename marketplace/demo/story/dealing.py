"""One small trade through its acts: ordered, signed, paid in its way, delivered and accepted."""

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from django.conf import settings

from desensitize.privacy.sandbox import COUNT, Question
from marketplace.catalog.version import rows
from marketplace.core import clock
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.selectors import grants_visible_to
from marketplace.delivery.grant.services import open_download
from marketplace.delivery.sandbox.services import ask_question
from marketplace.delivery.use.rows_api import JSON, answer_rows
from marketplace.delivery.use.services import make_grant_key
from marketplace.demo.story.cast import SECOND_TREASURER, TREASURER, Part
from marketplace.demo.story.findings import dataset_of
from marketplace.demo.story.stage import CLOCKWORK, Stage, the
from marketplace.demo.story.trades import Trade, Way
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.trading.orders.contract.selectors import contract_of
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.delivery.services import accept_delivery
from marketplace.trading.orders.negotiation.services import Offered, place_order
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import UNDONE, OrderState
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.selectors import charges_of
from marketplace.trading.orders.settlement.services import set_off_credit
from marketplace.trading.orders.signature.services import sign_contract
from marketplace.trading.orders.termination.services import terminate_contract
from marketplace.trading.treasury.allocation.services import allocate_payment
from marketplace.trading.treasury.bank.selectors import statements_visible_to
from marketplace.trading.treasury.payment.selectors import told_before
from marketplace.trading.treasury.payment.services import confirm_statement, import_statement
from marketplace.trading.treasury.payment.states import PaymentState
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.payout.services import approve_disbursement, propose_refund
from marketplace.trading.treasury.payout.states import DisbursementState

KEPT: Final = Decimal("0.60")
"""What a bank keeps of a payment that comes short."""
TOO_MUCH: Final = Decimal("50.00")
BACK: Final = Decimal("200.00")
KEY_DAYS: Final = 365
HEADER: Final = "transaction_id,booked_on,amount,currency,text"

Line = tuple[str, Decimal, str]
"""Reference, amount and text of a line of a bank's statement."""


def at_bank(key: str) -> str:
    """Return by which number the bank knows what a key names."""
    return f"LW{int(hashlib.sha256(key.encode()).hexdigest()[:10], 16):013d}"


def order_by_key(key: str) -> Order | None:
    return orders_visible_to(CLOCKWORK).filter(request_key=key).first()


def grant_by_key(key: str) -> Grant | None:
    return grants_visible_to(CLOCKWORK).filter(order=order_by_key(key)).first()


def place(trade: Trade, key: str, stage: Stage, *, offer: Offered | None = None) -> Order:
    """Order as it is listed, or as the buyer would have it."""
    listings = listings_of_sellers(CLOCKWORK).filter(title=trade.goods.offer.title)
    return place_order(
        the(listings.filter(product__dataset=dataset_of(trade.goods)).first()).pk,
        purpose=trade.purpose,
        request_key=key,
        tier=trade.tier,
        offer=offer,
        by=stage.actor(trade.buyer),
    )


def sign(trade: Trade, key: str, stage: Stage, *, signers: Sequence[Part] = ()) -> Order:
    """Order, accept and sign for both sides or the given signers, as far as it was not done."""
    order = order_by_key(key)
    if order is None:
        order = place(trade, key, stage)
    if order.state == OrderState.PLACED:
        order = accept_order(order.pk, by=stage.actor(trade.goods.officer))
    if order.state == OrderState.ACCEPTED:
        contract = the(contract_of(order))
        for signer in signers or (trade.goods.officer, trade.buyer):
            sign_contract(
                contract.pk,
                digest=contract.digest,
                password=stage.passwords[signer.email],
                by=stage.actor(signer),
            )
    return the(order_by_key(key))


def first_charge(order: Order) -> Charge:
    """Return what the buyer owes before the delivery."""
    return the(charges_of(order).order_by("number").first())


def lines_of(trade: Trade, key: str, stage: Stage) -> list[Line]:
    """Return what the bank tells of the payment of a trade."""
    if trade.way == Way.FREE:
        return []
    charge = first_charge(the(order_by_key(key)))
    if trade.way == Way.SET_OFF and not charge.paid:
        charge = set_off_credit(charge.pk, by=stage.actor(trade.buyer))
    whole, text = charge.still_open, charge.reference
    if trade.way == Way.PARTS:
        part = (charge.amount * 2 / 5).quantize(Decimal("0.01"))
        return [
            (at_bank(f"{key}-1"), part, text),
            (at_bank(f"{key}-2"), charge.amount - part, text),
        ]
    if trade.way == Way.SHORT:
        whole -= KEPT
    elif trade.way == Way.BEYOND:
        whole += TOO_MUCH
    elif trade.way == Way.BY_HAND:
        text = "货款 Payment"
    return [(at_bank(f"{key}-1"), whole, text)]


def book(lines: list[Line], stage: Stage) -> None:
    """Import what the bank tells, and confirm it as a second officer; nothing is told twice."""
    by, known = stage.actor(SECOND_TREASURER), set()
    references = [reference for reference, _amount, _text in lines]
    for statement in statements_visible_to(by).filter(lines__reference__in=references).distinct():
        confirm_statement(statement.pk, by=by)
        known |= {line.reference for line in statement.lines.all()}
    new = [line for line in lines if line[0] not in known]
    if new:
        imported = import_statement(content=content_of(new), by=stage.actor(TREASURER))
        confirm_statement(imported.pk, by=by)


def content_of(lines: Sequence[Line]) -> bytes:
    """Return the statement of today with these lines, as the bank writes it."""
    today, currency = clock.today().isoformat(), settings.CENTRE["CURRENCY"]
    told = [f"{reference},{today},{amount},{currency},{text}" for reference, amount, text in lines]
    return "\n".join([HEADER, *told, ""]).encode()


def after_payment(trade: Trade, key: str, stage: Stage) -> None:
    """Allocate what names nothing, end what is undone."""
    order = the(order_by_key(key))
    if trade.way == Way.BY_HAND:
        payment = the(told_before(at_bank(f"{key}-1")))
        if payment.state == PaymentState.UNALLOCATED:
            charges = [first_charge(order).pk]
            allocate_payment(payment.pk, charges=charges, by=stage.actor(TREASURER))
    if trade.way == Way.UNDONE and order.state not in UNDONE:
        reason = "项目取消。 The project was given up."
        terminate_contract(order.pk, reason=reason, by=stage.actor(trade.buyer))


def waits(trade: Trade, key: str) -> bool:
    """Return whether the access of a trade is still to be granted."""
    return trade.way != Way.UNDONE and grant_by_key(key) is None


def take(trade: Trade, key: str, stage: Stage) -> None:
    """Take the data, have a part back where it was agreed, and accept the delivery."""
    order = the(order_by_key(key))
    if order.state not in (OrderState.PAID, OrderState.DELIVERED):
        return
    receive(trade, key, stage)
    if trade.way == Way.REFUND:
        give_back(order, key, stage)
    accept_delivery(order.pk, by=stage.actor(trade.buyer))


def receive(trade: Trade, key: str, stage: Stage) -> None:
    granted, by = the(grant_by_key(key)), stage.actor(trade.buyer)
    if granted.delivery.is_file:
        for _piece in open_download(granted.pk, byte_range=None, by=by).pieces():
            pass
    elif granted.delivery.needs_sandbox:
        ask_question(granted.pk, question=Question(COUNT), epsilon=Decimal("0.5"), by=by)
    else:
        ask_rows(granted, stage, trade)


def ask_rows(granted: Grant, stage: Stage, trade: Trade) -> None:
    """Let the buyer's program ask for rows."""
    by = stage.actor(trade.buyer)
    if granted.keys.first() is None:
        make_grant_key(granted.pk, days=KEY_DAYS, by=by)
    key = the(granted.keys.first())
    answer_rows(granted.pk, rows.Question(), content_type=JSON, key_id=key.pk, by=by)


def give_back(order: Order, key: str, stage: Stage) -> None:
    """Give a part of what is held back to the buyer."""
    refund = propose_refund(
        order.pk,
        amount=BACK,
        reason="部分字段缺失，双方约定退款。 A column lacks values; both sides agreed.",
        request_key=f"{key}-refund",
        by=stage.actor(TREASURER),
    )
    let_out(refund, stage)


def let_out(sent: Disbursement, stage: Stage) -> None:
    """Approve outgoing money as a second officer."""
    if sent.state == DisbursementState.PROPOSED:
        approve_disbursement(sent.pk, by=stage.actor(SECOND_TREASURER))
