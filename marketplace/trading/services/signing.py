"""Both sides sign a contract: each with a passkey of its own, or before the centre as a witness."""

from __future__ import annotations

from datetime import datetime
from hmac import compare_digest
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.passkeys import knows_password, passkeys_of
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.core.locking import locked, visible
from marketplace.credentials.services.attesting import attest
from marketplace.credentials.verifiable import stamp
from marketplace.ledger.services.recording import record
from marketplace.ledger.verify import ACCEPTANCE, CONTRACT
from marketplace.trading import gate, policies
from marketplace.trading.events import ContractSigned, OrderFree
from marketplace.trading.models import Contract, Order, Signature, SignatureKind
from marketplace.trading.money.schedules import open_price
from marketplace.trading.policies import Side
from marketplace.trading.selectors import contracts_visible_to, orders_visible_to
from marketplace.trading.signatures import Assertion, evidence_digest, passkey_evidence
from marketplace.trading.states import ORDER, OrderState


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
        WrongState: the order is not waiting for signatures, or the listing does not stand.
        Invalid: the digest is not that of the frozen text, the password is wrong
            (`password-wrong`), or the passkey is not the actor's (`passkey-unknown`) or signed
            something else (`passkey-refused`).
    """
    seen = visible(contracts_visible_to(by), pk=contract_id)
    # The order's lock also keeps two signers of its contract apart.
    order = locked(orders_visible_to(by), pk=seen.order_id)
    contract = Contract.objects.get(pk=contract_id)
    side = policies.side_of(by, order)
    if side is None or by.person_id is None:
        raise NotAllowed(_("Only the seller's officer and the buyer can sign this contract."))
    if not compare_digest(digest.strip().lower().encode(), contract.digest.encode()):
        raise Invalid(
            _(
                "You have not read this text: its digest is another. "
                "Reload the page and read again."
            ),
            code="contract-digest-mismatch",
        )
    if _has_signed(contract, side):
        return contract
    if order.state != OrderState.ACCEPTED:
        raise WrongState(_("This contract is not waiting for a signature. Reload the page."))
    gate.refuse_unless_standing(order.listing)
    signature = _signature(contract, side, password, assertion, by.person_id, by)
    if side == Side.SELLER:
        contract.seller_signed_by_id, contract.seller_signed_at = by.person_id, signature.signed_at
    else:
        contract.buyer_signed_by_id, contract.buyer_signed_at = by.person_id, signature.signed_at
    if contract.is_signed:
        contract.document = _document(contract, signature.signed_at, by)
        ORDER.move(order, OrderState.SIGNED)
        order.save(update_fields=["state"])
    contract.save(update_fields=[f"{side}_signed_by_id", f"{side}_signed_at", "document"])
    record(
        ContractSigned(
            subject=f"contract:{contract.pk}",
            about=(f"order:{order.pk}", *order.concerns),
            side=side.value,
            contract_sha256=contract.digest,
            is_concluded=contract.is_signed,
            signature_kind=signature.kind,
            evidence_sha256=evidence_digest(signature.evidence),
        ),
        by=by,
    )
    if contract.is_signed:
        open_price(order, by=by)
    if contract.is_signed and not order.due_first:
        _begin_free_delivery(order, by)
    return contract


def _signature(
    contract: Contract,
    side: Side,
    password: str | None,
    assertion: Assertion | None,
    person_id: UUID,
    by: Actor,
) -> Signature:
    moment, evidence = clock.now(), None
    if assertion is not None:
        evidence = passkey_evidence(
            assertion,
            passkeys_of(person_id),
            digest=contract.digest,
            subject_id=contract.pk,
            side=side.value,
        )
    elif password is not None and not knows_password(person_id, password):
        sentence = _("This is not your password. Nothing was signed.")
        raise Invalid(sentence, code="password-wrong", fields={"password": [sentence]})
    return Signature.objects.create(
        contract=contract,
        side=side.value,
        person_id=person_id,
        kind=SignatureKind.WITNESSED if evidence is None else SignatureKind.PASSKEY,
        evidence=evidence or _witnessed(contract, side, password, person_id, moment, by),
        signed_at=moment,
    )


def _witnessed(
    contract: Contract,
    side: Side,
    password: str | None,
    person_id: UUID,
    moment: datetime,
    by: Actor,
) -> dict[str, Any]:
    """Answer the centre's signed statement that a person accepted the text before it."""
    statement = attest(
        identifier=uuid4(),
        kind=ACCEPTANCE,
        about=f"contract:{contract.pk}",
        claims={
            "digest": contract.digest,
            "side": side.value,
            "person": str(person_id),
            "signed_at": stamp(moment),
            "means": "digest named, no password" if password is None else "password given anew",
        },
        on=moment,
        by=by,
    )
    return {"statement": statement}


def _document(contract: Contract, moment: datetime, by: Actor) -> dict[str, Any]:
    """Answer the document that both sides get: text, what was agreed, both signatures."""
    return attest(
        identifier=contract.pk,
        kind=CONTRACT,
        about=f"contract:{contract.pk}",
        claims={
            "language": contract.language,
            "text": contract.text,
            "digest": contract.digest,
            "agreed": contract.agreed,
            "signatures": [
                {
                    "side": each.side,
                    "person": str(each.person_id),
                    "signed_at": stamp(each.signed_at),
                    "kind": each.kind,
                    **each.evidence,
                }
                for each in Signature.objects.filter(contract=contract).order_by("-side")
            ],
        },
        on=moment,
        by=by,
    )


def _begin_free_delivery(order: Order, by: Actor) -> None:
    """Leave out the payment where there is no price."""
    ORDER.move(order, OrderState.PAID)
    order.save(update_fields=["state"])
    record(OrderFree(subject=f"order:{order.pk}", about=order.concerns), by=by)


def _has_signed(contract: Contract, side: Side) -> bool:
    moment = contract.seller_signed_at if side == Side.SELLER else contract.buyer_signed_at
    return moment is not None
