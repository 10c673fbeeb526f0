"""Both sides sign a contract or an amendment: by passkey, or before the centre as a witness."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.db import transaction

from marketplace.core import (
    Actor,
    locked,
    longest_of,
    visible,
)
from marketplace.core.arguments import Group, Text
from marketplace.core.versions import compare_expected
from marketplace.credentials.services import attest
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record
from marketplace.ledger.verifier.verify import AMENDMENT as AMENDED
from marketplace.ledger.verifier.verify import CONTRACT
from marketplace.trading.listings import gate
from marketplace.trading.listings.abroad.rules import check_abroad
from marketplace.trading.listings.budget.promises import refuse_unless_promised, reserve_budget
from marketplace.trading.listings.listing.exclusion import refuse_if_ruled_out
from marketplace.trading.listings.sale.licences import change_licence
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.amendment.events import (
    AmendmentSigned,
)
from marketplace.trading.orders.amendment.fitness import refuse_unless_fit
from marketplace.trading.orders.amendment.locks import locked_amendment
from marketplace.trading.orders.amendment.models import Amendment, AmendmentSignature
from marketplace.trading.orders.amendment.rules import (
    check_amendment_signer,
    check_changes,
    has_signed_amendment,
)
from marketplace.trading.orders.amendment.selectors import (
    plan_after,
    signatures_on,
)
from marketplace.trading.orders.amendment.states import AMENDMENT, AmendmentState
from marketplace.trading.orders.approval.deals import deal_of_amendment, deal_of_contract
from marketplace.trading.orders.contract.events import (
    ContractSigned,
)
from marketplace.trading.orders.contract.models import Contract, Signature, SignatureRecord
from marketplace.trading.orders.contract.rules import check_signer, has_signed
from marketplace.trading.orders.contract.selectors import contracts_visible_to
from marketplace.trading.orders.course.moves import move_order
from marketplace.trading.orders.order.events import OrderFree
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.schedules import open_price
from marketplace.trading.orders.signature.evidence import Assertion, evidence_digest
from marketplace.trading.orders.signature.rules import check_sign_amendment, check_sign_contract
from marketplace.trading.orders.signature.signed_text import (
    ToSign,
    refuse_unless_read,
    signatures_as_data,
    signed_text,
)

DIGEST = Text(longest=longest_of(Contract, "digest"), is_hidden=True)
CODE = Text(longest=12, is_secret=True)
ASSERTION = Group(
    of=Assertion,
    name="AssertionIn",
    about=(
        "What a passkey answered, each in base64url without padding.\n\n"
        "It signs as challenge the SHA-256 of: the ASCII words `contract-signature/v1`, a zero "
        "byte, the 32 bytes of the text's digest, the 16 bytes of the contract's UUID, and "
        "`seller` or `buyer`."
    ),
)
DOCUMENTS = {"contract": CONTRACT, "amendment": AMENDED}
"""What the centre states of both signatures, by the kind of text."""


@transaction.atomic
def sign_contract(
    contract_id: UUID,
    *,
    digest: Annotated[str, DIGEST],
    password: str | None = None,
    code: Annotated[str | None, CODE] = None,
    assertion: Annotated[Assertion | None, ASSERTION] = None,
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
    side = check_signer(contract, by)
    text = ToSign(kind="contract", subject_id=contract.pk, digest=contract.digest)
    refuse_unless_read(text, digest)
    if has_signed(contract, side):
        return contract
    check_sign_contract(contract, by)
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
    _keep_signature(contract, text, signature, by)
    record(_signed(contract, signature), binds=bound(contract, order), by=by)
    if contract.is_signed:
        open_price(order, by=by)
        if not order.due_first:
            _begin_free_delivery(order, by)
    return contract


def _keep_signature(contract: Contract, text: ToSign, signature: Signature, by: Actor) -> None:
    """Name who signed for a side; with the second signature the order is signed."""
    side = Side(signature.side)
    if side == Side.SELLER:
        contract.seller_signed_by_id, contract.seller_signed_at = by.person_id, signature.signed_at
    else:
        contract.buyer_signed_by_id, contract.buyer_signed_at = by.person_id, signature.signed_at
    if contract.is_signed:
        order = contract.order
        reserve_budget(order.pk, order.agreed_terms)
        signatures = Signature.objects.filter(contract=contract).order_by("-side")
        contract.document = _document(contract, text, signatures, signature.signed_at, by)
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


def _document(
    of: Contract | Amendment,
    text: ToSign,
    signatures: Iterable[SignatureRecord],
    moment: datetime,
    by: Actor,
) -> dict[str, Any]:
    """Return the document that both sides get: text, what was agreed, both signatures."""
    return attest(
        identifier=of.pk,
        kind=DOCUMENTS[text.kind],
        about=text.subject,
        claims={
            "language": of.language,
            "text": of.text,
            "digest": of.digest,
            "agreed": of.agreed,
            "signatures": signatures_as_data(signatures),
        },
        on=moment,
        by=by,
    )


def _begin_free_delivery(order: Order, by: Actor) -> None:
    """Leave out the payment where there is no price."""
    move_order(order, OrderState.PAID)
    order.save(update_fields=["state"])
    record(OrderFree(subject=f"order:{order.pk}", about=order.concerns), by=by)


@transaction.atomic
def sign_amendment(
    amendment_id: UUID,
    *,
    digest: Annotated[str, DIGEST],
    password: str | None = None,
    code: Annotated[str | None, CODE] = None,
    assertion: Annotated[Assertion | None, ASSERTION] = None,
    by: Actor,
) -> Amendment:
    """Sign an amendment's text by its digest; with the second signature its terms hold.

    The signatures are those of `sign_contract`. Signing it again changes nothing.

    Raises:
        NotFound: there is no such amendment among those the actor may see.
        NotAllowed: the actor signs for neither side, or the sum is above their limit and no second
            person of their organization has approved it (`above-limit`).
        WrongState: it does not wait for signatures or is past its day (`amendment-over`), the
            contract is not in force (`not-amendable`), or a proof does not stand or the price is
            above the ceiling of today (their codes).
        Invalid: as for `sign_contract`; or what it changes cannot be changed any more.
    """
    order, amendment = locked_amendment(amendment_id, by=by)
    side = check_amendment_signer(amendment, by)
    text = ToSign(kind="amendment", subject_id=amendment.pk, digest=amendment.digest)
    refuse_unless_read(text, digest)
    if has_signed_amendment(amendment, side):
        return amendment
    check_sign_amendment(amendment, by)
    terms, plan = Terms.from_json(amendment.terms), plan_after(amendment)
    check_changes(order, terms, plan)
    refuse_unless_fit(order, terms, plan, is_proposed=True)
    is_concluded = signatures_on(amendment).exists()
    deal = deal_of_amendment(amendment, side)
    signature = AmendmentSignature.objects.create(
        amendment=amendment,
        **signed_text(text, deal=deal, password=password, code=code, assertion=assertion, by=by),
    )
    if is_concluded:
        _conclude(order, amendment, text, signature.signed_at, by)
    record(
        AmendmentSigned(
            subject=f"amendment:{amendment.pk}",
            about=amendment.concerns,
            side=side.value,
            amendment_sha256=amendment.digest,
            is_concluded=is_concluded,
            signature_kind=signature.kind,
            evidence_sha256=evidence_digest(signature.evidence),
            mandate_sha256=evidence_digest(signature.mandate),
        ),
        binds=bound(amendment, order),
        by=by,
    )
    return amendment


def _conclude(
    order: Order, amendment: Amendment, text: ToSign, moment: datetime, by: Actor
) -> None:
    """Let the amended terms hold from now on, and draw up the document of both sides."""
    AMENDMENT.move(amendment, AmendmentState.IN_FORCE)
    amendment.ended_at = moment
    amendment.document = _document(amendment, text, signatures_on(amendment), moment, by)
    amendment.save(update_fields=["state", "ended_at", "document"])
    order.terms, order.plan = amendment.terms, plan_after(amendment).as_json()
    reserve_budget(order.pk, order.agreed_terms)
    order.save(update_fields=["terms", "plan"])
    change_licence(order.pk, months=order.agreed_terms.licence_months)
