"""The steps that signing a contract and signing an amendment share, in their caller's act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from marketplace.accounts.passkeys import passkeys_of
from marketplace.accounts.session.services import prove_presence
from marketplace.core import Actor, Invalid, clock
from marketplace.credentials.services import attest
from marketplace.credentials.verifiable import stamp
from marketplace.ledger.verifier.verify import ACCEPTANCE
from marketplace.trading.orders.approval.authority import SigningMandate, as_mandate
from marketplace.trading.orders.approval.deals import Deal
from marketplace.trading.orders.approval.locks import locked_authority
from marketplace.trading.orders.contract.models import SignatureKind, SignatureRecord
from marketplace.trading.orders.order.policies import Side
from marketplace.trading.orders.signature.evidence import (
    Assertion,
    evidence_digest,
    passkey_evidence,
)

MEANS = {"password": "password given anew", "code": "one-time code given anew"}
"""What a statement says of how the centre knew who accepted; the verifier prints it."""


@dataclass(frozen=True, kw_only=True)
class ToSign:
    """A frozen text: its digest, and what it is, as `contract` and an id."""

    kind: str
    subject_id: UUID
    digest: str

    @property
    def subject(self) -> str:
        """Return how the ledger names it."""
        return f"{self.kind}:{self.subject_id}"


def refuse_unless_read(text: ToSign, digest: str) -> None:
    """Refuse unless the digest is that of the text, which the actor then has read.

    Raises:
        Invalid: it is another's (`contract-digest-mismatch`).
    """
    if not compare_digest(digest.strip().lower().encode(), text.digest.encode()):
        raise Invalid(
            _(
                "You have not read this text: its digest is another. "
                "Reload the page and read again."
            ),
            code="contract-digest-mismatch",
        )


def signed_text(
    text: ToSign,
    *,
    deal: Deal,
    password: str | None,
    code: str | None,
    assertion: Assertion | None,
    by: Actor,
) -> dict[str, Any]:
    """Return the fields of a signature record: by a passkey, or witnessed by the centre.

    Raises:
        NotAllowed: the sum is above the actor's limit, and no second person has approved it
            (`above-limit`).
        Invalid: there is no proof that it is the actor who signs, or it is wrong, as
            `prove_presence` says; or the passkey is not the actor's (`passkey-unknown`) or signed
            something else (`passkey-refused`).
    """
    assert by.person_id is not None, "Whoever signs is a person."
    mandate = as_mandate(locked_authority(deal, by), deal)
    moment, side, person_id = clock.now(), deal.side, by.person_id
    if assertion is not None:
        evidence: dict[str, Any] = dict(
            passkey_evidence(
                assertion,
                passkeys_of(person_id),
                digest=text.digest,
                subject_id=text.subject_id,
                side=side.value,
            )
        )
    else:
        means = MEANS[prove_presence(password=password, code=code, by=by)]
        evidence = _witnessed(text, mandate, side, means, person_id, moment, by)
    return {
        "side": side.value,
        "person_id": person_id,
        "kind": SignatureKind.WITNESSED if assertion is None else SignatureKind.PASSKEY,
        "evidence": evidence,
        "signed_at": moment,
        "mandate": mandate.told,
        "approved_by_id": mandate.approved_by_id,
    }


def signatures_as_data(signatures: Iterable[SignatureRecord]) -> list[dict[str, Any]]:
    """Return signatures as the document of both sides holds them."""
    return [
        {
            "side": each.side,
            "person": str(each.person_id),
            "signed_at": stamp(each.signed_at),
            "kind": each.kind,
            **({"mandate": each.mandate} if each.mandate else {}),
            **each.evidence,
        }
        for each in signatures
    ]


def _witnessed(
    text: ToSign,
    mandate: SigningMandate,
    side: Side,
    means: str,
    person_id: UUID,
    moment: datetime,
    by: Actor,
) -> dict[str, Any]:
    """Return the centre's signed statement that a person accepted the text before it."""
    statement = attest(
        identifier=uuid4(),
        kind=ACCEPTANCE,
        about=text.subject,
        claims={
            "digest": text.digest,
            "side": side.value,
            "person": str(person_id),
            "signed_at": stamp(moment),
            "means": means,
            "mandate_sha256": evidence_digest(mandate.told),
        },
        on=moment,
        by=by,
    )
    return {"statement": statement}
