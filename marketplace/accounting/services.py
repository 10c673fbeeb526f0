"""Officers record what data cost, propose how it is recognized, and a second officer decides."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from marketplace.accounting import rules
from marketplace.accounting.events import (
    CostRecorded,
    CostReversed,
    ImpairmentRecorded,
    RecognitionApproved,
    RecognitionProposed,
    RecognitionReturned,
    RecognitionSuperseded,
    RecognitionWithdrawn,
)
from marketplace.accounting.models import (
    Category,
    CostEntry,
    CostKind,
    Impairment,
    Origin,
    Recognition,
    UseOfData,
)
from marketplace.accounting.rules import (
    check_record_cost,
    check_reverse_cost,
    check_takes_cost_back,
)
from marketplace.accounting.selectors import (
    Totals,
    booked,
    costs_visible_to,
    losses_of,
    recognitions_visible_to,
    reversal_of,
    standing_costs,
    totals_under,
)
from marketplace.accounting.standards.figures import cents
from marketplace.accounting.standards.profiles import Profile, profile_named, profile_names
from marketplace.accounting.standards.questions import questions_of
from marketplace.accounting.standards.recognition import category_of
from marketplace.accounting.standards.refusals import RuleRefused
from marketplace.accounting.standards.schedule import loss_of_test
from marketplace.accounting.states import RECOGNITION, RecognitionState
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.core import Actor, Invalid, clock, locked, longest_of
from marketplace.core.arguments import Choice, Day, Number, Several, Text, Whole, reason_of
from marketplace.ledger.services.recording import record
from marketplace.review.checklists import CHECKLISTS
from marketplace.review.models import CaseKind
from marketplace.review.services import CASE_REASON, decide, open_case, withdraw_case
from marketplace.review.states import CaseState

WHY = reason_of(Recognition)

# Record what data has cost, and take a wrong entry back.

COST = Choice(label=gettext_lazy("Kind of cost"), choices=CostKind)
INCURRED = Day(label=gettext_lazy("Incurred on"))
AMOUNT = Number(label=gettext_lazy("Amount"), digits=18, places=2)
VOUCHER = Text(label=gettext_lazy("Voucher number"), longest=longest_of(CostEntry, "voucher"))
TESTED = Day(label=gettext_lazy("Tested on"))
RECOVERABLE = Number(
    label=gettext_lazy("Recoverable amount"),
    help=gettext_lazy("For inventory the net realizable value."),
    digits=18,
    places=2,
    least=Decimal(0),
)
TEST_VOUCHER = Text(label=gettext_lazy("Voucher number"), longest=longest_of(Impairment, "voucher"))


@transaction.atomic
def record_cost(
    dataset_id: UUID,
    *,
    kind: Annotated[str, COST],
    incurred_on: Annotated[date, INCURRED],
    amount: Annotated[Decimal, AMOUNT],
    voucher: Annotated[str, VOUCHER],
    by: Actor,
) -> CostEntry:
    """Record an amount of a voucher for a dataset. The same voucher and kind again changes nothing.

    A voucher that was reversed may be recorded anew. The dataset's row is locked first, so that the
    same voucher twice at once is one entry: no constraint can say so of rows that never change.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor keeps no books for the dataset's organization.
        Invalid: the amount is not positive, the day lies ahead, the voucher is missing or was
            recorded with another amount.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    check_record_cost(dataset, by)
    _check(incurred_on=incurred_on, amount=amount, voucher=voucher)
    kept = CostEntry.objects.filter(
        dataset=dataset, voucher=voucher.strip(), kind=kind, reverses=None, reversed_by=None
    ).first()
    if kept is not None:
        if kept.amount != amount or kept.incurred_on != incurred_on:
            sentence = _("This voucher is recorded with another amount or day: reverse it first.")
            raise Invalid(sentence, fields={"voucher": [sentence]})
        return kept
    entry = CostEntry.objects.create(
        organization_id=dataset.organization_id,
        dataset=dataset,
        kind=kind,
        incurred_on=incurred_on,
        amount=amount,
        currency=settings.CENTRE["CURRENCY"],
        voucher=voucher.strip(),
    )
    record(
        CostRecorded(
            subject=f"cost:{entry.pk}",
            about=(f"dataset:{dataset.pk}",),
            cost_kind=str(kind),
            amount=str(amount),
            currency=entry.currency,
        ),
        by=by,
    )
    return entry


