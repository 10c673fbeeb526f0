"""The proofs that a listing rests on: which they are, and how they are held still."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model

from marketplace.accounts.models import Organization
from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.appraisal.appraisal.states import AppraisalState
from marketplace.appraisal.ceiling.models import PriceCeiling
from marketplace.appraisal.ceiling.profile import is_public_data
from marketplace.appraisal.ceiling.selectors import ceiling_in_force
from marketplace.catalog.dataset.models import Dataset, Described
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import clock, share_locked, visible
from marketplace.core.locking import share_lock, share_lock_with
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.states import ReportState
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import foremost_certificate
from marketplace.rights.certificate.states import CertificateState
from marketplace.rights.right.coverage import scope_digest
from marketplace.trading.listings.gate.upstream import SELLING_RIGHT, Upstream, upstream_of
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.states import ListingState
from marketplace.trading.listings.past_offer.selectors import offered_at
from marketplace.trading.listings.plans import PlanKind

HELD = (*("product__dataset", "revision__version", "organization", "certificate", "risk_report"),)
"""What the order of a listing goes on resting on, in the order in which it is locked."""

UNBOUND = (ListingState.DRAFT, ListingState.RETURNED)


@dataclass(frozen=True)
class Proofs:
    """What a listing rests on, as read in this transaction."""

    dataset: Dataset
    version: DatasetVersion
    seller: Organization
    certificate: Certificate | None
    risk_report: RiskReport | None
    appraisal: Appraisal | None
    ceiling: PriceCeiling | None
    upstream: tuple[Upstream, ...] = ()

    def rows(self) -> tuple[Model, ...]:
        """Return each row that there is, always in this order, so that no two wait in a circle."""
        proofs = (self.certificate, self.risk_report, self.appraisal, self.ceiling)
        own = (self.dataset, self.version, self.seller, *(one for one in proofs if one))
        above = {row for each in self.upstream for row in each.rows()} - set(own)
        return (*own, *sorted(above, key=lambda row: (row._meta.label, row.pk)))

    @property
    def described(self) -> Described:
        """Return what the data was approved as."""
        return self.version.described

    @property
    def bytes_sha256(self) -> str:
        """Return the digest of the very bytes that a delivery will send."""
        return self.version.file.sha256


def bound_proofs(listing: Listing) -> Proofs:
    """Return the proofs that a listing was bound to when it was submitted."""
    return proofs_with(listing, listing.certificate, listing.risk_report, listing.appraisal)


def newest_proofs(listing: Listing) -> Proofs:
    """Return the proofs that would be bound if the listing were submitted now."""
    return proofs_with(
        listing,
        _newest_certificate(listing),
        _newest_report(listing),
        _newest_appraisal(listing),
    )


def proofs_to_advance(moved: Listing) -> Proofs:
    """Return the proofs on which a listing would go on with another revision.

    Right and report are the newest; the valuation is the one that it has, while that holds.
    """
    return proofs_with(
        moved,
        _newest_certificate(moved),
        _newest_report(moved),
        _standing_appraisal(moved),
    )


def past_proofs(offered: Listing) -> Proofs:
    """Return the proofs of what a listing offered before it moved on.

    They are those that it had, and where one of them is in force no more the newest in its place:
    nobody renews a listing of what it does not offer.
    """
    certificate, report = offered.certificate, offered.risk_report
    if certificate is None or certificate.state != CertificateState.IN_FORCE:
        certificate = _newest_certificate(offered)
    if report is None or report.state != ReportState.IN_FORCE:
        report = _newest_report(offered)
    return proofs_with(offered, certificate, report, _standing_appraisal(offered))


def proofs_of(listing: Listing) -> Proofs:
    """Return the proofs to show for a listing: the bound ones, before that the newest."""
    return newest_proofs(listing) if listing.state in UNBOUND else bound_proofs(listing)


def lock_proofs(proofs: Proofs) -> Proofs:
    """Return the proofs read anew, with their rows share-locked until the transaction ends.

    Whoever freezes, withdraws or supersedes one takes its row exclusively, and so comes before or
    after this transaction, never in between.
    """
    share_lock(*proofs.rows())
    certificate, report, appraisal = proofs.certificate, proofs.risk_report, proofs.appraisal
    ceiling = proofs.ceiling
    version = DatasetVersion.objects.select_related("dataset", "content", "file", "parent").get(
        pk=proofs.version.pk
    )
    return Proofs(
        dataset=version.dataset,
        version=version,
        seller=Organization.objects.get(pk=proofs.seller.pk),
        certificate=certificate and Certificate.objects.get(pk=certificate.pk),
        risk_report=report and RiskReport.objects.get(pk=report.pk),
        appraisal=appraisal and Appraisal.objects.get(pk=appraisal.pk),
        ceiling=ceiling and PriceCeiling.objects.get(pk=ceiling.pk),
        upstream=upstream_of(version.dataset),
    )


def lock_bound(
    listing: Listing, revision_id: UUID | None = None, *, is_bound: bool = False
) -> tuple[Listing, Proofs]:
    """Return a listing and the proofs that it was bound to, share-locked and then read anew.

    The same as a share-locked listing and `lock_proofs`, in as little work as that can be done in,
    since every act of a trade asks. `is_bound` leaves out what takes nothing from who has bought:
    the valuation and the price ceiling. Of another revision than the listing offers now it returns
    what was offered then.

    Raises:
        NotFound: there is no such listing.
    """
    rows = Listing.objects.select_related(
        "product__dataset", "revision", "organization", "certificate"
    )
    if revision_id not in (None, listing.revision_id):
        return _lock_past(share_locked(rows, pk=listing.pk), revision_id)
    if not share_lock_with(Listing, *HELD, *(() if is_bound else ("appraisal",)), pk=listing.pk):
        seen = share_locked(rows, pk=listing.pk)
        if revision_id not in (None, seen.revision_id):
            return _lock_past(seen, revision_id)
        return seen, lock_proofs(bound_proofs(seen))
    # All in one statement would take the database longer to plan than these four together.
    current = visible(rows.defer("search_text", "sheet"), pk=listing.pk)
    if revision_id not in (None, current.revision_id):
        # It moved on while this waited.
        return _lock_past(current, revision_id)
    versions = DatasetVersion.objects.select_related("content", "file")
    current.revision.version = versions.get(pk=current.revision.version_id)
    current.revision.version.dataset = current.product.dataset
    assert current.risk_report_id is not None, "it is held"
    reports = RiskReport.objects.defer("figures", "thresholds", "quasi_identifiers")
    current.risk_report = reports.get(pk=current.risk_report_id)
    if is_bound:
        return current, _as_read(current)
    assert current.appraisal_id is not None, "it is held"
    appraisals = Appraisal.objects.defer("inputs", "result")
    current.appraisal = appraisals.get(pk=current.appraisal_id)
    ceiling = _ceiling_today(current)
    if ceiling is not None:
        share_lock(ceiling)
        asked_for, ceiling = ceiling, _ceiling_today(current)
        if ceiling != asked_for:
            # Another ceiling came into force while this one was waited for.
            return current, lock_proofs(bound_proofs(current))
    return current, _as_read(current, current.appraisal, ceiling)


def _lock_past(listing: Listing, revision_id: UUID | None) -> tuple[Listing, Proofs]:
    """Return what a share-locked listing offered of a revision before, with its proofs."""
    offered = offered_at(listing, revision_id)
    return offered, lock_proofs(past_proofs(offered))


def _as_read(
    listing: Listing, appraisal: Appraisal | None = None, ceiling: PriceCeiling | None = None
) -> Proofs:
    dataset = listing.product.dataset
    above = upstream_of(dataset)
    if above:
        share_lock(*dict.fromkeys(row for each in above for row in each.rows()))
        above = upstream_of(dataset)
    return Proofs(
        dataset=dataset,
        version=listing.revision.version,
        seller=listing.organization,
        certificate=listing.certificate,
        risk_report=listing.risk_report,
        appraisal=appraisal,
        ceiling=ceiling,
        upstream=above,
    )


def proofs_with(
    listing: Listing,
    certificate: Certificate | None,
    risk_report: RiskReport | None,
    appraisal: Appraisal | None,
) -> Proofs:
    return Proofs(
        dataset=listing.product.dataset,
        version=listing.revision.version,
        seller=listing.organization,
        certificate=certificate,
        risk_report=risk_report,
        appraisal=appraisal,
        ceiling=_ceiling_today(listing),
        upstream=upstream_of(listing.product.dataset),
    )


def _ceiling_today(listing: Listing) -> PriceCeiling | None:
    """Find the ceiling of this period; a listing is bound to the price, not to one period."""
    if (
        not is_public_data(listing.revision.version.described.asset_kind)
        or listing.plan.get("kind") == PlanKind.FREE
    ):
        return None
    return ceiling_in_force(listing.product.dataset, listing.organization_id, on=clock.today())


def _newest_certificate(listing: Listing) -> Certificate | None:
    held = Certificate.objects.filter(
        dataset_id=listing.product.dataset_id, organization_id=listing.organization_id
    )
    scope = scope_digest(listing.revision.version)
    return foremost_certificate(held, right=SELLING_RIGHT, scope=scope)


def _newest_report(listing: Listing) -> RiskReport | None:
    reports = RiskReport.objects.filter(version_id=listing.revision.version_id).order_by(
        "-created_at"
    )
    return reports.filter(state=ReportState.IN_FORCE).first() or reports.first()


def _standing_appraisal(listing: Listing) -> Appraisal | None:
    held = listing.appraisal
    if held is not None and held.state == AppraisalState.IN_FORCE:
        return held
    return _newest_appraisal(listing)


def _newest_appraisal(listing: Listing) -> Appraisal | None:
    held = Appraisal.objects.filter(
        dataset_id=listing.product.dataset_id, organization_id=listing.organization_id
    ).order_by("-created_at")
    in_force = held.filter(state=AppraisalState.IN_FORCE).first()
    return in_force or held.filter(state=AppraisalState.EXPIRED).first()
