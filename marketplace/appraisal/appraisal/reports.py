"""The signed credential of a valuation, and all that it says, to be kept."""

from typing import Any

from django.utils.translation import gettext_lazy

from marketplace.appraisal.appraisal.models import Appraisal, Method, Purpose
from marketplace.appraisal.appraisal.presentation import worded_warnings_of
from marketplace.core import Actor, clock
from marketplace.credentials.models import Credential, CredentialKind
from marketplace.credentials.presentation import name_statement, name_values
from marketplace.credentials.services import issue_credential, next_number, revoke_credential
from marketplace.credentials.states import StatusReason

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


# What a valuation says, whole, to be kept: bound to the bytes that were valued.


def report_of(appraisal: Appraisal) -> dict[str, Any]:
    """Return the report as JSON; its figures are those that are stored, with every input.

    `version_sha256` is the digest of the desensitized version that was valued, `result_digest` that
    of the value with every approach behind it.
    """
    return {
        "kind": "valuation-report",
        "statement": REFERENCE_ONLY,
        "appraisal": str(appraisal.pk),
        "state": appraisal.state,
        "dataset": {"id": str(appraisal.dataset_id), "title": appraisal.version.described.title},
        "version": appraisal.version.number,
        "version_sha256": appraisal.version.sha256,
        "organization": appraisal.organization.name,
        "certificate_number": appraisal.certificate.number,
        "rights": list(appraisal.certificate.rights),
        "purpose": appraisal.purpose,
        "valued_on": appraisal.valued_on.isoformat(),
        "valid_until": appraisal.valid_until.isoformat() if appraisal.valid_until else None,
        "currency": appraisal.currency,
        "low": f"{appraisal.low:.2f}",
        "value": f"{appraisal.amount:.2f}",
        "high": f"{appraisal.high:.2f}",
        "method": appraisal.method,
        "approaches": [
            {
                "method": one.method,
                "value": f"{one.amount:.2f}",
                "weight": None if one.weight is None else f"{one.weight:.6f}",
                "reason": one.reason,
                "library_version": one.library_version,
                "result": one.result,
            }
            for one in appraisal.approaches.all()
        ],
        "reconciliation": appraisal.result if appraisal.method == Method.RECONCILE else None,
        "warnings": worded_warnings_of(appraisal),
        "library_version": appraisal.library_version,
        "result_digest": appraisal.result_digest,
        "credential_number": appraisal.credential.number if appraisal.credential else None,
    }
