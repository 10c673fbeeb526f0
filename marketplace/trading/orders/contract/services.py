"""Both sides sign a contract, and a side may terminate it."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed, clock, locked, visible
from marketplace.core.arguments import reason_of
from marketplace.core.versions import compare_expected
from marketplace.credentials.services import attest
from marketplace.ledger.binding import bound, by_itself
from marketplace.ledger.services.recording import record
from marketplace.ledger.verifier.verify import CONTRACT
from marketplace.trading.listings import gate
from marketplace.trading.listings.abroad.rules import check_abroad
from marketplace.trading.listings.budget.promises import refuse_unless_promised, reserve_budget
from marketplace.trading.listings.gate.composing import is_refused
from marketplace.trading.listings.sale.exclusion import refuse_if_ruled_out
from marketplace.trading.orders.approval.deals import deal_of_contract
from marketplace.trading.orders.contract import rules
from marketplace.trading.orders.contract.events import (
    ContractSigned,
    ContractTerminated,
    TerminationGiven,
)
from marketplace.trading.orders.contract.models import Contract, Signature
from marketplace.trading.orders.contract.rules import (
    check_terminate_contract,
    is_noticed,
    leave_until,
)
from marketplace.trading.orders.contract.selectors import contracts_visible_to
from marketplace.trading.orders.deletion.choices import DeletionCause
from marketplace.trading.orders.deletion.owing import ask_deletion
from marketplace.trading.orders.order.bought import bought_listing
from marketplace.trading.orders.order.course import move_order
from marketplace.trading.orders.order.events import OrderFree
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side, side_of
from marketplace.trading.orders.order.selectors import orders_ending, orders_visible_to
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.crediting import CreditReason
from marketplace.trading.orders.settlement.drawing import left_of_paid
from marketplace.trading.orders.settlement.held_money import return_released, wind_up
from marketplace.trading.orders.settlement.schedules import open_price
from marketplace.trading.orders.settlement.selectors import NOTHING, held_of, next_charge_of
from marketplace.trading.orders.settlement.unused import unused_part
from marketplace.trading.orders.signature.evidence import Assertion, evidence_digest
from marketplace.trading.orders.signature.signed_text import (
    ToSign,
    refuse_unless_read,
    signatures_as_data,
    signed_text,
)

WHY = reason_of(Order)

# Both sides sign a contract: each with a passkey of its own, or before the centre as a witness.


@transaction.atomic
def sign_contract(
    contract_id: UUID,
    *,
    digest: str,
    password: str | None = None,
    code: str | None = None,
    assertion: Assertion | None = None,
    by: Actor,
) -> Contract:
    """Sign the contract's text by its digest; with the second signature it is concluded.

    With an `assertion` of the actor's passkey it is a signature that the centre cannot forge. Else
    it is an acceptance witnessed by the centre, whose statement says by what it knew the actor: the
    `password` on a page, the one-time `code` through the API. Signing it again changes nothing.

    Raises:
        NotFound: there is no such contract among those the actor may see.
        NotAllowed: the actor signs for neither side, or the sum is above their limit and no second
            person of their organization has approved it (`above-limit`).
        WrongState: the order is not waiting for signatures, the text is of an earlier form
            (`contract-form-outdated`), the listing does not stand, or another offer of the dataset
            rules it out (`exclusive-taken`).
        Invalid: the digest is not that of the frozen text, the proof is missing or wrong
            (`signing-proof-missing`, `password-wrong`, `code-wrong`), or the passkey is not the
            actor's (`passkey-unknown`) or signed something else (`passkey-refused`).
    """
    rows = contracts_visible_to(by).select_related(None).prefetch_related(None).only("order_id")
    seen = visible(rows, pk=contract_id)
    # The order's lock also keeps two signers of its contract apart.
    order = locked(orders_visible_to(by), pk=seen.order_id)
    contract = Contract.objects.get(pk=contract_id)
    compare_expected(contract)
    contract.order = order
    side = rules.check_signer(contract, by)
    text = ToSign(kind="contract", subject_id=contract.pk, digest=contract.digest)
    refuse_unless_read(text, digest)
    if rules.has_signed(contract, side):
        return contract
    rules.check_sign_contract(contract, by)
    gate.refuse_unless_standing(order.listing, order.rests_on)
    refuse_if_ruled_out(order.listing)
    check_abroad(order.listing, order.buyer)
    refuse_unless_promised(order.pk, order.agreed_terms)
    made = signed_text(
        text,
        deal=deal_of_contract(contract, side),
        password=password,
        code=code,
        assertion=assertion,
        by=by,
    )
    signature = Signature.objects.create(contract=contract, **made)
    _keep_signature(contract, signature, side, by)
    record(_signed(contract, signature), binds=bound(contract, order), by=by)
    if contract.is_signed:
        open_price(order, by=by)
        if not order.due_first:
            _begin_free_delivery(order, by)
    return contract


def _keep_signature(contract: Contract, signature: Signature, side: Side, by: Actor) -> None:
    """Name who signed for a side; with the second signature the order is signed."""
    if side == Side.SELLER:
        contract.seller_signed_by_id, contract.seller_signed_at = by.person_id, signature.signed_at
    else:
        contract.buyer_signed_by_id, contract.buyer_signed_at = by.person_id, signature.signed_at
    if contract.is_signed:
        order = contract.order
        reserve_budget(order.pk, order.agreed_terms)
        contract.document = _document(contract, signature.signed_at, by)
        move_order(order, OrderState.SIGNED)
        order.save(update_fields=["state"])
    contract.save(update_fields=[f"{side}_signed_by_id", f"{side}_signed_at", "document"])


def _signed(contract: Contract, signature: Signature) -> ContractSigned:
    return ContractSigned(
        subject=f"contract:{contract.pk}",
        about=(f"order:{contract.order_id}", *contract.order.concerns),
        side=Side(signature.side).value,
        contract_sha256=contract.digest,
        is_concluded=contract.is_signed,
        signature_kind=signature.kind,
        evidence_sha256=evidence_digest(signature.evidence),
        mandate_sha256=evidence_digest(signature.mandate),
    )


def _document(contract: Contract, moment: datetime, by: Actor) -> dict[str, Any]:
    """Return the document that both sides get: text, what was agreed, both signatures."""
    return attest(
        identifier=contract.pk,
        kind=CONTRACT,
        about=f"contract:{contract.pk}",
        claims={
            "language": contract.language,
            "text": contract.text,
            "digest": contract.digest,
            "agreed": contract.agreed,
            "signatures": signatures_as_data(
                Signature.objects.filter(contract=contract).order_by("-side")
            ),
        },
        on=moment,
        by=by,
    )


def _begin_free_delivery(order: Order, by: Actor) -> None:
    """Leave out the payment where there is no price."""
    move_order(order, OrderState.PAID)
    order.save(update_fields=["state"])
    record(OrderFree(subject=f"order:{order.pk}", about=order.concerns), by=by)


# A side ends a concluded contract, with a reason: at once, or when what is paid for is over.


@transaction.atomic
def terminate_contract(order_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> Order:
    """End the contract of an order. Giving notice again changes nothing.

    Before delivery either side ends it at once, and what is held goes back to the buyer. Between
    delivery and acceptance only the seller does, with the same effect: the buyer accepts or
    objects. After acceptance what is paid by periods ends when the paid period does, for either
    side; what was paid for as a whole only the buyer gives up, at once and without a refund. A
    buyer of later revisions leaves at once within 30 days after rules of quality promise less, and
    what was paid for the days that are left goes back, as far as the seller's account holds it.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the actor is no side of it.
        WrongState: it is not concluded, in dispute or over; the register passes or has passed the
            right that it sold (`right-passing`, `right-passed`); or the rule above leaves it to the
            other side (`not-yours-to-end`); or the buyer owes what is due (`charge-overdue`).
        Invalid: there is no reason.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    if is_noticed(order) and side_of(by, order) is not None:
        return order
    side = check_terminate_contract(order, by)
    order.reason = WHY.given(reason)
    if side == Side.BUYER and leave_until(order) is not None:
        return _end(order, side=side.value, leaves=True, by=by)
    coming = next_charge_of(order, on=clock.today())
    if order.state == OrderState.COMPLETED and coming is not None:
        order.ends_on = coming.due_on
        order.save(update_fields=["reason", "ends_on"])
        record(
            TerminationGiven(
                subject=f"order:{order.pk}",
                about=(f"contract:{order.contract.pk}", *order.concerns),
                side=side.value,
                ends_on=coming.due_on.isoformat(),
            ),
            binds=bound(order),
            by=by,
        )
        return order
    return _end(order, side=side.value, by=by)


