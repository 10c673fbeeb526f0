"""Whether what data was made from may still be used: its rights and the verdicts on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model, TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.models import ApprovedContent, Dataset
from marketplace.catalog.lineage.models import Origin
from marketplace.catalog.lineage.selectors import origins_above
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.states import ReportState
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.states import CertificateState

SELLING_RIGHT = "operate"
"""The right that a seller must hold: to operate a product made of the data."""


class Trouble(TextChoices):
    """Why data that was made from something may not be used."""

    FROZEN = "upstream-frozen", _("Its right is frozen")
    CANCELLED = "upstream-cancelled", _("Its right is cancelled")
    RECALLED = "upstream-recalled", _("The verdict on it is withdrawn")
    LICENCE = "upstream-licence", _("The contract lets nothing made from it be offered")
    NEGATIVE = "upstream-negative-list", _("It stands on the negative list")


@dataclass(frozen=True)
class Upstream:
    """One dataset that data was made from, over however many steps, with what it rests on.

    `reports` are those on the version that was bought; nothing was bought of one's own data.
    `approved` is what a reviewer approved of it last.
    """

    origin: Origin
    dataset: Dataset
    approved: ApprovedContent | None = None
    certificates: tuple[Certificate, ...] = ()
    reports: tuple[RiskReport, ...] = ()

    def rows(self) -> tuple[Model, ...]:
        """Return each row that must not change while something goes on."""
        return (self.dataset, *self.certificates, *self.reports)

    @property
    def trouble(self) -> Trouble | None:
        """Return why it may not be used, None where it may.

        A freeze of one holder's right is enough, unless they hold another one in force.
        """
        states: dict[UUID, set[str]] = {}
        for held in self.certificates:
            states.setdefault(held.organization_id, set()).add(held.state)
        without = [found for found in states.values() if CertificateState.IN_FORCE not in found]
        if any(CertificateState.FROZEN in found for found in without):
            return Trouble.FROZEN
        if len(without) == len(states) and any(
            CertificateState.CANCELLED in found for found in without
        ):
            return Trouble.CANCELLED
        if self.reports and self.reports[0].state == ReportState.WITHDRAWN:
            return Trouble.RECALLED
        if self.origin.forbids_offering:
            return Trouble.LICENCE
        # Its holder says so at once, and takes it back only once that is reviewed.
        is_named = self.dataset.negative_list or (self.approved and self.approved.negative_list)
        return Trouble.NEGATIVE if is_named else None


def upstream_of(dataset: Dataset) -> tuple[Upstream, ...]:
    """Return everything here that a dataset was made from, the nearest first."""
    if not dataset.is_derived:
        return ()
    origins = [each for each in origins_above(dataset.pk) if each.upstream is not None]
    above = [each.upstream.pk for each in origins if each.upstream is not None]
    certificates = _by_dataset(Certificate.objects.filter(dataset_id__in=above))
    contents = ApprovedContent.objects.filter(dataset_id__in=above).order_by("created_at")
    contents = contents.only("dataset_id", "negative_list")
    approved = {each.dataset_id: each for each in contents}
    bought = [each.upstream_version_id for each in origins if each.upstream_version_id]
    reports: dict[UUID, list[RiskReport]] = {}
    if bought:
        found = RiskReport.objects.filter(version_id__in=bought).order_by("-created_at")
        for report in found.defer("figures", "thresholds", "judgement", "quasi_identifiers"):
            reports.setdefault(report.version_id, []).append(report)
    return tuple(
        Upstream(
            origin,
            origin.upstream,
            approved.get(origin.upstream.pk),
            tuple(certificates.get(origin.upstream.pk, ())),
            tuple(reports.get(origin.upstream_version_id, ()))
            if origin.upstream_version_id
            else (),
        )
        for origin in origins
        if origin.upstream is not None
    )


def _by_dataset(held: Iterable[Certificate]) -> dict[UUID, list[Certificate]]:
    found: dict[UUID, list[Certificate]] = {}
    for certificate in held:
        if SELLING_RIGHT in certificate.rights:
            found.setdefault(certificate.dataset_id, []).append(certificate)
    return found
