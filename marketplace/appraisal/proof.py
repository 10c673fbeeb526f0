"""The signed credential of a valuation in force."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from marketplace.appraisal.models import Appraisal, Method, Purpose
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.credentials.models import Credential, CredentialKind
from marketplace.credentials.services import issue_credential, next_number, revoke_credential
from marketplace.credentials.states import StatusReason
from marketplace.credentials.wording import name_statement, name_values

REFERENCE_ONLY = "This is a reference value, no appraisal report and no audit opinion."
name_values("method", Method.choices)
name_values("purpose", Purpose.choices)
name_statement(
    REFERENCE_ONLY,
    gettext_lazy("This is a reference value, no appraisal report and no audit opinion."),
)


def issue_for(appraisal: Appraisal, *, by: Actor) -> Credential:
    """Sign what a valuation says, for everybody to check."""
    assert appraisal.valid_until is not None
    return issue_credential(
        kind=CredentialKind.APPRAISAL,
        subject=f"appraisal:{appraisal.pk}",
        about=(f"dataset:{appraisal.dataset_id}",),
        number=next_number("AP", on=clock.today()),
        claims={
            "dataset": str(appraisal.dataset_id),
            "version_sha256": appraisal.version.sha256,
            "certificate": appraisal.certificate.number,
            "method": appraisal.method,
            "purpose": appraisal.purpose,
            "amount": str(appraisal.amount),
            "currency": appraisal.currency,
            "valued_on": appraisal.valued_on.isoformat(),
            "library_version": appraisal.library_version,
            "result_digest": appraisal.result_digest,
            "statement": REFERENCE_ONLY,
        },
        valid_from=appraisal.valued_on,
        valid_until=appraisal.valid_until,
        by=by,
    )


def revoke_for(appraisal: Appraisal, *, reason: StatusReason, by: Actor) -> None:
    """Revoke the credential of a valuation that no longer holds."""
    if appraisal.credential_id is not None:
        revoke_credential(appraisal.credential_id, reason=reason, by=by)
