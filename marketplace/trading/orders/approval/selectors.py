"""Read approvals, and what somebody has signed alone before."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.core import Actor, clock
from marketplace.trading.orders.amendment.models import AmendmentSignature
from marketplace.trading.orders.approval.deals import Deal
from marketplace.trading.orders.approval.models import SigningApproval
from marketplace.trading.orders.approval.states import OPEN, ApprovalState
from marketplace.trading.orders.contract.models import Signature
from marketplace.trading.orders.contract.wording import bound_sum
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side
from marketplace.trading.orders.order.states import UNDONE

NOTHING = Decimal(0)


def approvals_visible_to(by: Actor) -> QuerySet[SigningApproval]:
    """Return all to the centre's staff, else those of the actor's own side: they tell of limits."""
    rows = SigningApproval.objects.select_related(
        "contract__order__listing__organization", "contract__order__buyer", "amendment"
    )
    if is_centre_staff(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    return rows.filter(
        Q(side=Side.BUYER, contract__order__buyer_id=by.organization_id)
        | Q(
            side=Side.SELLER,
            contract__order__listing__organization_id=by.organization_id,
        )
    )


def approvals_to_decide(by: Actor) -> QuerySet[SigningApproval]:
    """Return what waits for a second person of the actor's organization."""
    return approvals_visible_to(by).filter(state=ApprovalState.ASKED).order_by("created_at")


def approvals_of(text_id: UUID, by: Actor) -> list[SigningApproval]:
    """Return the approvals of a text that the actor may see, newest first."""
    return list(approvals_visible_to(by).filter(text_id=text_id))


def open_approval(deal: Deal) -> SigningApproval | None:
    """Return the approval of a side for a text that waits, or that was given."""
    rows = SigningApproval.objects.filter(
        text_id=deal.text.pk, side=deal.side.value, state__in=OPEN
    )
    return rows.first()


def signed_alone_before(people: Iterable[UUID], deal: Deal) -> Decimal | None:
    """Add up what people bound their side to of late, on their own mandate, with the same other.

    What they signed without another's approval and what they approved counts, one order once, as it
    was last agreed; not what came to nothing, and not the deal's own order. None: no bound.
    """
    known, side = set(people), deal.side.value
    since = clock.now() - timedelta(days=int(settings.CENTRE["SIGNING_DAYS"]))
    signed = Q(person_id__in=known, side=side, signed_at__gte=since, approved_by_id=None)
    approved = SigningApproval.objects.filter(
        decided_by_id__in=known, side=side, decided_at__gte=since, state=ApprovalState.APPROVED
    )
    contracts = Signature.objects.filter(signed).values("contract__order")
    amended = AmendmentSignature.objects.filter(signed).values("amendment__contract__order")
    with_other = (
        {"listing__organization_id": deal.other_id, "buyer_id": deal.organization_id}
        if deal.side == Side.BUYER
        else {"listing__organization_id": deal.organization_id, "buyer_id": deal.other_id}
    )
    orders = (
        Order.objects.filter(
            Q(pk__in=contracts) | Q(pk__in=amended) | Q(pk__in=approved.values("contract__order")),
            **with_other,
        )
        .exclude(pk=deal.order.pk)
        .exclude(state__in=UNDONE)
    )
    sums = [bound_sum(order.agreed_plan, order.agreed_terms) for order in orders]
    return None if None in sums else sum((each for each in sums if each is not None), NOTHING)
