"""Give the certificate of a claim that is deposited."""

from collections.abc import Mapping
from typing import Any

from marketplace.core import Actor
from marketplace.credentials.models import CredentialKind
from marketplace.credentials.services import issue_credential
from marketplace.ledger.services.recording import record
from marketplace.rights.certificate.events import CertificateIssued
from marketplace.rights.certificate.locks import lock_certificates
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.particulars import certificate_fields, last_day_of
from marketplace.rights.certificate.registry import certificate_number
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.freeze.freezes import settle, standing_order
from marketplace.rights.procedure.clocks import clocks


def certify(claim: Claim, *, remarks: Mapping[str, Any] | None = None, by: Actor) -> Certificate:
    """Sign a certificate of what was deposited; inside an act that has moved the claim.

    What holds another certificate of the same right holds this one too, from the beginning.
    `remarks` adds to those that the certificate states.
    """
    assert claim.deposited_on is not None
    lock_certificates(claim.dataset_id)
    number, valid_until = certificate_number(on=claim.deposited_on), last_day_of(claim)
    certificate = Certificate(
        claim=claim,
        dataset=claim.dataset,
        version=claim.version,
        scope_sha256=claim.scope_sha256,
        organization=claim.organization,
        number=number,
        rights=claim.rights,
        valid_from=claim.deposited_on,
        valid_until=valid_until,
        renewal_from=clocks(claim.procedure).renewal_window(valid_until)[0],
        predecessor=claim.preceding,
    )
    certificate.freeze_order = standing_order(certificate)
    fields = certificate_fields(claim)
    fields["remarks"] |= remarks or {}
    certificate.credential = issue_credential(
        kind=CredentialKind.RIGHT,
        subject=f"certificate:{certificate.pk}",
        about=concerns(claim),
        number=number,
        claims=fields,
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        by=by,
    )
    certificate.save(force_insert=True)
    record(
        CertificateIssued(
            subject=f"certificate:{certificate.pk}",
            about=concerns(claim),
            number=number,
            rights=tuple(certificate.rights),
            valid_until=certificate.valid_until.isoformat(),
        ),
        by=by,
    )
    settle(certificate, by=by)
    return certificate
