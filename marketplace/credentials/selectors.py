"""Find credentials and check documents. What the centre signed is there to be shown to anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.credentials.data_integrity import proof_fits
from marketplace.credentials.documents import (
    Malformed,
    digest_of,
    earlier_proof,
    signature_fits,
    signed_bytes,
)
from marketplace.credentials.identity import verification_method
from marketplace.credentials.models import PUBLIC_KINDS, Credential, SigningKey, Suite
from marketplace.credentials.states import CredentialState, StatusReason
from marketplace.credentials.verifiable import OWN_NAMES


def all_credentials() -> QuerySet[Credential]:
    """Return every credential: each can be checked by whoever was given its address or number."""
    return Credential.objects.select_related("key")


def credential_by_number(number: str) -> Credential | None:
    """Find a credential by its number, whatever its case."""
    if "\x00" in number:
        # No text of PostgreSQL holds it, so that it cannot even be asked for.
        return None
    return all_credentials().filter(number=number.strip().upper()).first()


def document_of(credential: Credential) -> dict[str, Any]:
    """Return the signed document with its proof."""
    proof = credential.proof or earlier_proof(
        public_key=credential.key.public_key, signature=credential.signature
    )
    return {**credential.document, "proof": proof}


@dataclass(frozen=True)
class Doubt:
    """Why something does not hold: a stable code and a sentence."""

    code: str
    sentence: str


@dataclass(frozen=True)
class CheckResult:
    """Whether a document or number holds today, why not, and the credential it was found to be.

    `credential` is None where none was found, or where a number alone does not open it.
    """

    doubts: tuple[Doubt, ...]
    credential: Credential | None

    @property
    def valid(self) -> bool:
        return not self.doubts

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return what speaks against it, in sentences."""
        return tuple(doubt.sentence for doubt in self.doubts)


def check_document(document: Mapping[str, Any]) -> CheckResult:
    """Check a document: its form, its signature by a key of this centre, its state today."""
    try:
        signed, digest = signed_bytes(document), digest_of(document)
    except Malformed:
        return malformed()
    proof, number = document.get("proof"), document.get("number")
    if not isinstance(proof, Mapping) or not isinstance(number, str):
        return malformed()
    credential = credential_by_number(number)
    if credential is None or not _names_our_key(credential, proof):
        return _doubted("foreign-key", _("No key of this centre signed this document."))
    public_key = credential.key.public_key
    if credential.suite == Suite.EDDSA_JCS:
        fits = proof_fits(document, public_key=public_key)
    else:
        fits = signature_fits(signed, public_key=public_key, signature=str(proof.get("signature")))
    if not fits:
        return _doubted(
            "altered", _("The document was altered: the signature does not fit what it says.")
        )
    if credential.digest != digest or dict(proof) != document_of(credential)["proof"]:
        return _doubted("altered", _("This is not the document that carries this number."))
    return CheckResult(standing(credential, on=clock.today()), credential)


def _names_our_key(credential: Credential, proof: Mapping[str, Any]) -> bool:
    if credential.suite == Suite.EDDSA_JCS:
        named = proof.get("verificationMethod")
        return named == verification_method(credential.issuer, credential.key.public_key)
    return proof.get("public_key") == credential.key.public_key


def check_number(number: str) -> CheckResult:
    """Check a number: whether the centre gave it out and what stands today."""
    credential = credential_by_number(number)
    if credential is None:
        return _doubted(
            "unknown-number",
            _("This centre has issued no credential with this number. Compare it with the paper."),
        )
    is_public = credential.kind in PUBLIC_KINDS
    return CheckResult(standing(credential, on=clock.today()), credential if is_public else None)


def standing(credential: Credential, *, on: date) -> tuple[Doubt, ...]:
    """Return what speaks against a credential on a day, apart from its signature."""
    doubts = []
    if credential.state == CredentialState.REVOKED:
        reason = StatusReason(credential.reason).label
        doubts.append(Doubt("revoked", _("It was revoked: %(reason)s.") % {"reason": reason}))
    if credential.state == CredentialState.SUSPENDED:
        reason = StatusReason(credential.reason).label
        doubts.append(Doubt("suspended", _("It is suspended: %(reason)s.") % {"reason": reason}))
    if on < credential.valid_from:
        day = date_format(credential.valid_from)
        doubts.append(Doubt("not-yet", _("It holds from %(day)s on.") % {"day": day}))
    if on > credential.valid_until:
        day = date_format(credential.valid_until)
        doubts.append(Doubt("expired", _("It expired on %(day)s.") % {"day": day}))
    return tuple(doubts)


def malformed() -> CheckResult:
    """Return the doubt about what is no document of a centre at all."""
    return _doubted(
        "malformed",
        _("This is no signed document of a centre. Paste the whole JSON file, without changes."),
    )


def _doubted(code: str, sentence: str) -> CheckResult:
    return CheckResult((Doubt(code, sentence),), None)


def claims_of(credential: Credential) -> dict[str, Any]:
    """Return what a credential states, as plain values."""
    if credential.suite == Suite.EARLIER:
        return dict(credential.document.get("claims", {}))
    subject = credential.document["credentialSubject"]
    return {name: value for name, value in subject.items() if name not in OWN_NAMES}


def issuer_name(credential: Credential) -> str:
    """Return the name of the centre as the document gives it."""
    issuer = credential.document["issuer"]
    return str(issuer["name"] if isinstance(issuer, Mapping) else issuer)


def public_keys() -> list[str]:
    """Return every key that has signed credentials, oldest first, in hexadecimal digits."""
    return list(SigningKey.objects.order_by("created_at").values_list("public_key", flat=True))


def key_of(public_key: str) -> SigningKey | None:
    """Find a key by its public half, in hexadecimal digits."""
    return SigningKey.objects.filter(public_key=public_key).first()


def key_in_use() -> SigningKey | None:
    return SigningKey.objects.filter(retired_at=None).first()


def places_in_state(issuer: str, number: int, state: CredentialState) -> list[int]:
    """List the places in a status list of an issuer whose credentials are in a state."""
    rows = Credential.objects.filter(issuer=issuer, status_list=number, state=state)
    return [place for place in rows.values_list("status_index", flat=True) if place is not None]


def has_list(issuer: str, number: int) -> bool:
    """Return whether an issuer has given out a place in a status list."""
    return Credential.objects.filter(issuer=issuer, status_list=number).exists()
