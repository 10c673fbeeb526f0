"""The questions of runs that only look, as plain values that a digest tells apart."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import rfc8785
from django.conf import settings

from desensitize.policy import Policy
from marketplace.catalog.models import DatasetVersion
from marketplace.preparation.models import RiskReport

SMALLEST_CLASSES = (2, 3, 5, 10, 15, 20, 30, 50, 100)

Question = dict[str, Any]


def tradeoff_question(version: DatasetVersion, policy: Policy) -> Question:
    """Ask what the generalized columns would lose by each method at each smallest class.

    Only what the search looks at is asked, so that another mask of a name is no other question.
    """
    least: int = settings.CENTRE["SMALLEST_CLASS"]
    return {
        "sha256": version.sha256,
        "policy": _searched(policy),
        "smallest_classes": [
            k for k in SMALLEST_CLASSES if k >= least and k <= max(least, version.rows // 2)
        ],
    }


def comparison_question(version: DatasetVersion, reports: Sequence[RiskReport]) -> Question:
    """Ask what masked versions have lost against their source, in the order given."""
    return {
        "sha256": version.sha256,
        "masked": [
            {
                "version": str(report.version_id),
                "sha256": report.sha256,
                "policy": _searched(Policy.from_dict(report.run.policy.document))
                if report.run.policy
                else {"columns": []},
            }
            for report in reports
        ],
    }


def digest_of(question: Mapping[str, Any]) -> str:
    """Answer the SHA-256 of a question in canonical form (RFC 8785)."""
    return hashlib.sha256(rfc8785.dumps(dict(question))).hexdigest()


def _searched(policy: Policy) -> dict[str, Any]:
    rules = tuple(rule for rule in policy.columns if rule.mask == "generalize" or rule.is_protected)
    return replace(policy, columns=rules, method="sweep", smallest_class=1).to_dict()
