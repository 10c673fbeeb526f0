"""Which released columns still tell one person from another by what the policy made of them."""

from desensitize.masks import MASKS
from desensitize.policy import ColumnRule, Policy

WITHOUT_TRACE = frozenset({"drop", "redact", "constant", "sample"})
"""Masks after which nothing is left that differs from person to person."""


def remaining_identifiers(policy: Policy) -> list[str]:
    """Name the released columns that still tell one person from another, in the policy's order.

    A pseudonym does for whoever holds the key, a partial mask for whoever knows the rest, and a
    text whose known numbers are masked may still hold a name. Such data is de-identified and not
    anonymous (Personal Information Protection Law, article 73).
    """
    return [rule.name for rule in policy.columns if _remains(rule)]


def _remains(rule: ColumnRule) -> bool:
    if rule.role == "direct":
        return rule.mask not in WITHOUT_TRACE
    description = MASKS[rule.mask].description
    return description.pseudonymous or description.masks_within
