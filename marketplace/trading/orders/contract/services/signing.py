"""Both sides sign a contract: each with a passkey of its own, or before the centre as a witness."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from marketplace.core.actor import Actor
from marketplace.core.locking import locked, visible
from marketplace.credentials.services.attesting import attest
from marketplace.ledger.services.recording import record
from marketplace.ledger.verifier.verify import CONTRACT
from marketplace.trading.listings import gate
from marketplace.trading.listings.budget.reserving import refuse_unless_promised, reserve_budget
from marketplace.trading.orders.contract import rules
from marketplace.trading.orders.contract.events import ContractSigned
from marketplace.trading.orders.contract.models import Contract, Signature
from marketplace.trading.orders.contract.selectors import contracts_visible_to
from marketplace.trading.orders.order.course import move_order
from marketplace.trading.orders.order.events import OrderFree
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.schedules import open_price
from marketplace.trading.orders.signature.evidence import Assertion, evidence_digest
from marketplace.trading.orders.signature.signed_text import (
    ToSign,
    refuse_unless_read,
    signatures_as_data,
    signed_text,
)


@transaction.atomic
def sign_contract(
    contract_id: UUID,
    *,
    digest: str,
    password: str | None = None,
    assertion: Assertion | None = None,
    by: Actor,
) -> Contract:
    """Sign the contract's text by its digest; with the second signature it is concluded.

    With an `assertion` of the actor's passkey it is a signature that the centre cannot forge. Else
    it is an acceptance witnessed by the centre, whose statement says whether the `password` was
    given anew. Signing it again changes nothing.

    Raises:
        NotFound: there is no such contract among those the actor may see.
        NotAllowed: the actor signs for neither side.
        WrongState: the order is not waiting for signatures, the text is of an earlier form
            (`contract-form-outdated`), or the listing does not stand.
        Invalid: the digest is not that of the frozen text, the password is wrong
            (`password-wrong`), or the passkey is not the actor's (`passkey-unknown`) or signed
            something else (`passkey-refused`).
    """
    rows = contracts_visible_to(by).select_related(None).prefetch_related(None).only("order_id")
    seen = visible(rows, pk=contract_id)
    # The order's lock also keeps two signers of its contract apart.
    order = locked(orders_visible_to(by), pk=seen.order_id)
    contract = Contract.objects.get(pk=contract_id)
    contract.order = order
    side = rules.check_signer(contract, by)
    assert by.person_id is not None
    text = ToSign(kind="contract", subject_id=contract.pk, digest=contract.digest)
    refuse_unless_read(text, digest)
    if rules.has_signed(contract, side):
        return contract
    rules.check_sign_contract(contract, by)
    gate.refuse_unless_standing(order.listing)
    refuse_unless_promised(order.pk, order.agreed_terms)
    made = signed_text(
        text,
        side=side,
        password=password,
        assertion=assertion,
        person_id=by.person_id,
        by=by,
    )
    signature = Signature.objects.create(contract=contract, **made)
    _keep_signature(contract, signature, side, by)
    record(_signed(contract, signature), by=by)
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
