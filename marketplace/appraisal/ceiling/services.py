"""Price ceilings of authorized operation: accounts, ceilings and what is decided on them."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.appraisal.ceiling import figures, rules
from marketplace.appraisal.ceiling.events import (
    CeilingApproved,
    CeilingClosed,
    CeilingDrafted,
    CeilingExcessCarried,
    CeilingIncomeBooked,
    CeilingReturned,
    CeilingRevised,
    CeilingSubmitted,
    CeilingWithdrawn,
)
from marketplace.appraisal.ceiling.models import CeilingCarry, CeilingIncome, PriceCeiling
from marketplace.appraisal.ceiling.profile import is_public_data
from marketplace.appraisal.ceiling.rules import Permitted, check_period
from marketplace.appraisal.ceiling.selectors import (
    accounts_of,
    ceilings_visible_to,
    period_of,
    periods_of,
    undecided_ceiling,
)
from marketplace.appraisal.ceiling.states import CEILING, CeilingState
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.core import (
    Actor,
    NotAllowed,
    WrongState,
    clock,
    locked,
    visible,
)
from marketplace.core.arguments import Several, reason_of
from marketplace.ledger.services.recording import record
from marketplace.review.checklists import CHECKLISTS
from marketplace.review.models import CaseKind
from marketplace.review.services import CASE_REASON, decide, open_case, withdraw_case
from marketplace.review.states import CaseState

WHY = reason_of(PriceCeiling)
CHECKED = Several(label=gettext_lazy("I have checked"), choices=CHECKLISTS[CaseKind.CEILING])

# Draft a price ceiling, revise it, submit it, take it back.


@transaction.atomic
def draft_ceiling(dataset_id: UUID, *, permitted: Permitted, by: Actor) -> PriceCeiling:
    """Compute the most that public data may earn in a period, and one licence may cost.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is no public data, there is an unfinished ceiling, or the period is taken.
        Invalid: a figure cannot stand.
    """
    # The dataset's row keeps a second draft out until this one is seen.
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    rules.check_drafts(dataset, by)
    if not is_public_data(dataset.asset_kind):
        raise WrongState(
            _("This is no public data, so its price has no ceiling. List it at a price of yours."),
            code="ceiling-not-public",
        )
    if undecided_ceiling(dataset.pk, dataset.organization_id) is not None:
        raise WrongState(
            _("There is an unfinished price ceiling of this data. Revise or withdraw it."),
            code="ceiling-unfinished",
        )
    ceiling = PriceCeiling(
        dataset=dataset,
        organization_id=dataset.organization_id,
        currency=settings.CENTRE["CURRENCY"],
        **permitted.columns(),
    )
    check_period(ceiling)
    ceiling.save(force_insert=True)
    record(CeilingDrafted(subject=f"ceiling:{ceiling.pk}", about=ceiling.concerns), by=by)
    return ceiling


@transaction.atomic
def revise_ceiling(ceiling_id: UUID, *, permitted: Permitted, by: Actor) -> PriceCeiling:
    """Compute a price ceiling anew from other figures. The same again changes nothing.

    Raises:
        NotFound: there is no such ceiling among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it was submitted already, or the period is taken.
        Invalid: a figure cannot stand.
    """
    ceiling = locked(ceilings_visible_to(by), pk=ceiling_id)
    rules.check_revise_ceiling(ceiling, by)
    wanted = permitted.columns()
    if all(getattr(ceiling, name) == value for name, value in wanted.items()):
        return ceiling
    for name, value in wanted.items():
        setattr(ceiling, name, value)
    check_period(ceiling)
    ceiling.save(update_fields=list(wanted))
    record(CeilingRevised(subject=f"ceiling:{ceiling.pk}", about=ceiling.concerns), by=by)
    return ceiling


@transaction.atomic
def submit_ceiling(ceiling_id: UUID, *, by: Actor) -> PriceCeiling:
    """Give a price ceiling to a second person.

    Raises:
        NotFound: there is no such ceiling among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is submitted already, or does not stand any more.
    """
    ceiling = locked(ceilings_visible_to(by), pk=ceiling_id)
    rules.check_submit_ceiling(ceiling, by)
    CEILING.move(ceiling, CeilingState.SUBMITTED)
    ceiling.submitted_by_id = by.person_id
    ceiling.reason = ""
    ceiling.save(update_fields=["state", "submitted_by_id", "reason"])
    subject = f"ceiling:{ceiling.pk}"
    open_case(
        kind=CaseKind.CEILING,
        subject=subject,
        organization_id=ceiling.organization_id,
        about=ceiling.concerns,
        by=by,
    )
    record(
        CeilingSubmitted(
            subject=subject,
            about=ceiling.concerns,
            maximum_revenue=str(ceiling.maximum_revenue),
            currency=ceiling.currency,
        ),
        by=by,
    )
    return ceiling


@transaction.atomic
def withdraw_ceiling(ceiling_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> PriceCeiling:
    """Take a price ceiling back before it is in force, with a reason.

    Raises:
        NotFound: there is no such ceiling among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is decided already.
        Invalid: there is no reason.
    """
    ceiling = locked(ceilings_visible_to(by), pk=ceiling_id)
    rules.check_withdraw_ceiling(ceiling, by)
    was_submitted = ceiling.state == CeilingState.SUBMITTED
    CEILING.move(ceiling, CeilingState.WITHDRAWN)
    ceiling.reason = WHY.given(reason)
    ceiling.save(update_fields=["state", "reason"])
    subject = f"ceiling:{ceiling.pk}"
    if was_submitted:
        withdraw_case(kind=CaseKind.CEILING, subject=subject, about=ceiling.concerns, by=by)
    record(CeilingWithdrawn(subject=subject, about=ceiling.concerns), by=by)
    return ceiling


# A second person decides on a price ceiling, and ends it; time ends it too.


@transaction.atomic
def approve_ceiling(
    ceiling_id: UUID, *, checklist: Annotated[Sequence[str], CHECKED] = (), by: Actor
) -> PriceCeiling:
    """Put a price ceiling in force for its period, by a second person.

    What the period before earned above its maximum is deducted at once.

    Raises:
        NotFound: there is no such ceiling among those the actor may see.
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it does not wait for a decision, its period is over or taken, or its figures do
            not stand.
        Invalid: a point of the checklist is not ticked.
    """
    ceiling = _to_decide(ceiling_id, by)
    rules.check_approve_ceiling(ceiling, by)
    CEILING.move(ceiling, CeilingState.IN_FORCE)
    subject = f"ceiling:{ceiling.pk}"
    decide(
        kind=CaseKind.CEILING,
        subject=subject,
        decision=CaseState.APPROVED,
        checklist=checklist,
        about=ceiling.concerns,
        by=by,
    )
    ceiling.save(update_fields=["state"])
    carry_excess(ceiling.dataset_id, by=by)
    ceiling.refresh_from_db()
    record(
        CeilingApproved(
            subject=subject,
            about=ceiling.concerns,
            maximum_revenue=str(ceiling.maximum_revenue),
            price=str(ceiling.price),
            currency=ceiling.currency,
            period_from=ceiling.period_from.isoformat(),
            period_until=ceiling.period_until.isoformat(),
        ),
        by=by,
    )
    return ceiling


@transaction.atomic
def return_ceiling(
    ceiling_id: UUID, *, reason: Annotated[str, CASE_REASON], by: Actor
) -> PriceCeiling:
    """Send a price ceiling back for correction, with a reason.

    Raises:
        NotFound, NotAllowed: as for `approve_ceiling`.
        WrongState: it does not wait for a decision.
        Invalid: there is no reason.
    """
    ceiling = _to_decide(ceiling_id, by)
    rules.check_return_ceiling(ceiling, by)
    CEILING.move(ceiling, CeilingState.RETURNED)
    case = decide(
        kind=CaseKind.CEILING,
        subject=f"ceiling:{ceiling.pk}",
        decision=CaseState.RETURNED,
        reason=reason,
        about=ceiling.concerns,
        by=by,
    )
    ceiling.reason = case.reason
    ceiling.save(update_fields=["state", "reason"])
    record(CeilingReturned(subject=f"ceiling:{ceiling.pk}", about=ceiling.concerns), by=by)
    return ceiling


@transaction.atomic
def close_ceiling(ceiling_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> PriceCeiling:
    """End a price ceiling before its period is over, by a second person, with a reason.

    It holds no more from this moment; its account stays, and its excess is still carried.

    Raises:
        NotFound: there is no such ceiling among those the actor may see.
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it is not in force.
        Invalid: there is no reason.
    """
    ceiling = locked(ceilings_visible_to(by), pk=ceiling_id)
    rules.check_close_ceiling(ceiling, by)
    CEILING.move(ceiling, CeilingState.CLOSED)
    ceiling.reason = WHY.given(reason)
    before = ceiling.period_from - timedelta(days=1)
    _end(ceiling, max(before, min(clock.today(), ceiling.period_until)), by)
    return ceiling


@transaction.atomic
def close_past_ceilings(*, by: Actor) -> list[UUID]:
    """Close every price ceiling whose last day has passed; return which.

    Raises:
        NotAllowed: the actor is not the centre's own clockwork.
    """
    if not by.is_system:
        raise NotAllowed(_("Price ceilings end by themselves when their period is over."))
    past = (
        PriceCeiling.objects.select_for_update()
        .filter(state=CeilingState.IN_FORCE, period_until__lt=clock.today())
        .order_by("pk")
    )
    closed = []
    for ceiling in past:
        CEILING.move(ceiling, CeilingState.CLOSED)
        _end(ceiling, ceiling.period_until, by)
        closed.append(ceiling.pk)
    return closed


def _end(ceiling: PriceCeiling, ended_on: date, by: Actor) -> None:
    ceiling.ended_on = ended_on
    ceiling.save(update_fields=["state", "ended_on", "reason"])
    record(
        CeilingClosed(
            subject=f"ceiling:{ceiling.pk}",
            about=ceiling.concerns,
            ended_on=ended_on.isoformat(),
        ),
        by=by,
    )


def _to_decide(ceiling_id: UUID, by: Actor) -> PriceCeiling:
    seen = visible(ceilings_visible_to(by), pk=ceiling_id)
    # The dataset's row first, as everywhere that periods and carries of a dataset are settled.
    locked(datasets_visible_to(by), pk=seen.dataset_id)
    return locked(ceilings_visible_to(by), pk=ceiling_id)


# Income returns to the account of its period, and what is too much goes into the next.


@transaction.atomic
def book_income(
    dataset_id: UUID,
    *,
    source: UUID,
    amount: Decimal,
    currency: str,
    settled_on: date,
    by: Actor,
) -> CeilingIncome | None:
    """Write the income of a settled trade into the account of its period; again changes nothing.

    What is then above the maximum is deducted from the next period, where there is one. Answer
    None where nothing was earned, or where the data never had a price ceiling in this currency.

    Raises:
        NotFound: there is no such dataset.
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software returns income to price ceilings."))
    # The dataset's row keeps two settlements apart, so that each sees the other's income.
    locked(Dataset.objects.all(), pk=dataset_id)
    booked = CeilingIncome.objects.filter(source=source).first()
    if booked is not None or amount <= 0:
        return booked
    periods = [period for period in periods_of(dataset_id) if period.currency == currency]
    ceiling = period_of(periods, settled_on)
    if ceiling is None:
        return None
    income = CeilingIncome.objects.create(
        ceiling=ceiling, source=source, amount=amount, currency=currency, settled_on=settled_on
    )
    record(
        CeilingIncomeBooked(
            subject=f"ceiling:{ceiling.pk}",
            about=(f"order:{source}", *ceiling.concerns),
            source=str(source),
            amount=str(amount),
            currency=currency,
        ),
        by=by,
    )
    carry_excess(dataset_id, by=by)
    return income


