"""Anybody reports that a person can be found; two reviewers examine it; orders are undone."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import (
    Actor,
    Invalid,
    NotAllowed,
    WrongState,
    clock,
    locked,
    longest_of,
    share_locked,
    text_digest,
    visible,
)
from marketplace.core.arguments import Choice, Decision, Reason, Text
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record
from marketplace.preparation.recall.services import recall_report
from marketplace.preparation.report.choices import RecallCause
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.selectors import reports_visible_to
from marketplace.trading.listings.listing.rights import sells_right
from marketplace.trading.orders.course.moves import move_order
from marketplace.trading.orders.deletion.choices import DeletionCause
from marketplace.trading.orders.deletion.owing import ask_deletion
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import NEGOTIATING, OrderState
from marketplace.trading.orders.recall.events import (
    OrderRecallBegun,
    OrderRecalled,
    RecallProposed,
    ReidentificationDecided,
    ReidentificationExamined,
    ReidentificationReported,
)
from marketplace.trading.orders.recall.models import Recall, Reidentification
from marketplace.trading.orders.recall.rules import (
    check_decide_reidentification,
    check_examine_reidentification,
    check_examiner,
)
from marketplace.trading.orders.recall.selectors import (
    named_data,
    orders_resting_on,
    recall_of,
    reidentifications_visible_to,
)
from marketplace.trading.orders.recall.states import (
    REIDENTIFICATION,
    UNDECIDED,
    ReidentificationState,
)
from marketplace.trading.orders.remedy.given import versions_given
from marketplace.trading.orders.settlement.crediting import CreditReason
from marketplace.trading.orders.settlement.drawing import left_of_paid
from marketplace.trading.orders.settlement.held_money import return_released, wind_up
from marketplace.trading.orders.settlement.references import new_reference
from marketplace.trading.orders.settlement.selectors import (
    NOTHING,
    held_of,
)
from marketplace.trading.orders.settlement.unused import unused_part

# Anybody reports that a person can be found in data, without an account.

LONGEST = {"found": 2000, "how": 2000, "contact": 200}
NAMED = Text(
    label=gettext_lazy("Which data"),
    help=gettext_lazy(
        "The address of its listing, or the number of its risk report or certificate, such as "
        "RR-202611-0001."
    ),
    longest=200,
)
FOUND = Text(
    label=gettext_lazy("What can be found"),
    help=gettext_lazy("Say it without naming anybody: we need no personal data of others."),
    longest=LONGEST["found"],
    lines=4,
)
HOW = Text(
    label=gettext_lazy("How it is found"),
    help=gettext_lazy(
        "What one has to know from elsewhere, which columns tell, and how to try it."
    ),
    longest=LONGEST["how"],
    lines=4,
)
CONTACT = Text(label=gettext_lazy("How we can ask you back (optional)"), longest=LONGEST["contact"])
IS_PROVEN = Decision(
    label=gettext_lazy("Proposed outcome"),
    yes=gettext_lazy("Proven: persons can be found in this data"),
    no=gettext_lazy("Not proven"),
)
IS_CONFIRMED = Decision(
    label=gettext_lazy("Your decision"),
    yes=gettext_lazy("Confirm the outcome"),
    no=gettext_lazy("Examine it anew"),
)
CAUSE = Choice(label=gettext_lazy("Cause"), choices=RecallCause)
WHY = Reason(label=gettext_lazy("Reasons"), longest=longest_of(Reidentification), lines=4)
REASONS = replace(WHY, help=gettext_lazy("Who reported it reads them too. Name nobody."))


@transaction.atomic
def report_reidentification(
    *,
    named: Annotated[str, NAMED],
    found: Annotated[str, FOUND],
    how: Annotated[str, HOW],
    contact: Annotated[str, CONTACT] = "",
    by: Actor,
) -> Reidentification:
    """Report that a person can be found in data. Nobody is recorded as the one who did.

    `named` is a listing or number, as for `named_data`. The same words on the same data, while they
    wait, answer the same report.

    Raises:
        Invalid: nothing has that name (`data-unknown`), or a text is missing or too long.
        WrongState: the verdict on this data was recalled already (`already-recalled`).
    """
    texts = {"found": found.strip(), "how": how.strip(), "contact": contact.strip()}
    _check(texts)
    report, listing = named_data(named)
    _refuse_recalled(report)
    waiting = Reidentification.objects.filter(
        risk_report=report, found=texts["found"], how=texts["how"], state__in=UNDECIDED
    )
    known = waiting.first()
    if known is not None:
        return known
    doubt = Reidentification.objects.create(
        reference=new_reference(), risk_report=report, listing=listing, **texts
    )
    record(
        ReidentificationReported(
            subject=f"reidentification:{doubt.pk}",
            about=doubt.concerns,
            text_sha256=text_digest(texts["found"], texts["how"]),
        ),
        # Whoever is signed in reports as nobody, too.
        by=Actor(door=by.door),
    )
    return doubt


@transaction.atomic
def propose_recall(
    report_id: UUID, *, cause: Annotated[str, CAUSE], reason: Annotated[str, WHY], by: Actor
) -> Reidentification:
    """Propose to recall a verdict which the centre itself doubts; a second reviewer confirms it.

    The same again, while it waits, answers the same proposal.

    Raises:
        NotFound: there is no such risk report.
        NotAllowed: the actor is no reviewer, or belongs to the organization of the data.
        WrongState: the verdict was recalled already (`already-recalled`).
        Invalid: there is no reason.
    """
    report = visible(reports_visible_to(by), pk=report_id)
    person_id = check_examiner(report, by)
    _refuse_recalled(report)
    text = WHY.given(reason)
    waiting = Reidentification.objects.filter(risk_report=report, cause=cause, found=text)
    known = waiting.filter(state__in=UNDECIDED).first()
    if known is not None:
        return known
    doubt = Reidentification(
        reference=new_reference(),
        risk_report=report,
        cause=cause,
        found=text,
        outcome=True,
        reason=text,
        examined_by_id=person_id,
    )
    REIDENTIFICATION.move(doubt, ReidentificationState.EXAMINED)
    doubt.save(force_insert=True)
    record(
        RecallProposed(
            subject=f"reidentification:{doubt.pk}",
            about=doubt.concerns,
            cause=RecallCause(cause).value,
            reason_sha256=text_digest(text),
        ),
        by=by,
    )
    return doubt


def _check(texts: dict[str, str]) -> None:
    fields: dict[str, list[str]] = {}
    if not texts["found"]:
        fields["found"] = [_("Say what can be found, without naming the person.")]
    if not texts["how"]:
        fields["how"] = [_("Say how it is found: what one has to know, and which columns tell.")]
    for name, most in LONGEST.items():
        if len(texts[name]) > most:
            fields[name] = [_("Shorten this to %(most)d characters.") % {"most": most}]
    if fields:
        raise Invalid(_("The report needs corrections. See the fields."), fields=fields)


def _refuse_recalled(report: RiskReport) -> None:
    """Refuse to doubt a verdict that was recalled; it is held still."""
    held = share_locked(RiskReport.objects.all(), pk=report.pk)
    if held.recall:
        raise WrongState(
            _("The verdict on this data was recalled already. It is sold no more."),
            code="already-recalled",
        )


# Two reviewers examine a report of a re-identification: one proposes, another confirms.


@transaction.atomic
def examine_reidentification(
    reidentification_id: UUID,
    *,
    is_proven: Annotated[bool, IS_PROVEN],
    reason: Annotated[str, REASONS],
    by: Actor,
) -> Reidentification:
    """Propose, as the first examiner, whether a person can be found, with reasons.

    Raises:
        NotFound: there is no such report among those the actor may see.
        NotAllowed: the actor is no reviewer, or belongs to the organization of the data.
        WrongState: it was examined already.
        Invalid: there is no reason, or too long a one.
    """
    doubt = locked(reidentifications_visible_to(by), pk=reidentification_id)
    person_id = check_examine_reidentification(doubt, by)
    REIDENTIFICATION.move(doubt, ReidentificationState.EXAMINED)
    doubt.outcome, doubt.reason = (
        is_proven,
        WHY.given(reason),
    )
    doubt.examined_by_id = person_id
    doubt.save(update_fields=["state", "outcome", "reason", "examined_by_id"])
    record(
        ReidentificationExamined(
            subject=f"reidentification:{doubt.pk}",
            about=doubt.concerns,
            is_proven=is_proven,
            reason_sha256=text_digest(doubt.reason),
        ),
        by=by,
    )
    return doubt


@transaction.atomic
def decide_reidentification(
    reidentification_id: UUID, *, is_confirmed: Annotated[bool, IS_CONFIRMED], by: Actor
) -> Reidentification:
    """Confirm the first examiner's outcome as a second one, or have it examined anew.

    Confirmed as proven, the verdict is recalled in the same transaction: from then on nothing of
    this data is ordered, accepted or opened.

    Raises:
        NotFound: there is no such report among those the actor may see.
        NotAllowed: the actor is no reviewer, belongs to the organization of the data, or examined
            it first.
        WrongState: nobody has examined it yet, or it is decided.
    """
    doubt = locked(reidentifications_visible_to(by), pk=reidentification_id)
    person_id = check_decide_reidentification(doubt, by)
    outcome = ReidentificationState.RECEIVED
    if is_confirmed:
        proven = doubt.outcome
        outcome = ReidentificationState.PROVEN if proven else ReidentificationState.NOT_PROVEN
        doubt.decided_by_id, doubt.decided_at = person_id, clock.now()
    else:
        doubt.outcome, doubt.reason, doubt.examined_by_id = None, "", None
    REIDENTIFICATION.move(doubt, outcome)
    doubt.save(
        update_fields=[
            *("state", "outcome", "reason", "examined_by_id", "decided_by_id", "decided_at"),
        ]
    )
    record(
        ReidentificationDecided(
            subject=f"reidentification:{doubt.pk}", about=doubt.concerns, outcome=doubt.state
        ),
        by=by,
    )
    if outcome == ReidentificationState.PROVEN:
        recall_report(doubt.risk_report_id, cause=RecallCause(doubt.cause), by=by)
    return doubt


# The verdict on bought data was recalled: its orders are undone, one by one.
#
# Before acceptance all that is held goes back: the delivery was not what the verdict promised.
# After acceptance what pays for days that are left does, since the buyer has had the use of the
# others.

CAME_TO_NOTHING = (OrderState.DECLINED, OrderState.EXPIRED, OrderState.CANCELLED)
ENDED = (OrderState.REFUNDED, OrderState.TERMINATED)


@transaction.atomic
def begin_recall(report_id: UUID, *, by: Actor) -> list[UUID]:
    """Record for each order that rests on a recalled verdict that it is undone next; return them.

    Each is then undone in a transaction of its own, so that no two of them wait for each other's
    accounts.

    Raises:
        NotFound: there is no such report.
        NotAllowed: the actor is not the centre's own software.
    """
    _refuse_others(by)
    report = visible(reports_visible_to(by), pk=report_id)
    begun = []
    for order in orders_resting_on(report).exclude(state__in=CAME_TO_NOTHING):
        record(OrderRecallBegun(subject=f"order:{order.pk}", about=order.concerns), by=by)
        begun.append(order.pk)
    return begun


@transaction.atomic
def recall_order(order_id: UUID, *, by: Actor) -> Recall | None:
    """Undo an order whose data was recalled; None where there is nothing to undo.

    Before both sides signed it ends without a debt; until acceptance all that is held goes back;
    after it what the buyer has not used yet, the fee on it too, as far as the seller's account
    holds it. Whoever has rows states by the contract's term that they are deleted. While a dispute
    decides on the money, that part waits for its end. Doing it again changes nothing.

    Raises:
        NotFound: there is no such order.
        NotAllowed: the actor is not the centre's own software.
    """
    _refuse_others(by)
    order = locked(orders_visible_to(by), pk=order_id)
    report = _recalled_report_of(order)
    recall = recall_of(order)
    if report is None or order.state in CAME_TO_NOTHING or (recall and recall.refund is not None):
        return recall
    if sells_right(order.listing) and order.state in (OrderState.PAID, OrderState.COMPLETED):
        # The register passes or has passed the right; what was measured left by another way.
        return None
    if recall is None:
        recall = Recall(order=order, risk_report=report)
    elif order.state == OrderState.DISPUTED:
        return recall
    if order.state != OrderState.DISPUTED:
        _undo(order, recall, by=by)
    recall.save()
    due = ask_deletion(order, cause=DeletionCause.RECALLED, by=by)
    record(
        OrderRecalled(
            subject=f"order:{order.pk}",
            about=(f"risk_report:{report.pk}", *order.concerns),
            outcome=order.state,
            refunded=str(recall.refund or NOTHING),
            owed=str(recall.owed),
            currency=order.currency,
            has_rows=due is not None,
            deletion_due_on=due.isoformat() if due else "",
        ),
        binds=bound(recall, order),
        by=by,
    )
    return recall


def _undo(order: Order, recall: Recall, *, by: Actor) -> None:
    """Move the order to its end, and the money with it."""
    recall.refund = NOTHING
    if order.state in ENDED:
        return
    was_completed = order.state == OrderState.COMPLETED
    if order.state in NEGOTIATING:
        move_order(order, OrderState.DECLINED)
    elif order.state == OrderState.ACCEPTED:
        move_order(order, OrderState.CANCELLED)
    else:
        _give_back(order, recall, was_completed=was_completed, by=by)
        is_held = order.state not in (OrderState.SIGNED, OrderState.COMPLETED)
        move_order(order, OrderState.REFUNDED if is_held else OrderState.TERMINATED)
        order.ends_on = order.ends_on or clock.today()
    order.save(update_fields=["state", "ends_on"])


def _give_back(order: Order, recall: Recall, *, was_completed: bool, by: Actor) -> None:
    cause, why = f"recall:{order.pk}", CreditReason.RECALLED
    if not was_completed:
        recall.refund = held_of(order)
        wind_up(order, refund=recall.refund, cause=cause, why=why, by=by)
        return
    due = min(unused_part(order, on=clock.today()), left_of_paid(order))
    recall.refund = return_released(order, due, cause=cause, why=why)
    recall.owed = due - recall.refund
    wind_up(order, refund=NOTHING, cause=cause, why=why, by=by)


def _recalled_report_of(order: Order) -> RiskReport | None:
    recalled = RiskReport.objects.filter(version__in=versions_given(order)).exclude(recall="")
    return recalled.first()


def _refuse_others(by: Actor) -> None:
    if not by.is_system:
        raise NotAllowed(_("The centre's own software undoes what rests on a recalled verdict."))