@transaction.atomic
def reverse_cost(entry_id: UUID, *, by: Actor) -> CostEntry:
    """Take a recorded amount back by an entry of its own. Reversing it again changes nothing.

    Raises:
        NotFound: there is no such entry among those the actor may see.
        NotAllowed: the actor keeps no books for its organization.
    """
    entry = locked(costs_visible_to(by).filter(reverses=None), pk=entry_id)
    check_takes_cost_back(entry, by)
    taken_back = reversal_of(entry)
    if taken_back is not None:
        return taken_back
    check_reverse_cost(entry, by)
    reversal = CostEntry.objects.create(
        organization_id=entry.organization_id,
        dataset_id=entry.dataset_id,
        kind=entry.kind,
        incurred_on=clock.today(),
        amount=entry.amount,
        currency=entry.currency,
        voucher=entry.voucher,
        reverses=entry,
    )
    record(CostReversed(subject=f"cost:{entry.pk}", about=(f"dataset:{entry.dataset_id}",)), by=by)
    return reversal


def _check(*, incurred_on: date, amount: Decimal, voucher: str) -> None:
    fields: dict[str, list[str]] = {}
    if amount <= 0:
        fields["amount"] = [_("Give an amount above zero; take a wrong one back by reversing it.")]
    if incurred_on > clock.today():
        fields["incurred_on"] = [_("A cost that lies ahead cannot be recorded yet.")]
    if not voucher.strip():
        fields["voucher"] = [_("Give the number of the voucher.")]
    if fields:
        raise Invalid(_("The cost needs corrections."), fields=fields)


# Decide what data is booked as, and take a decision back.

Answers = Mapping[str, Mapping[str, object]]
LONGEST_LIFE = 1200
USUAL_STANDARD = "CAS"


def standards_to_choose() -> list[tuple[str, str]]:
    """Return the accounting standards with their titles in the reader's language."""
    profiles = [profile_named(name) for name in profile_names()]
    return [(one.name, f"{one.name} ({one.title_in(get_language())})") for one in profiles]


STANDARD = Choice(label=gettext_lazy("Accounting standard"), choices=standards_to_choose)
PURPOSE = Choice(label=gettext_lazy("What the data is for"), choices=UseOfData, is_laid_out=True)
ORIGIN = Choice(label=gettext_lazy("Origin"), choices=Origin)
READY = Day(label=gettext_lazy("Ready for use on"))
LIFE = Whole(
    label=gettext_lazy("Useful life in months"),
    help=gettext_lazy("For data of own use. Inventory is not amortized."),
    least=1,
    most=LONGEST_LIFE,
)


