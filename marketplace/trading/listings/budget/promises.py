"""The ε of a sandbox: what is promised to buyers by contract, and what is left to be sold.

All answers about a dataset together keep to what its seller allows them, and with its synthetic
copies to the one privacy budget that all its versions share, for ever. A contract promises its
buyer a part, which is reserved when both have signed, so that no two are sold the same; what they
have not spent when their access ends is free again.
"""

from decimal import Decimal
from uuid import UUID

from django.db.models import Case, F, Min, Q, QuerySet, Sum, Value, When
from django.utils.translation import gettext as _

from marketplace.core import WrongState, clock
from marketplace.preparation.budget.models import DatasetBudget
from marketplace.preparation.budget.selectors import budget_of
from marketplace.preparation.budget.services import keep_promised, locked_budget
from marketplace.trading.listings.budget.models import ReservedBudget
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.sale.models import TakenSale
from marketplace.trading.listings.sandbox.models import Sandbox, promised
from marketplace.trading.listings.terms.terms import Terms

NOTHING = Decimal(0)
LIVE = Q(ended_at=None, sale__is_live=True)
"""Whose buyer can still ask, or will be able to."""


def _promised(sandbox: Sandbox, terms: Terms) -> Decimal:
    return promised(sandbox.epsilon, sandbox.period, terms.licence_months)


def budget_left(sandbox: Sandbox, *, besides: ReservedBudget | None = None) -> Decimal:
    """Return the ε of a sandbox that is neither spent nor promised, at least 0.

    `besides` leaves out what one promise has not spent, and what was promised after it.
    """
    dataset_id = sandbox.listing.revision.version.dataset_id
    reserved = _reserved_of(dataset_id)
    is_owed = LIVE
    if besides is not None:
        is_owed &= ~Q(pk=besides.pk) & Q(created_at__lte=besides.created_at)
    # In one statement: a question that is answered meanwhile moves ε from one sum to the other.
    sums = reserved.aggregate(learnt=Sum("learnt"), owed=_unspent(is_owed))
    learnt, owed = sums["learnt"] or NOTHING, sums["owed"] or NOTHING
    # Read afterwards: what was answered in between is taken twice, and never not at all.
    of_dataset = budget_of(dataset_id)
    of_answers = _most(sandbox, reserved.filter(LIVE)) - learnt - owed
    return max(NOTHING, min(of_answers, of_dataset.most - of_dataset.spent - owed))


def _reserved_of(dataset_id: UUID) -> QuerySet[ReservedBudget]:
    return ReservedBudget.objects.filter(version__dataset_id=dataset_id)


def _unspent(where: Q) -> Sum:
    return Sum(Case(When(where, F("epsilon") - F("spent")), default=Value(NOTHING)))


def _most(sandbox: Sandbox, live: QuerySet[ReservedBudget]) -> Decimal:
    """Return the least of what those listings of a dataset allow that have buyers, and this one."""
    others = Sandbox.objects.filter(listing__taken_sales__reserved_budget__in=live)
    least = others.aggregate(least=Min("epsilon_all"))["least"]
    most: Decimal = sandbox.epsilon_all
    return min(most, least) if least is not None else most


def is_sold_out(listing: Listing) -> bool:
    """Return whether a sandbox has less left than a buyer would be promised."""
    sandbox = (
        Sandbox.objects.filter(listing=listing).select_related("listing__revision__version").first()
    )
    return sandbox is not None and budget_left(sandbox) < _promised(
        sandbox, Terms.from_json(listing.terms)
    )


def refuse_if_sold_out(listing: Listing) -> None:
    """Refuse to offer or to order answers that no budget is left for.

    Raises:
        WrongState: less is left than a buyer would be promised (`budget-sold`).
    """
    if is_sold_out(listing):
        raise _sold()


def refuse_unless_promised(order_id: UUID, terms: Terms) -> None:
    """Refuse where the budget that an order is to have, or has, is not there.

    Raises:
        WrongState: it is spent, or promised to others (`budget-sold`).
    """
    _checked(order_id, terms)


