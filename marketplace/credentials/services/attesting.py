"""Sign a statement that needs no number and no status: a contract, an acceptance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from marketplace.core.actor import Actor
from marketplace.credentials import verifiable
from marketplace.credentials.data_integrity import proof_of, proof_options
from marketplace.credentials.identity import issuer_of, verification_method
from marketplace.credentials.services.keys import current_key, sign


@transaction.atomic(savepoint=False)
def attest(
    *, identifier: UUID, kind: str, about: str, claims: Mapping[str, Any], on: datetime, by: Actor
) -> dict[str, Any]:
    """Return a W3C Verifiable Credential 2.0, signed, of what the centre states of a subject.

    `identifier` becomes its `urn:uuid`; `claims` holds what canonical JSON can (RFC 8785). The
    caller keeps the document and records the fact.
    """
    key = current_key(by=by)
    issuer, created = issuer_of(key.public_key), verifiable.stamp(on)
    document = {
        "@context": verifiable.CONTEXTS,
        "id": f"urn:uuid:{identifier}",
        "type": ["VerifiableCredential", kind],
        "issuer": {"id": issuer, "name": settings.CENTRE_NAME},
        "validFrom": created,
        "credentialSubject": {"about": about, **claims},
    }
    options = proof_options(
        document,
        verification_method=verification_method(issuer, key.public_key),
        created=created,
    )
    return {**document, "proof": proof_of(document, options, sign=partial(sign, key))}
