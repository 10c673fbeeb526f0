"""Propose a policy from what was found in a table."""

from collections.abc import Sequence

from desensitize.detectors import Proposal
from desensitize.policy.model import Policy
from desensitize.policy.templates import policy_from_template


def propose_policy(proposals: Sequence[Proposal]) -> Policy:
    """Propose the standard policy: mask direct identifiers, generalize quasi-identifiers."""
    return policy_from_template("standard", proposals)
