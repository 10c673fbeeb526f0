"""Draft a valuation, revise it, submit it, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.appraisal import rules
from marketplace.appraisal.basis import check_purpose, computed_on, valuation_date
from marketplace.appraisal.computing import Computed, GivenApproach
from marketplace.appraisal.events import (
    AppraisalDrafted,
    AppraisalRevised,
    AppraisalSubmitted,
    AppraisalWithdrawn,
)
from marketplace.appraisal.models import Appraisal, Approach
from marketplace.appraisal.proof import revoke_for
from marketplace.appraisal.selectors import Basis, appraisals_visible_to, basis_of
from marketplace.appraisal.standing import about
from marketplace.appraisal.states import APPRAISAL, AppraisalState
from marketplace.catalog.selectors import datasets_visible_to
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.credentials.states import StatusReason
from marketplace.ledger.services.recording import record
from marketplace.review.models import CaseKind
from marketplace.review.services.cases import open_case, withdraw_case
from marketplace.rights.certificate.selectors import lock_certificate


@transaction.atomic
def draft_appraisal(
    dataset_id: UUID,
    *,
    approaches: Sequence[GivenApproach],
    purpose: str,
    by: Actor,
    valued_on: date | None = None,
) -> Appraisal:
    """Value the newest desensitized version of a dataset, of which the actor holds the right.

    The inputs of each approach are those of the `valuation` library's method, with `sources` that
    say where each figure comes from. It is valued as of today unless `valued_on` says otherwise.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: there is no desensitized version, no right in force, or an unfinished
            valuation.
        Invalid: the date is none to value as of, or an approach breaks a rule (see `computed`).
    """
    check_purpose(purpose)
    # The dataset's row keeps a second draft out until this one is seen.
    rules.check_draft_appraisal(locked(datasets_visible_to(by), pk=dataset_id), by)
    basis = basis_of(dataset_id, purpose=purpose, by=by)
    on = valuation_date(valued_on)
    found = computed_on(basis, approaches, purpose=purpose, on=on)
    appraisal = Appraisal.objects.create(
        organization_id=basis.dataset.organization_id, **_figures(basis, found, purpose, on)
    )
    _keep_approaches(appraisal, found)
    record(
        AppraisalDrafted(
            subject=f"appraisal:{appraisal.pk}", about=about(appraisal), method=appraisal.method
        ),
        by=by,
    )
    return appraisal


@transaction.atomic
def revise_appraisal(
    appraisal_id: UUID,
    *,
    approaches: Sequence[GivenApproach],
    purpose: str,
    by: Actor,
    valued_on: date | None = None,
) -> Appraisal:
    """Compute a valuation anew from other inputs, as of today unless `valued_on` says otherwise.

    The same again changes nothing.

    Raises:
        NotFound: there is no such valuation among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it was submitted already, or what it stands on is gone.
        Invalid: as for `draft_appraisal`.
    """
    appraisal = locked(appraisals_visible_to(by), pk=appraisal_id)
    rules.check_revise_appraisal(appraisal, by)
    check_purpose(purpose)
    basis = basis_of(appraisal.dataset_id, purpose=purpose, by=by)
    on = valuation_date(valued_on)
    found = computed_on(basis, approaches, purpose=purpose, on=on)
    figures = _figures(basis, found, purpose, on)
    if all(getattr(appraisal, name) == figure for name, figure in figures.items()):
        return appraisal
    for name, figure in figures.items():
        setattr(appraisal, name, figure)
    appraisal.save(update_fields=list(figures))
    appraisal.approaches.all().delete()
    _keep_approaches(appraisal, found)
    record(
        AppraisalRevised(subject=f"appraisal:{appraisal.pk}", about=about(appraisal)),
        by=by,
    )
    return appraisal


@transaction.atomic
def submit_appraisal(appraisal_id: UUID, *, by: Actor) -> Appraisal:
    """Give a valuation to a second person.

    Raises:
        NotFound: there is no such valuation among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is submitted already, or what it stands on is gone.
    """
    appraisal = locked(appraisals_visible_to(by), pk=appraisal_id)
    lock_certificate(appraisal.certificate_id)
    rules.check_submit_appraisal(appraisal, by)
    APPRAISAL.move(appraisal, AppraisalState.SUBMITTED)
    appraisal.submitted_by_id = by.person_id
    appraisal.reason = ""
    appraisal.save(update_fields=["state", "submitted_by_id", "reason"])
    open_case(
        kind=CaseKind.VALUATION,
        subject=f"appraisal:{appraisal.pk}",
        organization_id=appraisal.organization_id,
        about=about(appraisal),
        by=by,
    )
    record(
        AppraisalSubmitted(
            subject=f"appraisal:{appraisal.pk}",
            about=about(appraisal),
            result_digest=appraisal.result_digest,
        ),
        by=by,
    )
    return appraisal


@transaction.atomic
def withdraw_appraisal(appraisal_id: UUID, *, reason: str, by: Actor) -> Appraisal:
    """Take a valuation back, with a reason; its credential is revoked.

    Raises:
        NotFound: there is no such valuation among those the actor may see.
        NotAllowed: the actor is no officer of its organization, and no reviewer of one in force.
        WrongState: it does not hold any more.
        Invalid: there is no reason.
    """
    appraisal = locked(appraisals_visible_to(by), pk=appraisal_id)
    rules.check_withdraw_appraisal(appraisal, by)
    was_submitted = appraisal.state == AppraisalState.SUBMITTED
    APPRAISAL.move(appraisal, AppraisalState.WITHDRAWN)
    if not reason.strip():
        sentence = _("Say why the valuation is withdrawn.")
        raise Invalid(sentence, fields={"reason": [sentence]})
    appraisal.reason = reason.strip()
    appraisal.save(update_fields=["state", "reason"])
    if was_submitted:
        withdraw_case(
            kind=CaseKind.VALUATION,
            subject=f"appraisal:{appraisal.pk}",
            about=about(appraisal),
            by=by,
        )
    revoke_for(appraisal, reason=StatusReason.WITHDRAWN, by=by)
    record(
        AppraisalWithdrawn(subject=f"appraisal:{appraisal.pk}", about=about(appraisal)),
        by=by,
    )
    return appraisal


def _figures(basis: Basis, found: Computed, purpose: str, on: date) -> dict[str, Any]:
    return {
        "dataset_id": basis.dataset.pk,
        "version_id": basis.version.pk,
        "certificate_id": basis.certificate.pk,
        "method": found.method,
        "purpose": purpose,
        "inputs": found.value.inputs,
        "result": found.value.result,
        "result_digest": found.digest,
        "library_version": found.value.version,
        "amount": found.value.amount,
        "low": found.low,
        "high": found.high,
        "currency": found.value.currency,
        "valued_on": on,
    }


def _keep_approaches(appraisal: Appraisal, found: Computed) -> None:
    Approach.objects.bulk_create(
        Approach(
            appraisal=appraisal,
            position=position,
            method=one.method,
            inputs=one.value.inputs,
            result=one.value.result,
            library_version=one.value.version,
            amount=one.value.amount,
            weight=one.weight,
            reason=one.reason,
        )
        for position, one in enumerate(found.approaches, start=1)
    )
