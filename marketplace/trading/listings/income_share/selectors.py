from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.roles import Role
from marketplace.core import Actor
from marketplace.trading.listings.income_share.models import IncomeShare, ShareProposal
from marketplace.trading.listings.income_share.states import ShareState

READERS = (Role.OWNER, Role.OFFICER, Role.BUYER, Role.FINANCE)
OPEN = (ShareState.PROPOSED, ShareState.AGREED)
NOT_AGREED = (ShareState.PROPOSED, ShareState.DECLINED, ShareState.ENDED)


def income_shares_visible_to(by: Actor) -> QuerySet[IncomeShare]:
    """Return every income share to the centre's staff, else those that one gives or gets.

    They name the seller, whom an annotator or somebody without a role must not learn.
    """
    rows = IncomeShare.objects.select_related("listing__organization", "organization", "proposal")
    if is_centre_staff(by):
        return rows
    if by.organization_id is None or not by.has(*READERS):
        return rows.none()
    return rows.filter(
        Q(listing__organization_id=by.organization_id) | Q(organization_id=by.organization_id)
    )


def shares_to_answer(by: Actor) -> QuerySet[IncomeShare]:
    """Return the shares that are offered to one's organization, what has waited longest first."""
    rows = income_shares_visible_to(by).filter(state=ShareState.PROPOSED)
    if by.organization_id is None:
        return rows.none()
    return rows.filter(organization_id=by.organization_id).order_by("created_at", "pk")


def agreed_shares_of(listing_id: UUID) -> list[IncomeShare]:
    """Return what a contract that is drawn up now names, in one order for everybody."""
    rows = IncomeShare.objects.filter(listing_id=listing_id, state=ShareState.AGREED)
    # What was reckoned together stands once every side agrees.
    waiting = ShareProposal.objects.filter(listing_id=listing_id, shares__state__in=NOT_AGREED)
    rows = rows.exclude(proposal__in=waiting)
    return list(rows.select_related("organization", "proposal").order_by("created_at", "pk"))


def share_proposals_visible_to(by: Actor) -> QuerySet[ShareProposal]:
    """Return the proposals of shares that the actor gives or gets a part of, to the staff all."""
    rows = ShareProposal.objects.select_related("listing__organization")
    return rows.filter(shares__in=income_shares_visible_to(by)).distinct()


def given_away(listing_id: UUID) -> Decimal:
    """Add up what is proposed or agreed of a listing's income, from 0 to 1."""
    rows = IncomeShare.objects.filter(listing_id=listing_id, state__in=OPEN)
    return sum((row.effective for row in rows), Decimal(0))
