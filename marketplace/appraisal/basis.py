"""A value of what is held: approaches computed on a version and a right, as of a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.appraisal.computing import Computed, GivenApproach, computed
from marketplace.appraisal.limits import HeldRight
from marketplace.appraisal.models import Purpose
from marketplace.appraisal.selectors import Basis, basis_of
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.months import months_after


def check_purpose(purpose: str) -> None:
    """Refuse a purpose that is none.

    Raises:
        Invalid: it is not one of `Purpose`.
    """
    if purpose not in Purpose.values:
        sentence = _("Choose what the valuation is for.")
        raise Invalid(sentence, fields={"purpose": [sentence]})


def valuation_date(given: date | None) -> date:
    """Return the day that is valued as of: today, unless another is given.

    Raises:
        Invalid: it is in the future, or so long ago that the valuation would be out of date.
    """
    today = clock.today()
    if given is None:
        return today
    if given > today or months_after(given, settings.CENTRE["VALUATION_MONTHS"]) < today:
        sentence = _("Value as of today, or of a day of the last %(months)d months.") % {
            "months": settings.CENTRE["VALUATION_MONTHS"]
        }
        raise Invalid(sentence, fields={"valued_on": [sentence]})
    return given


def computed_on(
    basis: Basis, approaches: Sequence[GivenApproach], *, purpose: str, on: date
) -> Computed:
    """Compute approaches to the value of the right that the basis names.

    Raises:
        Invalid: as for `computed`.
    """
    certificate = basis.certificate
    right = HeldRight(frozenset(certificate.rights), certificate.number, certificate.valid_until)
    return computed(approaches, right=right, purpose=purpose, on=on)


def preview(
    dataset_id: UUID,
    *,
    approaches: Sequence[GivenApproach],
    purpose: str,
    valued_on: date | None,
    by: Actor,
) -> Computed:
    """Compute what drafting would keep, and keep nothing.

    Raises:
        NotFound, NotAllowed, WrongState, Invalid: as for `draft_appraisal`.
    """
    check_purpose(purpose)
    basis = basis_of(dataset_id, purpose=purpose, by=by)
    return computed_on(basis, approaches, purpose=purpose, on=valuation_date(valued_on))
