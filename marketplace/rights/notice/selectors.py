from django.db.models import Q, QuerySet

from marketplace.core import clock
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.selectors import claim_rows
from marketplace.rights.claim.states import PUBLIC, ClaimState


def published_claims() -> QuerySet[Claim]:
    """Return the claims of which the register publishes something, to anybody."""
    return claim_rows().prefetch_related("claimed_rights").filter(state__in=sorted(PUBLIC))


def claims_in_notice() -> QuerySet[Claim]:
    """Return the claims to which anybody may object now, to anybody, those that end first first."""
    return (
        published_claims()
        .filter(
            Q(state=ClaimState.PUBLIC_NOTICE, notice_until__gte=clock.today())
            | Q(state=ClaimState.PUBLIC_NOTICE, provisional__has_key="notice_until")
            | Q(state=ClaimState.OBJECTION)
        )
        .order_by("notice_from", "created_at")
    )
