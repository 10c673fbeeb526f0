"""Whether what a valuation stands on still stands, asked anew by every act that relies on it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.appraisal.documents import digest_of_appraisal
from marketplace.appraisal.models import Appraisal, Purpose
from marketplace.appraisal.selectors import RIGHTS_OF_PURPOSE, replay
from marketplace.catalog.version.selectors import latest_masked_version
from marketplace.core import clock
from marketplace.core.errors import WrongState
from marketplace.core.months import months_after
from marketplace.rights.certificate.selectors import certificate_in_force
from marketplace.rights.right.coverage import scope_digest


def about(appraisal: Appraisal) -> tuple[str, ...]:
    """Name what a fact of a valuation also concerns."""
    return (
        f"dataset:{appraisal.dataset_id}",
        f"certificate:{appraisal.certificate_id}",
        f"organization:{appraisal.organization_id}",
    )


def holds_until(appraisal: Appraisal) -> date:
    """Return the last day for which a valuation can hold: by the centre's rule and by the right."""
    months = settings.CENTRE["VALUATION_MONTHS"]
    return min(months_after(appraisal.valued_on, months), appraisal.certificate.valid_until)


def check_standing(appraisal: Appraisal) -> None:
    """Hold a valuation's figure, right, version and date against what is true now.

    An act that relies on it share-locks the certificate before.

    Raises:
        WrongState: one of them is not what it was; the sentence says to revise the valuation.
    """
    scope = scope_digest(appraisal.dataset, appraisal.version)
    in_force = [
        certificate_in_force(
            appraisal.dataset_id,
            appraisal.organization_id,
            right,
            on=clock.today(),
            scope=scope,
        )
        for right in RIGHTS_OF_PURPOSE[Purpose(appraisal.purpose)]
    ]
    if appraisal.certificate_id not in {found.pk for found in in_force if found is not None}:
        raise WrongState(
            _("The right that was valued is not in force any more. Revise the valuation."),
            code="right-missing",
        )
    version = latest_masked_version(appraisal.dataset)
    if version is None or version.pk != appraisal.version_id:
        raise WrongState(
            _("There is a newer desensitized version. Revise the valuation."),
            code="version-changed",
        )
    if holds_until(appraisal) < clock.today():
        raise WrongState(
            _("The valuation date is too long ago. Revise the valuation."),
            code="valuation-too-old",
        )
    if digest_of_appraisal(appraisal) != appraisal.result_digest or not replay(appraisal).same:
        raise WrongState(
            _("The figure does not come out of its inputs any more. Revise the valuation."),
            code="replay-differs",
        )
