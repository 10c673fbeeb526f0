"""The questions of runs that only look, as plain values that a digest tells apart."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import rfc8785
from django.conf import settings

from desensitize.policy import Policy
from marketplace.catalog.version.models import DatasetVersion
from marketplace.preparation.column.models import ColumnRole
from marketplace.preparation.column.selectors import findings_of
from marketplace.preparation.report.measurement import limits_of_centre
from marketplace.preparation.report.models import RiskReport

Question = dict[str, Any]


def tradeoff_question(version: DatasetVersion, policy: Policy) -> Question:
    """Ask what treatments around a policy keep of the data, and what attackers reach then.

    What detectors took a column for that the policy calls impersonal, and what the centre lets
    attackers reach, are parts of the question: with others there is another answer.
    """
    impersonal = {rule.name for rule in policy.columns if rule.role == ColumnRole.OTHER}
    found = findings_of(version).values_list("name", "role")
    return {
        "sha256": version.sha256,
        "policy": policy.to_dict(),
        "roles": {name: role for name, role in found if name in impersonal},
        "limits": asdict(limits_of_centre()),
        "known": settings.CENTRE["ATTACK_KNOWN_COLUMNS"],
    }


def comparison_question(version: DatasetVersion, reports: Sequence[RiskReport]) -> Question:
    """Ask what masked versions have lost against their source, in the order given."""
    return {
        "sha256": version.sha256,
        "masked": [
            {
                "version": str(report.version_id),
                "sha256": report.sha256,
                "policy": _searched(Policy.from_dict(report.measured_by.policy.document))
                if report.measured_by.policy
                else {"columns": []},
            }
            for report in reports
        ],
    }


def digest_of(question: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a question in canonical form (RFC 8785)."""
    return hashlib.sha256(rfc8785.dumps(dict(question))).hexdigest()


def _searched(policy: Policy) -> dict[str, Any]:
    rules = tuple(rule for rule in policy.columns if rule.mask == "generalize" or rule.is_protected)
    return replace(policy, columns=rules, method="sweep", smallest_class=1).to_dict()
