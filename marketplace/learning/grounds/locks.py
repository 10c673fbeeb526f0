"""Hold what a model rests on, and say whether it stands."""

from dataclasses import dataclass

from marketplace.accounts.models import Organization
from marketplace.catalog.dataset.states import DatasetState
from marketplace.catalog.lineage.selectors import origins_above
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import clock
from marketplace.learning.grounds.choices import Trouble
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.states import ReportState
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import foremost_certificate
from marketplace.rights.certificate.states import CertificateState
from marketplace.rights.right.coverage import scope_digest
from marketplace.trading.listings.gate.proofs import Proofs, lock_proofs
from marketplace.trading.listings.gate.upstream import SELLING_RIGHT, upstream_of
from marketplace.trading.orders.person_request.withdrawn import holds_withdrawn_rows


@dataclass(frozen=True)
class Grounds:
    """The proofs that stand behind a version, and what is wrong with them."""

    proofs: Proofs
    trouble: Trouble | None

    @property
    def certificate(self) -> Certificate:
        """Return the right, where nothing is wrong."""
        assert self.proofs.certificate is not None, "nothing is wrong"
        return self.proofs.certificate

    @property
    def report(self) -> RiskReport:
        """Return the verdict, where nothing is wrong."""
        assert self.proofs.risk_report is not None, "nothing is wrong"
        return self.proofs.risk_report


def grounds_of(version: DatasetVersion, holder: Organization) -> Grounds:
    """Return what stands behind a version now; nothing is held still."""
    return _judged(_newest(version, holder))


def hold_grounds(version: DatasetVersion, holder: Organization) -> Grounds:
    """Return what stands behind a version, share-locked and read anew.

    Whoever freezes a right or recalls a verdict takes its row exclusively: such an act comes before
    this transaction or after it, never in between.
    """
    return _judged(lock_proofs(_newest(version, holder)))


def trouble_beyond_gate(version: DatasetVersion) -> Trouble | None:
    """Return what is wrong with what a sold model was trained on that no gate asks.

    Rights and verdicts, its own and those above it, the gate of its offer asks and holds; the
    verdict on the model is in date no longer than those that it was trained under.
    """
    above = origins_above(version.dataset_id) if version.dataset.is_derived else []
    origins = [one.upstream_version for one in above]
    if holds_withdrawn_rows([version, *(one for one in origins if one is not None)]):
        return Trouble.ROWS
    return Trouble.RETIRED if version.dataset.is_retired else None


def _newest(version: DatasetVersion, holder: Organization) -> Proofs:
    return Proofs(
        dataset=version.dataset,
        version=version,
        seller=holder,
        certificate=_certificate(version, holder),
        risk_report=_report(version),
        appraisal=None,
        ceiling=None,
        upstream=upstream_of(version.dataset),
    )


def _certificate(version: DatasetVersion, holder: Organization) -> Certificate | None:
    scope = scope_digest(version)
    held = Certificate.objects.filter(
        dataset_id=version.dataset_id, organization_id=holder.pk, scope_sha256=scope
    )
    return foremost_certificate(held, right=SELLING_RIGHT, scope=scope)


def _report(version: DatasetVersion) -> RiskReport | None:
    reports = RiskReport.objects.filter(version=version).order_by("-created_at")
    return reports.filter(state=ReportState.IN_FORCE).first() or reports.first()


def _read(proofs: Proofs) -> list[DatasetVersion]:
    """Return the version, and those of data above it that it was made from."""
    above = [each.origin.upstream_version for each in proofs.upstream]
    return [proofs.version, *(one for one in above if one is not None)]


def _judged(proofs: Proofs) -> Grounds:
    held, report, today = proofs.certificate, proofs.risk_report, clock.today()
    trouble = None
    if held is None or held.state in (CertificateState.CANCELLED, CertificateState.SUPERSEDED):
        trouble = Trouble.RIGHT
    elif held.state == CertificateState.FROZEN:
        trouble = Trouble.FROZEN
    elif (
        held.state != CertificateState.IN_FORCE or not held.valid_from <= today <= held.valid_until
    ):
        trouble = Trouble.EXPIRED
    elif holds_withdrawn_rows(_read(proofs)):
        trouble = Trouble.ROWS
    elif (
        report is None
        or report.state != ReportState.IN_FORCE
        or not report.passed
        or report.valid_until < today
        or report.sha256 != proofs.bytes_sha256
    ):
        trouble = Trouble.VERDICT
    elif proofs.dataset.state == DatasetState.RETIRED:
        trouble = Trouble.RETIRED
    elif any(each.trouble is not None for each in proofs.upstream):
        trouble = Trouble.UPSTREAM
    return Grounds(proofs, trouble)
