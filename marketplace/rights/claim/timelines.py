"""Whose timelines tell of a claim."""

from marketplace.rights.claim.models import Claim


def concerns(claim: Claim) -> tuple[str, ...]:
    """Name whose timelines tell of a claim: its own, the data's and the claimant's, in this order;
    of a transfer also those of the certificate that passes and of its holder."""
    named = [
        f"claim:{claim.pk}",
        f"dataset:{claim.dataset_id}",
        f"organization:{claim.organization_id}",
    ]
    if claim.preceding is not None:
        named.append(f"certificate:{claim.preceding_id}")
        if claim.preceding.organization_id != claim.organization_id:
            named.append(f"organization:{claim.preceding.organization_id}")
    return tuple(named)
