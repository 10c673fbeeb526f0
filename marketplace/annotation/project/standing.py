"""Whether a version may be labelled now: the verdict on it, the right over it, and its origins."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.annotation.project.selectors import has_passed
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.states import DatasetState
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import WrongState, clock
from marketplace.core.locking import share_lock, share_locked_rows
from marketplace.core.reading import read_once, remember
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.selectors import report_of, reports_in_force
from marketplace.preparation.report.states import ReportState
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import foremost_certificate
from marketplace.rights.certificate.states import CertificateState
from marketplace.rights.right.choices import Right
from marketplace.rights.right.coverage import scope_digest
from marketplace.trading.listings.gate.upstream import upstream_of
from marketplace.trading.orders.person_request.withdrawn import holds_withdrawn_rows, read_withdrawn


class Standstill(StrEnum):
    """Why a version may not be labelled; the codes of refusals."""

    VERDICT = "version-not-passed"
    RIGHT = "right-missing"
    FROZEN = "right-frozen"
    ROWS = "rows-withdrawn"
    RETIRED = "dataset-retired"
    UPSTREAM = "upstream"


SENTENCES: Mapping[Standstill, Promise] = {
    Standstill.VERDICT: _(
        "Only a masked version with a passed risk report that is in date is labelled. "
        "Desensitize the dataset first."
    ),
    Standstill.RIGHT: _(
        "There is no certificate in date of the right to use this data. Claim the right and have "
        "it certified."
    ),
    Standstill.FROZEN: _(
        "The right over this data is frozen, so nobody labels it and no label is taken out. Settle "
        "that first."
    ),
    Standstill.ROWS: _(
        "A person withdrew rows that this data was made with, so nobody is shown its items and no "
        "label is taken out. Desensitize the data anew without them, and go on over that version."
    ),
    Standstill.RETIRED: _("The dataset is out of use, so nobody labels it."),
    Standstill.UPSTREAM: _(
        "The data was made from other data that may not be used now. Its lineage says which."
    ),
}


@read_once
def standstill_of(version: DatasetVersion) -> Standstill | None:
    """Return why a version may not be labelled now, None where it may."""
    if not has_passed(version):
        return Standstill.VERDICT
    held, today = right_to_use(version), clock.today()
    if held is not None and held.state == CertificateState.FROZEN:
        return Standstill.FROZEN
    if (
        held is None
        or held.state != CertificateState.IN_FORCE
        or not held.valid_from <= today <= held.valid_until
    ):
        return Standstill.RIGHT
    above = upstream_of(version.dataset)
    made_of = [one for each in above if (one := each.origin.upstream_version) is not None]
    if holds_withdrawn_rows([version, *made_of]):
        return Standstill.ROWS
    if version.dataset.state == DatasetState.RETIRED:
        return Standstill.RETIRED
    if any(each.trouble is not None for each in above):
        return Standstill.UPSTREAM
    return None


def said_of(version: DatasetVersion) -> str:
    """Say why a version may not be labelled now; "" where it may."""
    found = standstill_of(version)
    return str(SENTENCES[found]) if found else ""


@read_once
def right_to_use(version: DatasetVersion) -> Certificate | None:
    """Return the certificate of the owner's right to use this very data that counts."""
    return foremost_certificate(
        _certificates(version), right=Right.USE, scope=scope_digest(version)
    )


def _certificates(version: DatasetVersion) -> QuerySet[Certificate]:
    """Return what was certified to the owner over this very data, whatever became of it."""
    return Certificate.objects.filter(
        dataset_id=version.dataset_id,
        organization_id=version.dataset.organization_id,
        scope_sha256=scope_digest(version),
    )


def read_standing(versions: Collection[DatasetVersion]) -> None:
    """Read at once, for the rest of a look, what some versions may be labelled by.

    What they were made from is asked of each.
    """
    datasets = {version.dataset_id for version in versions}
    reports = {
        one.version_id: one
        for one in RiskReport.objects.filter(version__in=versions, state=ReportState.IN_FORCE)
    }
    certified = list(Certificate.objects.filter(dataset_id__in=datasets))
    for version in versions:
        remember(report_of, reports.get(version.pk), version.pk)
        scope, owner = scope_digest(version), version.dataset.organization_id
        held = [
            one
            for one in certified
            if (one.dataset_id, one.organization_id, one.scope_sha256)
            == (version.dataset_id, owner, scope)
        ]
        foremost = foremost_certificate(held, right=Right.USE, scope=scope)
        remember(right_to_use, foremost, version)
    read_withdrawn(datasets)


def hold_standing(version: DatasetVersion) -> None:
    """Hold what a version may be labelled by until the transaction ends.

    Whoever freezes a right or recalls a verdict takes its row exclusively, and who takes a person
    out the row of the dataset: such an act comes before this transaction or after it. What is read
    as it is locked the rules need not read anew, where all this is one look (`core.reading`).
    """
    [version.dataset] = share_locked_rows(Dataset.objects.filter(pk=version.dataset_id))
    verdicts = share_locked_rows(reports_in_force(version.pk).only("passed", "valid_until"))
    held = share_locked_rows(_certificates(version).order_by("created_at", "pk"))
    above = {row for each in upstream_of(version.dataset) for row in each.rows()}
    share_lock(*sorted(above, key=lambda row: (row._meta.label, row.pk)))
    remember(report_of, verdicts[0] if verdicts else None, version.pk)
    foremost = foremost_certificate(held, right=Right.USE, scope=scope_digest(version))
    remember(right_to_use, foremost, version)


def check_version_stands(version: DatasetVersion) -> None:
    """Refuse to label a version, or to give its labels out, where verdict or right does not hold.

    Raises:
        WrongState: it does not; the code says which.
    """
    found = standstill_of(version)
    if found is not None:
        raise WrongState(str(SENTENCES[found]), code=found.value)


def check_no_row_withdrawn(version: DatasetVersion) -> None:
    """Refuse to show rows to anybody while a person wants theirs out.

    Raises:
        WrongState: a person withdrew rows that the data was made with (`rows-withdrawn`).
    """
    if standstill_of(version) == Standstill.ROWS:
        raise WrongState(str(SENTENCES[Standstill.ROWS]), code=Standstill.ROWS.value)


def check_not_frozen(version: DatasetVersion) -> None:
    """Refuse data over which the right is frozen, that persons withdrew, or that is out of use.

    Raises:
        WrongState: it is (`right-frozen`, `rows-withdrawn`, `dataset-retired`).
    """
    held, found = right_to_use(version), None
    if holds_withdrawn_rows([version]):
        found = Standstill.ROWS
    elif held is not None and held.state == CertificateState.FROZEN:
        found = Standstill.FROZEN
    elif version.dataset.state == DatasetState.RETIRED:
        found = Standstill.RETIRED
    if found is not None:
        raise WrongState(str(SENTENCES[found]), code=found.value)
