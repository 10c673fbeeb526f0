"""What confirming a policy and carrying one on share."""

import hashlib
from collections.abc import Sequence

import rfc8785
from django.utils.translation import gettext as _

from desensitize.policy import Policy
from desensitize.profile import ColumnProfile
from marketplace.core import Invalid
from marketplace.preparation.column.models import ColumnFinding, ColumnHierarchy
from marketplace.preparation.column.services import _digest_of
from marketplace.preparation.policy.models import MaskingPolicy


def hide_values(findings: Sequence[ColumnFinding], policy: Policy) -> None:
    """Take from the profiles what a class forbids that the officer gave a column."""
    for finding in findings:
        shown = ColumnProfile.from_dict(finding.profile).shown(policy.rule(finding.name).role)
        finding.profile = shown.as_dict()
    ColumnFinding.objects.bulk_update(findings, ["profile"])


def digest_of(policy: Policy) -> str:
    """Return the SHA-256 of a policy in canonical JSON.

    Raises:
        Invalid: it holds a number or text that cannot be kept.
    """
    try:
        canonical = rfc8785.dumps(policy.to_dict())
    except (rfc8785.CanonicalizationError, UnicodeError):
        canonical = b"\\u0000"
    # No database of ours keeps a zero character in JSON.
    if b"\\u0000" in canonical:
        raise Invalid(_("A setting holds a text or number that cannot be kept."))
    return hashlib.sha256(canonical).hexdigest()


def keep_hierarchies_of(policy: MaskingPolicy) -> None:
    """Keep the hierarchies that a confirmed policy brings; a part of the act that confirms it."""
    for rule in Policy.from_dict(policy.document).columns:
        rows = rule.options.get("hierarchy")
        if isinstance(rows, list | tuple):
            plain = [list(row) for row in rows]
            ColumnHierarchy.objects.update_or_create(
                version_id=policy.version_id,
                name=rule.name,
                defaults={
                    "rows": plain,
                    "digest": _digest_of(plain),
                    "set_by_id": policy.confirmed_by_id,
                },
            )