@transaction.atomic
def propose_recognition(
    dataset_id: UUID,
    *,
    profile: Annotated[str, STANDARD] = USUAL_STANDARD,
    purpose: Annotated[str, PURPOSE],
    origin: Annotated[str, ORIGIN],
    answers: Answers,
    ready_on: Annotated[date, READY],
    life_months: Annotated[int | None, LIFE] = None,
    by: Actor,
) -> Recognition:
    """Decide by the questions of a standard what data is booked as, and submit the decision.

    `answers` maps each question to `met` and `evidence`. The carrying amount is the sum of the
    vouchers that stand and that the standard capitalizes: nothing else can be given.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor keeps no books for the dataset's organization.
        WrongState: a decision on this data waits for a second person.
        Invalid: an answer, its evidence, the day or the life is missing or wrong, or there is no
            voucher that may be capitalized.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    rules.check_propose_recognition(dataset, by)
    standard = _checked(profile, purpose, origin, ready_on)
    kept = _answers(standard, origin, answers)
    missing = [code for code, answer in kept.items() if not answer["met"]]
    category = Category(category_of(purpose, missing))
    is_asset = category != Category.DISCLOSED_ONLY
    entries = standing_costs(dataset)
    totals = totals_under(standard, entries)
    _refuse_unless_bookable(category, life_months, totals)
    recognition = Recognition.objects.create(
        organization_id=dataset.organization_id,
        dataset=dataset,
        profile=standard.name,
        purpose=purpose,
        origin=origin,
        answers=kept,
        category=category,
        carrying=totals.capitalized if is_asset else 0,
        expensed=totals.expensed if is_asset else totals.total,
        currency=settings.CENTRE["CURRENCY"],
        ready_on=ready_on,
        life_months=life_months if category == Category.INTANGIBLE else None,
        submitted_by_id=by.person_id,
    )
    recognition.entries.set(entries)
    _submit(recognition, by)
    return recognition


@transaction.atomic
def withdraw_recognition(
    recognition_id: UUID, *, reason: Annotated[str, WHY], by: Actor
) -> Recognition:
    """Take a decision back, with a reason; nothing is booked by it any more.

    Raises:
        NotFound: there is no such decision among those the actor may see.
        NotAllowed: the actor keeps no books for its organization.
        WrongState: it does not hold any more.
        Invalid: there is no reason.
    """
    recognition = locked(recognitions_visible_to(by), pk=recognition_id)
    rules.check_withdraw_recognition(recognition, by)
    was_submitted = recognition.state == RecognitionState.SUBMITTED
    RECOGNITION.move(recognition, RecognitionState.WITHDRAWN)
    recognition.reason = WHY.given(reason)
    recognition.save(update_fields=["state", "reason"])
    if was_submitted:
        withdraw_case(
            kind=CaseKind.BOOKING,
            subject=f"recognition:{recognition.pk}",
            about=about(recognition),
            by=by,
        )
    record(
        RecognitionWithdrawn(subject=f"recognition:{recognition.pk}", about=about(recognition)),
        by=by,
    )
    return recognition


def about(recognition: Recognition) -> tuple[str, ...]:
    return (f"dataset:{recognition.dataset_id}",)


def _checked(profile: str, purpose: str, origin: str, ready_on: date) -> Profile:
    try:
        standard = profile_named(profile)
    except RuleRefused as refusal:
        raise _at("profile", refusal.sentence) from refusal
    if purpose not in UseOfData.values:
        raise _at("purpose", _("Choose what the data is for."))
    if origin not in Origin.values:
        raise _at("origin", _("Choose how the data came to the organization."))
    if ready_on > clock.today():
        raise _at("ready_on", _("The day of readiness lies ahead: book the data when it is ready."))
    return standard


def _answers(standard: Profile, origin: str, answers: Answers) -> dict[str, dict[str, object]]:
    kept: dict[str, dict[str, object]] = {}
    fields: dict[str, list[str]] = {}
    for question in questions_of(standard, is_developed=origin == Origin.SELF_DEVELOPED):
        answer = answers.get(question.code, {})
        met, evidence = answer.get("met"), str(answer.get("evidence") or "").strip()
        if not isinstance(met, bool):
            fields[question.code] = [_("Answer yes or no.")]
        elif met and not evidence:
            fields[f"{question.code}_evidence"] = [
                _("Name the voucher or document that shows it, or answer no.")
            ]
        kept[question.code] = {"met": met, "evidence": evidence[:200]}
    if fields:
        raise Invalid(_("The test needs an answer to each question."), fields=fields)
    return kept


def _refuse_unless_bookable(category: Category, life_months: int | None, totals: Totals) -> None:
    """Refuse an intangible asset without a useful life, and any asset that cost nothing."""
    if category == Category.INTANGIBLE and not (life_months and 0 < life_months <= LONGEST_LIFE):
        raise _at("life_months", _("Give the useful life in whole months, from 1 to 1,200."))
    if category != Category.DISCLOSED_ONLY and not totals.capitalized:
        raise Invalid(
            _("No voucher of this data may be capitalized. Record its costs first."),
            code="no-capitalized-cost",
        )


def _submit(recognition: Recognition, by: Actor) -> None:
    """Have a second person decide, and record what is proposed."""
    open_case(
        kind=CaseKind.BOOKING,
        subject=f"recognition:{recognition.pk}",
        organization_id=recognition.organization_id,
        about=about(recognition),
        by=by,
    )
    record(
        RecognitionProposed(
            subject=f"recognition:{recognition.pk}",
            about=about(recognition),
            category=recognition.category,
            carrying=str(recognition.carrying),
            currency=recognition.currency,
        ),
        by=by,
    )


def _at(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, fields={field: [sentence]})


# A second person decides what is booked; what is booked is tested for impairment.

Checklist = Annotated[
    Sequence[str],
    Several(label=gettext_lazy("I have checked"), choices=CHECKLISTS[CaseKind.BOOKING]),
]


@transaction.atomic
def approve_recognition(
    recognition_id: UUID, *, checklist: Checklist = (), by: Actor
) -> Recognition:
    """Put a decision in force, by a second person; the one before is superseded.

    Raises:
        NotFound: there is no such decision among those the actor may see.
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it does not wait for a decision, or its vouchers have changed since.
        Invalid: a point of the checklist is not ticked.
    """
    recognition = locked(recognitions_visible_to(by), pk=recognition_id)
    rules.check_approve_recognition(recognition, by)
    RECOGNITION.move(recognition, RecognitionState.IN_FORCE)
    decide(
        kind=CaseKind.BOOKING,
        subject=f"recognition:{recognition.pk}",
        decision=CaseState.APPROVED,
        checklist=checklist,
        about=about(recognition),
        by=by,
    )
    _supersede(recognition, by)
    recognition.approved_by_id = by.person_id
    recognition.save(update_fields=["state", "approved_by_id"])
    record(
        RecognitionApproved(
            subject=f"recognition:{recognition.pk}",
            about=about(recognition),
            category=recognition.category,
            carrying=str(recognition.carrying),
            currency=recognition.currency,
        ),
        by=by,
    )
    return recognition


@transaction.atomic
def return_recognition(
    recognition_id: UUID, *, reason: Annotated[str, CASE_REASON], by: Actor
) -> Recognition:
    """Send a decision back, with a reason; it is then proposed anew.

    Raises:
        NotFound, NotAllowed: as for `approve_recognition`.
        WrongState: it does not wait for a decision.
        Invalid: there is no reason.
    """
    recognition = locked(recognitions_visible_to(by), pk=recognition_id)
    rules.check_return_recognition(recognition, by)
    RECOGNITION.move(recognition, RecognitionState.RETURNED)
    case = decide(
        kind=CaseKind.BOOKING,
        subject=f"recognition:{recognition.pk}",
        decision=CaseState.RETURNED,
        reason=reason,
        about=about(recognition),
        by=by,
    )
    recognition.reason = case.reason
    recognition.save(update_fields=["state", "reason"])
    record(
        RecognitionReturned(subject=f"recognition:{recognition.pk}", about=about(recognition)),
        by=by,
    )
    return recognition


@transaction.atomic
def record_impairment(
    recognition_id: UUID,
    *,
    tested_on: Annotated[date, TESTED],
    recoverable: Annotated[Decimal, RECOVERABLE],
    voucher: Annotated[str, TEST_VOUCHER],
    by: Actor,
) -> Impairment:
    """Test a booked asset and write it down to what is recoverable. The same again changes nothing.

    Under a standard that reverses, and for inventory, a higher amount takes a loss back, up to the
    carrying amount without any loss.

    Raises:
        NotFound: there is no such decision among those the actor may see.
        NotAllowed: the actor keeps no books for its organization.
        WrongState: nothing is booked by it.
        Invalid: the amount, the day or the voucher is wrong, or an earlier day was tested later.
    """
    recognition = locked(recognitions_visible_to(by), pk=recognition_id)
    rules.check_record_impairment(recognition, by)
    voucher = voucher.strip()
    kept = Impairment.objects.filter(recognition=recognition, voucher=voucher).first()
    if kept is not None and (kept.tested_on, kept.recoverable) == (tested_on, recoverable):
        return kept
    _check_test(recognition, tested_on, recoverable, voucher, is_kept=kept is not None)
    reverses = (
        recognition.category == Category.INVENTORY
        or profile_named(recognition.profile).reverses_impairment
    )
    loss = loss_of_test(
        booked(recognition),
        losses_of(recognition),
        on=tested_on,
        recoverable=recoverable,
        reverses=reverses,
    )
    impairment = Impairment.objects.create(
        recognition=recognition,
        tested_on=tested_on,
        recoverable=recoverable,
        loss=cents(loss),
        voucher=voucher,
    )
    record(
        ImpairmentRecorded(
            subject=f"recognition:{recognition.pk}",
            about=about(recognition),
            loss=str(impairment.loss),
            currency=recognition.currency,
        ),
        by=by,
    )
    return impairment


def _check_test(
    recognition: Recognition, tested_on: date, recoverable: Decimal, voucher: str, *, is_kept: bool
) -> None:
    fields: dict[str, list[str]] = {}
    if recoverable < 0:
        fields["recoverable"] = [_("Give zero or more.")]
    last = recognition.impairments.order_by("-tested_on").first()
    if tested_on > clock.today() or tested_on < recognition.ready_on:
        fields["tested_on"] = [_("Give a day from readiness on that does not lie ahead.")]
    elif last is not None and tested_on < last.tested_on:
        fields["tested_on"] = [_("A later day was tested already: give that day or a later one.")]
    if not voucher:
        fields["voucher"] = [_("Give the number of the voucher.")]
    elif is_kept:
        fields["voucher"] = [_("This voucher is recorded with other figures: give another one.")]
    if fields:
        raise Invalid(_("The test needs corrections."), fields=fields)


def _supersede(newer: Recognition, by: Actor) -> None:
    older = (
        Recognition.objects.select_for_update()
        .filter(dataset_id=newer.dataset_id, state=RecognitionState.IN_FORCE)
        .first()
    )
    if older is None:
        return
    RECOGNITION.move(older, RecognitionState.SUPERSEDED)
    older.save(update_fields=["state"])
    record(
        RecognitionSuperseded(
            subject=f"recognition:{older.pk}", about=about(older), by_recognition=str(newer.pk)
        ),
        by=by,
    )
