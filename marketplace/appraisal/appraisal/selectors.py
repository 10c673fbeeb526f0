"""Read valuations, and what one can be drafted from."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.accounts.policies import is_centre_staff
from marketplace.appraisal.adapters import results
from marketplace.appraisal.adapters.results import Replayed
from marketplace.appraisal.appraisal import policies
from marketplace.appraisal.appraisal.models import Appraisal, Purpose
from marketplace.appraisal.appraisal.states import UNDECIDED, AppraisalState
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import latest_deliverable_version
from marketplace.core import Actor, NotAllowed, WrongState, clock, visible
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import certificate_in_force
from marketplace.rights.right.coverage import scope_digest

RIGHTS_OF_PURPOSE = {
    Purpose.TRADE: ("operate",),
    Purpose.MANAGEMENT: ("operate", "use", "hold"),
    Purpose.DISCLOSURE: ("operate", "use", "hold"),
}
"""The rights of which one must be held, by what the valuation is for; the first is preferred."""


@dataclass(frozen=True)
class Basis:
    """What a valuation stands on: the data, its desensitized version and the right that is held."""

    dataset: Dataset
    version: DatasetVersion
    certificate: Certificate


def appraisals_visible_to(by: Actor) -> QuerySet[Appraisal]:
    """Return every valuation to the centre's staff, else those of the actor's organization."""
    rows = Appraisal.objects.select_related(
        "dataset", "organization", "certificate", "version", "credential"
    ).prefetch_related("approaches")
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def appraisals_to_copy_for(dataset: Dataset, *, by: Actor) -> QuerySet[Appraisal]:
    """Return what the organization that holds a dataset has valued, of this data or of other."""
    return appraisals_visible_to(by).filter(organization_id=dataset.organization_id)


def appraisal_in_force(dataset_id: UUID, organization_id: UUID, *, on: date) -> Appraisal | None:
    """Find the valuation of an organization's right in a dataset that holds on a day."""
    return Appraisal.objects.filter(
        dataset_id=dataset_id,
        organization_id=organization_id,
        state=AppraisalState.IN_FORCE,
        valid_until__gte=on,
    ).first()


def undecided_appraisal(dataset_id: UUID, organization_id: UUID) -> Appraisal | None:
    """Find the valuation that an organization is still working on."""
    return Appraisal.objects.filter(
        dataset_id=dataset_id, organization_id=organization_id, state__in=UNDECIDED
    ).first()


def basis_of(dataset_id: UUID, *, purpose: str, by: Actor) -> Basis:
    """Return what the actor can value of a dataset.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: there is no desensitized version, or no fitting right is in force.
    """
    dataset = visible(datasets_visible_to(by), pk=dataset_id)
    if not policies.may_appraise(by, dataset.organization_id):
        raise NotAllowed(_("Only officers of the organization that holds the data can value it."))
    version = latest_deliverable_version(dataset)
    if version is None:
        raise WrongState(
            _("There is no desensitized version to value. Desensitize the data first."),
            code="version-missing",
        )
    for right in RIGHTS_OF_PURPOSE[Purpose(purpose)]:
        certificate = certificate_in_force(
            dataset.pk,
            dataset.organization_id,
            right,
            on=clock.today(),
            scope=scope_digest(version),
        )
        if certificate is not None:
            return Basis(dataset, version, certificate)
    raise WrongState(
        _("A valuation is of a right that is held. Have the right confirmed first."),
        code="right-missing",
    )


def replay(appraisal: Appraisal) -> Replayed:
    """Compute a valuation and each approach behind it anew, and compare the cents."""
    headline = results.replayed(appraisal.result)
    told = [] if headline.same else [headline.sentence]
    for approach in appraisal.approaches.all():
        if approach.method == appraisal.method:
            continue
        again = results.replayed(approach.result)
        if not again.same:
            told.append(
                _("%(approach)s: %(sentence)s")
                % {"approach": approach.get_method_display(), "sentence": again.sentence}
            )
    return replace(headline, same=False, sentence=" ".join(told)) if told else headline
