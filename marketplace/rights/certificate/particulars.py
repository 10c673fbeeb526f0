"""What a certificate states: the fields of annex 1 to 国数综政策〔2026〕35号."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from marketplace.accounts.organization.states import OrganizationState
from marketplace.accounts.roles import OrganizationKind
from marketplace.catalog.dataset.choices import SourceKind, Theme, UpdateFrequency
from marketplace.core import clock
from marketplace.credentials.presentation import name_values
from marketplace.credentials.selectors import claims_of
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.registry import nature
from marketplace.rights.claim.choices import ClaimKind, EvidenceKind, Industry
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.selectors import evidence_behind
from marketplace.rights.procedure.clocks import clocks
from marketplace.rights.right.choices import Right
from marketplace.rights.right.coverage import covers_updates, present_scope

NATURES = (
    ("registration", gettext_lazy("Registration")),
    ("pre-registration", gettext_lazy("Pre-registration")),
)
NO_LIMIT = (("none", gettext_lazy("none")),)
REACHES = (
    (
        "updates",
        gettext_lazy("This version and every update with the same columns from the same source"),
    ),
    ("version", gettext_lazy("This version alone")),
)


for _field, _names in (
    ("nature", NATURES),
    ("applicant.type", OrganizationKind.choices),
    ("applicant.operating_status", OrganizationState.choices),
    ("data.industry", Industry.choices),
    ("data.theme", Theme.choices),
    ("data.source", SourceKind.choices),
    ("data.update_frequency", UpdateFrequency.choices),
    ("data.form", [("table", gettext_lazy("Table"))]),
    ("data.restriction_scope", NO_LIMIT),
    ("data.coverage.reaches", REACHES),
    ("rights.rights", Right.choices),
    ("rights.restrictions", NO_LIMIT),
    ("rights.evidence.kind", EvidenceKind.choices),
    ("remarks.passed_on.rights", Right.choices),
):
    name_values(_field, _names)


def certificate_fields(claim: Claim) -> dict[str, Any]:
    """Return the fields as plain values: codes for what has a fixed list, texts for the rest.

    The register keeps the same (art. 26: what is deposited prevails); `fingerprint` is the SHA-256
    of the source version that was examined, and `coverage` says what else the rights reach.
    """
    organization = claim.organization
    preceding = claim.preceding.number if claim.preceding else ""
    return {
        "nature": nature(),
        "applicant": {
            "name": organization.name,
            "type": organization.kind,
            "uscc": organization.uscc,
            "contact": organization.contact,
            "operating_status": organization.state,
        },
        "data": _data(claim),
        "rights": {
            "holder": organization.name,
            "uscc": organization.uscc,
            "rights": claim.rights,
            "term_years": claim.term_years,
            "restrictions": claim.restrictions or "none",
            "evidence": [
                {"kind": evidence.kind, "title": evidence.title, "sha256": evidence.file.sha256}
                for evidence in evidence_behind(claim)
            ],
            **({"preceding": preceding} if preceding else {}),
        },
        "remarks": {
            "agreed_terms": "",
            "judicial_freeze": False,
            "administrative_control": False,
            "notice_waived": bool(claim.waive_reason),
        },
        "deposited_on": claim.deposited_on.isoformat() if claim.deposited_on else "",
    }


def agreed_terms(certificate: Certificate) -> str:
    """Return the terms within which the rights of a certificate passed, "" where they passed
    wholly or never."""
    return str(claims_of(certificate.credential).get("remarks", {}).get("agreed_terms", ""))


def _data(claim: Claim) -> dict[str, Any]:
    """Return the description of the data; what rests on a certificate keeps that of its right.

    A change takes up what may be described anew under the same right.
    """
    if claim.preceding is not None and not _is_described_anew(claim):
        kept: dict[str, Any] = claims_of(claim.preceding.credential)["data"]
        return kept | {
            "industry": claim.industry,
            "restriction_scope": claim.restrictions or "none",
        }
    described, version = claim.described, claim.version
    return {
        "name": described.title,
        "abstract": described.abstract,
        "industry": claim.industry,
        "theme": described.theme,
        "source": described.source_kind,
        "source_description": described.source_description,
        "legal_basis": described.legal_basis,
        "geographic_scope": described.region,
        "time_scope": described.time_scope,
        "update_frequency": described.update_frequency,
        "volume": {
            "rows": version.rows if version else 0,
            "columns": version.column_count if version else 0,
            "bytes": version.size if version else 0,
        },
        "form": "table",
        "restriction_scope": claim.restrictions or "none",
        "fingerprint": version.sha256 if version else "",
        "coverage": {
            "reaches": "updates" if covers_updates(described) else "version",
            "structure": version.structure_sha256 if version else "",
            "scope": claim.scope_sha256,
        },
    }


def _is_described_anew(claim: Claim) -> bool:
    is_change = claim.kind == ClaimKind.CHANGE and bool(claim.grounds)
    return is_change and present_scope(claim.dataset)[1] == claim.scope_sha256


def last_day_of(claim: Claim) -> date:
    """Return the last day of what is certified if it is deposited today, or was when it was.

    What a transfer or change makes ends when its predecessor would have, or some years earlier
    where the term was shortened; a renewal runs anew.
    """
    terms, preceding = clocks(claim.procedure), claim.preceding
    if preceding is None or claim.kind == ClaimKind.RENEWAL:
        return terms.expiry(claim.deposited_on or clock.today(), claim.term_years)
    return terms.expiry(preceding.valid_until, claim.term_years - preceding.claim.term_years)


def reach_in_words(code: str) -> str:
    """Say which data of a dataset a right reaches: a code of the certificate's `coverage`."""
    return str(dict(REACHES)[code])