@transaction.atomic
def end_refused_order(order_id: UUID, *, by: Actor) -> Order:
    """End a paid order whose data may no longer go out: all that is held goes back to the buyer.

    Nothing changes where the data may go out, or the order is not paid or over.

    Raises:
        NotFound: there is no such order.
        NotAllowed: the actor is not the centre's own software.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    if not by.is_system:
        raise NotAllowed(_("The centre's own software ends what it cannot deliver."))
    if order.state != OrderState.PAID or not is_refused(bought_listing(order)):
        return order
    order.reason = _(
        "Together with an earlier release about the same people, the data tells more of a person "
        "than the centre allows. It is not delivered, and the money goes back."
    )
    return _end(order, side="", by=by)


def end_terminated_contracts(*, by: Actor) -> list[UUID]:
    """End each contract whose notice has run out; return the orders.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the terms."))
    ended = []
    for order_id in list(orders_ending(clock.today()).values_list("pk", flat=True)):
        with by_itself():
            order = locked(orders_visible_to(by), pk=order_id)
            if order.state == OrderState.COMPLETED and order.ends_on is not None:
                _end(order, side="", by=by)
                ended.append(order_id)
    return ended


def _end(order: Order, *, side: str, leaves: bool = False, by: Actor) -> Order:
    cause, why = f"termination:{order.pk}", CreditReason.TERMINATED
    if leaves:
        cause, why = f"leaving:{order.pk}", CreditReason.LEFT
    held = NOTHING if order.state == OrderState.COMPLETED else held_of(order)
    back = NOTHING
    if leaves:
        due = min(unused_part(order, on=clock.today()), left_of_paid(order))
        back = return_released(order, due, cause=cause, why=why)
    move_order(order, OrderState.TERMINATED)
    order.ends_on = order.ends_on or clock.today()
    order.save(update_fields=["state", "reason", "ends_on"])
    wind_up(order, refund=held, cause=cause, why=why, by=by)
    ask_deletion(order, cause=DeletionCause.TERMINATED, by=by)
    record(
        ContractTerminated(
            subject=f"order:{order.pk}",
            about=(f"contract:{order.contract.pk}", *order.concerns),
            side=side,
            refunded=str(held + back),
            currency=order.currency,
        ),
        binds=bound(order),
        by=by,
    )
    return order
