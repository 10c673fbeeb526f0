"""The policy that an officer starts from: proposed by the library, within the centre's limits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings

from desensitize.detectors import Proposal
from desensitize.policy import Policy, propose_policy
from marketplace.preparation.models import ColumnFinding


def proposed_policy(findings: Iterable[ColumnFinding]) -> Policy:
    """Propose a policy for what was found in each column."""
    policy = propose_policy(
        [
            Proposal(
                name=finding.name,
                role=finding.role,
                kind=finding.kind or None,
                confidence=finding.confidence,
                evidence="",
                evidence_code=finding.evidence_code,
                evidence_parameters=finding.evidence_parameters,
            )
            for finding in findings
        ]
    )
    return replace(
        policy,
        smallest_class=max(policy.smallest_class, settings.CENTRE["SMALLEST_CLASS"]),
        suppression_limit=settings.CENTRE["LARGEST_SUPPRESSION"],
    )
