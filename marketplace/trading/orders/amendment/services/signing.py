"""Both sides sign an amendment as they signed the contract; with the second signature it holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from marketplace.core.actor import Actor
from marketplace.credentials.services.attesting import attest
from marketplace.ledger.services.recording import record
from marketplace.ledger.verifier.verify import AMENDMENT as AMENDMENT_DOCUMENT
from marketplace.trading.listings.budget.reserving import reserve_budget
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.amendment.events import AmendmentSigned
from marketplace.trading.orders.amendment.fitness import refuse_unless_fit
from marketplace.trading.orders.amendment.locks import locked_amendment
from marketplace.trading.orders.amendment.models import Amendment, AmendmentSignature
from marketplace.trading.orders.amendment.rules import (
    check_amendment_signer,
    check_changes,
    check_sign_amendment,
    has_signed_amendment,
)
from marketplace.trading.orders.amendment.selectors import plan_after, signatures_on
from marketplace.trading.orders.amendment.states import AMENDMENT, AmendmentState
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.signature.evidence import Assertion, evidence_digest
from marketplace.trading.orders.signature.signed_text import (
    ToSign,
    refuse_unless_read,
    signatures_as_data,
    signed_text,
)


@transaction.atomic
def sign_amendment(
    amendment_id: UUID,
    *,
    digest: str,
    password: str | None = None,
    assertion: Assertion | None = None,
    by: Actor,
) -> Amendment:
    """Sign an amendment's text by its digest; with the second signature its terms hold.

    The signatures are those of `sign_contract`. Signing it again changes nothing.

    Raises:
        NotFound: there is no such amendment among those the actor may see.
        NotAllowed: the actor signs for neither side.
        WrongState: it does not wait for signatures or is past its day (`amendment-over`), the
            contract is not in force (`not-amendable`), or a proof does not stand or the price is
            above the ceiling of today (their codes).
        Invalid: the digest is not that of the frozen text, the password is wrong
            (`password-wrong`), the passkey is not the actor's (`passkey-unknown`) or signed
            something else (`passkey-refused`), or what it changes cannot be changed any more.
    """
    order, amendment = locked_amendment(amendment_id, by=by)
    side = check_amendment_signer(amendment, by)
    text = ToSign(kind="amendment", subject_id=amendment.pk, digest=amendment.digest)
    refuse_unless_read(text, digest)
    if has_signed_amendment(amendment, side):
        return amendment
    check_sign_amendment(amendment, by)
    assert by.person_id is not None
    terms, plan = Terms.from_json(amendment.terms), plan_after(amendment)
    check_changes(order, terms, plan)
    refuse_unless_fit(order, terms, plan, is_proposed=True)
    is_concluded = signatures_on(amendment).exists()
    signature = AmendmentSignature.objects.create(
        amendment=amendment,
        **signed_text(
            text,
            side=side,
            password=password,
            assertion=assertion,
            person_id=by.person_id,
            by=by,
        ),
    )
    if is_concluded:
        _conclude(order, amendment, signature.signed_at, by)
    record(
        AmendmentSigned(
            subject=f"amendment:{amendment.pk}",
            about=amendment.concerns,
            side=side.value,
            amendment_sha256=amendment.digest,
            is_concluded=is_concluded,
            signature_kind=signature.kind,
            evidence_sha256=evidence_digest(signature.evidence),
        ),
        by=by,
    )
    return amendment


def _conclude(order: Order, amendment: Amendment, moment: datetime, by: Actor) -> None:
    """Let the amended terms hold from now on, and draw up the document of both sides."""
    AMENDMENT.move(amendment, AmendmentState.IN_FORCE)
    amendment.ended_at = moment
    amendment.document = _document(amendment, moment, by)
    amendment.save(update_fields=["state", "ended_at", "document"])
    order.terms, order.plan = amendment.terms, plan_after(amendment).as_json()
    reserve_budget(order.pk, order.agreed_terms)
    order.save(update_fields=["terms", "plan"])


def _document(amendment: Amendment, moment: datetime, by: Actor) -> dict[str, Any]:
    return attest(
        identifier=amendment.pk,
        kind=AMENDMENT_DOCUMENT,
        about=f"amendment:{amendment.pk}",
        claims={
            "language": amendment.language,
            "text": amendment.text,
            "digest": amendment.digest,
            "agreed": amendment.agreed,
            "signatures": signatures_as_data(signatures_on(amendment)),
        },
        on=moment,
        by=by,
    )
