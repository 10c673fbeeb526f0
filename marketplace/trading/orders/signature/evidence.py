"""What a signature on a contract is: a passkey's assertion, or an acceptance that the centre saw.

The same checks as in `marketplace/ledger/verifier/verify.py`, which anybody can run without the
centre.
"""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.passkeys import Passkey, rp_id
from marketplace.core import Invalid
from marketplace.core.arguments import Text
from marketplace.credentials.documents import canonical_bytes
from marketplace.credentials.identity import address_of
from marketplace.ledger.verifier.verify import Refused, check_assertion, contract_challenge


@dataclass(frozen=True, kw_only=True)
class Assertion:
    """What a browser hands back when a passkey signs; each in base64url without padding."""

    credential_id: Annotated[str, Text(longest=1400, is_hidden=True)]
    client_data: Annotated[str, Text(longest=4000, is_hidden=True)]
    authenticator_data: Annotated[str, Text(longest=4000, is_hidden=True)]
    signature: Annotated[str, Text(longest=4000, is_hidden=True)]


def challenge_for(digest: str, subject_id: UUID, side: str) -> str:
    """Return what a side's passkey signs, in base64url without padding."""
    challenge = contract_challenge(digest, str(subject_id), side)
    return urlsafe_b64encode(challenge).decode().rstrip("=")


def passkey_evidence(
    assertion: Assertion,
    passkeys: Iterable[Passkey],
    *,
    digest: str,
    subject_id: UUID,
    side: str,
) -> dict[str, str]:
    """Check what a passkey signed; answer all that anybody needs to check it again.

    Raises:
        Invalid: the passkey is none of those, or has not signed this text for this side.
    """
    known = {each.credential_id: each for each in passkeys}
    passkey = known.get(assertion.credential_id)
    if passkey is None:
        raise Invalid(
            _("This passkey is not registered for you. Sign with one of your own."),
            code="passkey-unknown",
        )
    evidence = {
        **asdict(assertion),
        "public_key": passkey.public_key,
        "origin": address_of(""),
        "rp_id": rp_id(),
    }
    try:
        check_assertion(evidence, contract_challenge(digest, str(subject_id), side))
    except Refused:
        raise Invalid(
            _(
                "The passkey has not signed this text for your side, or not on this site. "
                "Reload the page and sign again."
            ),
            code="passkey-refused",
        ) from None
    return evidence


def evidence_digest(evidence: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a signature's evidence as canonical JSON, as hex."""
    return hashlib.sha256(canonical_bytes(evidence)).hexdigest()
