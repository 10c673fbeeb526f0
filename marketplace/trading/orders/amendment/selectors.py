from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.core import Actor, WrongState
from marketplace.credentials.documents import canonical_bytes
from marketplace.trading.listings.plans import Plan, plan_of
from marketplace.trading.listings.plans.metered import Metered
from marketplace.trading.orders.amendment.models import Amendment, AmendmentSignature
from marketplace.trading.orders.amendment.states import AmendmentState
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import UNDONE


def amendments_visible_to(by: Actor) -> QuerySet[Amendment]:
    """Return the amendments of the contracts of the orders that the actor may see."""
    return (
        Amendment.objects.filter(contract__order__in=orders_visible_to(by))
        .select_related("contract__order__listing__organization", "contract__order__buyer")
        .prefetch_related("signatures")
    )


def amendments_of(contract: Contract) -> QuerySet[Amendment]:
    """Return every amendment of a contract, whatever became of it, the newest first."""
    return Amendment.objects.filter(contract=contract)


def amendments_in_force(contract: Contract) -> QuerySet[Amendment]:
    """Return the amendments that both sides have signed, first to last."""
    return amendments_of(contract).filter(state=AmendmentState.IN_FORCE).order_by("number")


def waiting_amendment(contract: Contract) -> Amendment | None:
    """Return the amendment that waits for signatures."""
    return amendments_of(contract).filter(state=AmendmentState.PROPOSED).first()


def amendments_to_sign(by: Actor) -> QuerySet[Amendment]:
    """Return the amendments that wait for the signature of the actor's side."""
    mine = Q(pk__in=())
    for role, place, side in (
        (Role.BUYER, "contract__order__buyer_id", Side.BUYER),
        (Role.OFFICER, "contract__order__listing__organization_id", Side.SELLER),
    ):
        if by.has(role):
            signed = AmendmentSignature.objects.filter(amendment=OuterRef("pk"), side=side)
            mine |= Q(~Exists(signed), **{place: by.organization_id})
    return amendments_visible_to(by).filter(mine, state=AmendmentState.PROPOSED)


def signatures_on(amendment: Amendment) -> QuerySet[AmendmentSignature]:
    """Return the signatures on an amendment, the seller's first."""
    return AmendmentSignature.objects.filter(amendment=amendment).order_by("-side")


def amendment_document(amendment: Amendment) -> bytes:
    """Return the document that both sides get, in canonical form.

    Raises:
        WrongState: not both sides have signed.
    """
    if amendment.document is None:
        raise WrongState(_("The document is there once both sides have signed."))
    return canonical_bytes(amendment.document)


def amendments_past(today: date) -> QuerySet[Amendment]:
    """Return what was not signed by both before a day, or whose contract has ended."""
    return Amendment.objects.filter(state=AmendmentState.PROPOSED).filter(
        Q(answer_due_on__lt=today) | Q(contract__order__state__in=UNDONE)
    )


def plan_after(amendment: Amendment) -> Plan:
    if "plan_change" not in amendment.agreed:
        return amendment.contract.order.agreed_plan
    return plan_of(amendment.agreed["plan_change"][1])


def plan_in_month(order: Order, period: str) -> Plan:
    """Return the plan by which the use of a calendar month, such as 2026-03, is billed.

    Other prices hold from the month after the one in which both sides had signed them.
    """
    plan = order.agreed_plan
    amended = Amendment.objects.filter(
        contract__order=order, state=AmendmentState.IN_FORCE, agreed__has_key="plan_change"
    )
    for each in amended.order_by("-number"):
        assert each.ended_at is not None, "it is in force since then"
        if f"{localtime(each.ended_at):%Y-%m}" < period:
            break
        plan = plan_of(each.agreed["plan_change"][0])
    return plan


def price_of_use(order: Order, *, period: str, units: int) -> Decimal | None:
    """Return what so many units of a month cost by its plan; None where use is not counted."""
    plan = plan_in_month(order, period)
    return plan.charge(units) if isinstance(plan, Metered) else None
