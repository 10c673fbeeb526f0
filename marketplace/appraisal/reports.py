"""What a valuation says, whole, to be kept: bound to the bytes that were valued."""

from __future__ import annotations

from typing import Any

from marketplace.appraisal.models import Appraisal, Method
from marketplace.appraisal.proof import REFERENCE_ONLY
from marketplace.appraisal.warnings import worded_warnings_of


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
        "dataset": {"id": str(appraisal.dataset_id), "title": appraisal.dataset.title},
        "version": appraisal.version.number,
        "version_sha256": appraisal.version.sha256,
        "organization": appraisal.organization.name,
        "certificate": appraisal.certificate.number,
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
        "credential": appraisal.credential.number if appraisal.credential else None,
    }
