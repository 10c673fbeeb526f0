"""Decide what data is booked as, and take a decision back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounting import rules
from marketplace.accounting.events import RecognitionProposed, RecognitionWithdrawn
from marketplace.accounting.models import Category, Origin, Recognition, UseOfData
from marketplace.accounting.selectors import (
    Totals,
    recognitions_visible_to,
    standing_costs,
    totals_under,
)
from marketplace.accounting.standards.profiles import Profile, profile_named
from marketplace.accounting.standards.questions import questions_of
from marketplace.accounting.standards.recognition import category_of
from marketplace.accounting.standards.refusals import RuleRefused
from marketplace.accounting.states import RECOGNITION, RecognitionState
from marketplace.catalog.selectors import datasets_visible_to
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.review.models import CaseKind
from marketplace.review.services.cases import open_case, withdraw_case

Answers = Mapping[str, Mapping[str, object]]
LONGEST_LIFE = 1200


@transaction.atomic
def propose_recognition(
    dataset_id: UUID,
    *,
    profile: str,
    purpose: str,
    origin: str,
    answers: Answers,
    ready_on: date,
    life_months: int | None,
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
def withdraw_recognition(recognition_id: UUID, *, reason: str, by: Actor) -> Recognition:
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
    if not reason.strip():
        raise _at("reason", _("Say why the decision is withdrawn."))
    recognition.reason = reason.strip()
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
    """Name what a fact on a decision is about."""
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