def reserve_budget(order_id: UUID, terms: Terms) -> None:
    """Promise the buyer of an order the ε that its terms give, or as much more as they give now.

    Call it with the order locked. Orders of no sandbox need nothing.

    Raises:
        WrongState: it is spent, or promised to others (`budget-sold`).
    """
    sandbox = _sandbox_of(order_id)
    if sandbox is None:
        return
    version = sandbox.listing.revision.version
    # Whoever promises or spends locks it, so that the second of two sees the first.
    budget = locked_budget(version.dataset_id)
    found = _checked(order_id, terms)
    if found is None:
        return
    reserved, epsilon = found
    if reserved is None:
        ReservedBudget.objects.create(
            sale=TakenSale.objects.get(order_id=order_id), version=version, epsilon=epsilon
        )
    elif epsilon > reserved.epsilon:
        reserved.epsilon = epsilon
        reserved.save(update_fields=["epsilon"])
    _tell_promised(budget)


def unspent_of(order_id: UUID) -> Decimal:
    """Return the ε that an order has reserved and not spent."""
    reserved = ReservedBudget.objects.filter(sale__order_id=order_id, ended_at=None).first()
    return max(NOTHING, reserved.epsilon - reserved.spent) if reserved else NOTHING


def spend_reserved(order_id: UUID, epsilon: Decimal, *, is_new: bool) -> None:
    """Take ε of a promise; `is_new` takes it from what all may learn too."""
    promise = ReservedBudget.objects.filter(sale__order_id=order_id)
    budget = locked_budget(promise.select_related("version").get().version.dataset_id)
    learnt = epsilon if is_new else NOTHING
    promise.update(spent=F("spent") + epsilon, learnt=F("learnt") + learnt)
    _tell_promised(budget)


def release_reserved(order_id: UUID) -> None:
    """Let what an order has not spent be sold again: its access has ended for good."""
    promise = ReservedBudget.objects.filter(sale__order_id=order_id, ended_at=None)
    reserved = promise.select_related("version").first()
    if reserved is None:
        return
    budget = locked_budget(reserved.version.dataset_id)
    promise.update(ended_at=clock.now())
    _tell_promised(budget)


def _tell_promised(budget: DatasetBudget) -> None:
    """Tell the preparation, which knows of no order, what is not free for a synthetic copy."""
    owed = _reserved_of(budget.dataset_id).aggregate(owed=_unspent(LIVE))["owed"]
    keep_promised(budget, max(NOTHING, owed or NOTHING))


def _sandbox_of(order_id: UUID) -> Sandbox | None:
    """Return the sandbox that an order is of, if it is of one."""
    sandboxes = Sandbox.objects.select_related("listing__revision__version")
    return sandboxes.filter(listing__taken_sales__order_id=order_id).first()


def _checked(order_id: UUID, terms: Terms) -> tuple[ReservedBudget | None, Decimal] | None:
    """Return what is promised to an order and what it is to be; None of no sandbox."""
    sandbox = _sandbox_of(order_id)
    if sandbox is None:
        return None
    reserved = ReservedBudget.objects.filter(sale__order_id=order_id).first()
    wanted = _promised(sandbox, terms)
    if reserved is None or wanted > reserved.epsilon:
        # What is asked for anew comes after all that is promised.
        more, left = wanted - (reserved.epsilon if reserved else NOTHING), budget_left(sandbox)
    else:
        more = reserved.epsilon - reserved.spent
        left = budget_left(sandbox, besides=reserved)
    if left < more:
        raise _sold()
    return reserved, wanted


def _sold() -> WrongState:
    return WrongState(
        _(
            "What all buyers together may learn of this data is spent or promised to others, so "
            "that no answer could be given. Look for another offer of the seller, or ask for one."
        ),
        code="budget-sold",
    )