@transaction.atomic
def carry_excess(dataset_id: UUID, *, by: Actor) -> None:
    """Deduct from each period what the one before earned too much and has not carried yet.

    The excess of a period only grows, so what is carried is always a part of it: never twice, and
    never more. It runs through the periods in their order, since a deduction can make an excess.

    Raises:
        NotFound: there is no such dataset.
    """
    locked(Dataset.objects.all(), pk=dataset_id)
    periods = list(periods_of(dataset_id).select_for_update(of=("self",)))
    accounts = accounts_of(periods)
    for account, following in pairwise(accounts):
        # `excess` is asked here, after the period before has changed this one's deduction.
        waiting = account.waiting
        if waiting > 0 and account.ceiling.currency == following.ceiling.currency:
            _carry(account.ceiling, following.ceiling, waiting, by)


def _carry(source: PriceCeiling, target: PriceCeiling, amount: Decimal, by: Actor) -> None:
    CeilingCarry.objects.create(
        from_ceiling=source,
        to_ceiling=target,
        number=source.carried.count() + 1,
        amount=amount,
        currency=source.currency,
    )
    target.deducted += amount
    permitted = figures.permitted_revenue(target.maximum_revenue, target.deducted)
    target.price = figures.price_ceiling(permitted, target.expected_units)
    target.save(update_fields=["deducted", "price"])
    record(
        CeilingExcessCarried(
            subject=f"ceiling:{source.pk}",
            about=(f"ceiling:{target.pk}", *source.concerns),
            to_ceiling=str(target.pk),
            amount=str(amount),
            currency=source.currency,
        ),
        by=by,
    )
