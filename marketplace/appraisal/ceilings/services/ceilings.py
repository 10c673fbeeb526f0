"""Draft a price ceiling, revise it, submit it, take it back."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.appraisal.ceilings import rules
from marketplace.appraisal.ceilings.events import (
    CeilingDrafted,
    CeilingRevised,
    CeilingSubmitted,
    CeilingWithdrawn,
)
from marketplace.appraisal.ceilings.models import PriceCeiling
from marketplace.appraisal.ceilings.profile import is_public_data
from marketplace.appraisal.ceilings.selectors import ceilings_visible_to, undecided_ceiling
from marketplace.appraisal.ceilings.standing import Permitted, check_period
from marketplace.appraisal.ceilings.states import CEILING, CeilingState
from marketplace.catalog.selectors import datasets_visible_to
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, WrongState
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.review.models import CaseKind
from marketplace.review.services.cases import open_case, withdraw_case


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
def withdraw_ceiling(ceiling_id: UUID, *, reason: str, by: Actor) -> PriceCeiling:
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
    if not reason.strip():
        sentence = _("Say why the price ceiling is withdrawn.")
        raise Invalid(sentence, fields={"reason": [sentence]})
    ceiling.reason = reason.strip()
    ceiling.save(update_fields=["state", "reason"])
    subject = f"ceiling:{ceiling.pk}"
    if was_submitted:
        withdraw_case(kind=CaseKind.CEILING, subject=subject, about=ceiling.concerns, by=by)
    record(CeilingWithdrawn(subject=subject, about=ceiling.concerns), by=by)
    return ceiling
