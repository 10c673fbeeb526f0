"""Issue a credential, suspend it, reinstate it, revoke it.

The thing that a credential shows calls these in its own act, and has checked who may do it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.credentials import verifiable
from marketplace.credentials.data_integrity import proof_of, proof_options
from marketplace.credentials.documents import digest_of
from marketplace.credentials.events import (
    CredentialIssued,
    CredentialReinstated,
    CredentialRemarked,
    CredentialRevoked,
    CredentialSuspended,
)
from marketplace.credentials.identity import issuer_of, verification_method
from marketplace.credentials.models import Credential, CredentialKind, Suite
from marketplace.credentials.multibase import from_base58btc
from marketplace.credentials.selectors import credential_by_number
from marketplace.credentials.services.keys import current_key, sign
from marketplace.credentials.services.places import free_place
from marketplace.credentials.states import CREDENTIAL, CredentialState, StatusReason
from marketplace.ledger.services.recording import record


@transaction.atomic
def issue_credential(
    *,
    kind: CredentialKind,
    subject: str,
    number: str,
    claims: Mapping[str, Any],
    valid_from: date,
    valid_until: date,
    about: tuple[str, ...] = (),
    by: Actor,
) -> Credential:
    """Sign what the centre states of a subject, as a W3C Verifiable Credential 2.0.

    `claims` holds what canonical JSON can (RFC 8785): texts, lists, objects, truth values, and
    numbers up to 2^53; money and other decimals as texts. Both days are part of the validity.

    Raises:
        Invalid: the number is used already, the validity ends before it begins, or a claim has a
            name that the document itself uses.
    """
    number = number.strip().upper()
    if credential_by_number(number) is not None:
        raise Invalid(_("There is a credential with this number already."), code="number-used")
    if valid_until < valid_from:
        raise Invalid(_("A credential cannot end before it begins."), code="validity-inverted")
    if verifiable.OWN_NAMES & set(claims):
        raise Invalid(_("A claim may not be called id or about."), code="claim-reserved")
    key, pk = current_key(by=by), uuid4()
    issuer = issuer_of(key.public_key)
    status_list, status_index = free_place(issuer)
    document = verifiable.unsigned_credential(
        pk=pk,
        kind=kind,
        number=number,
        issuer=issuer,
        subject=subject,
        claims=claims,
        valid_from=valid_from,
        valid_until=valid_until,
        status_list=status_list,
        status_index=status_index,
    )
    options = proof_options(
        document,
        verification_method=verification_method(issuer, key.public_key),
        created=verifiable.stamp(clock.now()),
    )
    proof = proof_of(document, options, sign=partial(sign, key))
    credential = Credential.objects.create(
        pk=pk,
        kind=kind,
        subject=subject,
        about=list(about),
        number=number,
        document=document,
        digest=digest_of(document),
        key=key,
        suite=Suite.EDDSA_JCS,
        signature=from_base58btc(proof["proofValue"]).hex(),
        proof=proof,
        issuer=issuer,
        status_list=status_list,
        status_index=status_index,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    record(
        CredentialIssued(
            subject=f"credential:{credential.pk}",
            about=_about(credential),
            credential_kind=str(kind),
            number=number,
            digest=credential.digest,
        ),
        by=by,
    )
    return credential


@transaction.atomic
def suspend_credential(credential_id: UUID, *, reason: StatusReason, by: Actor) -> Credential:
    """Let a credential not hold for the time being, for a reason; another one takes its place.

    Suspending it again for the same reason changes nothing.

    Raises:
        NotFound: there is no such credential.
        WrongState: it was revoked.
    """
    credential = locked(Credential.objects.all(), pk=credential_id)
    if credential.state != CredentialState.SUSPENDED:
        _move(credential, CredentialState.SUSPENDED, reason)
    elif credential.reason != reason:
        credential.reason = reason
        credential.save(update_fields=["reason"])
    else:
        return credential
    fact = CredentialSuspended(
        subject=f"credential:{credential.pk}", about=_about(credential), reason=str(reason)
    )
    record(fact, by=by)
    return credential


@transaction.atomic
def reinstate_credential(credential_id: UUID, *, by: Actor) -> Credential:
    """Let a suspended credential hold again. Reinstating it again changes nothing.

    Raises:
        NotFound: there is no such credential.
        WrongState: it was revoked.
    """
    credential = locked(Credential.objects.all(), pk=credential_id)
    if credential.state == CredentialState.ISSUED:
        return credential
    _move(credential, CredentialState.ISSUED, None)
    record(
        CredentialReinstated(subject=f"credential:{credential.pk}", about=_about(credential)),
        by=by,
    )
    return credential


@transaction.atomic
def revoke_credential(credential_id: UUID, *, reason: StatusReason, by: Actor) -> Credential:
    """End a credential for good. Revoking it again changes nothing.

    Raises:
        NotFound: there is no such credential.
    """
    credential = locked(Credential.objects.all(), pk=credential_id)
    if credential.state == CredentialState.REVOKED:
        return credential
    _move(credential, CredentialState.REVOKED, reason)
    fact = CredentialRevoked(
        subject=f"credential:{credential.pk}", about=_about(credential), reason=str(reason)
    )
    record(fact, by=by)
    return credential


@transaction.atomic
def remark_on_credential(
    credential_id: UUID, *, remarks: Sequence[Mapping[str, str]], by: Actor
) -> Credential:
    """Say what holds today beside what was signed; the same again changes nothing.

    Raises:
        NotFound: there is no such credential.
    """
    credential = locked(Credential.objects.all(), pk=credential_id)
    told = [dict(remark) for remark in remarks]
    if credential.remarks != told:
        credential.remarks = told
        credential.save(update_fields=["remarks"])
        fact = CredentialRemarked(
            subject=f"credential:{credential.pk}", about=_about(credential), remarks=len(told)
        )
        record(fact, by=by)
    return credential


def _move(credential: Credential, state: CredentialState, reason: StatusReason | None) -> None:
    CREDENTIAL.move(credential, state)
    credential.reason = reason or ""
    credential.save(update_fields=["state", "reason"])


def _about(credential: Credential) -> tuple[str, ...]:
    return (credential.subject, *credential.about)
