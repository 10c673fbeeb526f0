"""How shares that were reckoned together are held, stand and fall; each is a part of an act."""

from uuid import UUID

from marketplace.core import Actor, locked, visible
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.income_share.events import IncomeShareEnded
from marketplace.trading.listings.income_share.models import IncomeShare, ShareProposal
from marketplace.trading.listings.income_share.selectors import OPEN, income_shares_visible_to
from marketplace.trading.listings.income_share.states import SHARE, ShareState


def held_share(share_id: UUID, *, by: Actor) -> IncomeShare:
    """Lock a share, behind the proposal that it was reckoned in: of two answers one is first.

    Raises:
        NotFound: there is no such share among those the actor may see.
    """
    seen: IncomeShare = visible(income_shares_visible_to(by), pk=share_id)
    if seen.proposal_id is not None:
        locked(ShareProposal.objects.all(), pk=seen.proposal_id)
    return locked(income_shares_visible_to(by), pk=share_id)


def concerns_of(share: IncomeShare) -> tuple[str, ...]:
    """Return what else a fact about a share concerns."""
    return (f"organization:{share.organization_id}", *share.listing.concerns)


def fall_together(share: IncomeShare, *, by: Actor) -> None:
    """End the other shares of a proposal of which one fell: they stand on the same reckoning."""
    if share.proposal_id is None:
        return
    others = IncomeShare.objects.select_related("listing__product", "organization")
    others = others.filter(proposal_id=share.proposal_id, state__in=OPEN).exclude(pk=share.pk)
    for other in others.order_by("pk"):
        SHARE.move(other, ShareState.ENDED)
        other.save(update_fields=["state"])
        record(
            IncomeShareEnded(subject=f"income_share:{other.pk}", about=concerns_of(other)), by=by
        )
