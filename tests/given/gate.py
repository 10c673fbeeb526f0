"""What breaks each proof of a listing that has them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from uuid import UUID

from marketplace.accounts.models import Organization
from marketplace.appraisal.appraisal.services import withdraw_appraisal
from marketplace.appraisal.ceiling.models import PriceCeiling
from marketplace.appraisal.ceiling.services import close_ceiling
from marketplace.catalog.approval.services import approve_dataset, submit_dataset
from marketplace.catalog.dataset.models import ApprovedContent
from marketplace.catalog.dataset.services import reopen_dataset, retire_dataset, revise_dataset
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import clock
from marketplace.core.records import Record
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.services import withdraw_report
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.freeze.services import cancel_certificate, freeze_certificate
from marketplace.trading.listings import gate
from marketplace.trading.listings.listing.models import Listing
from marketplace.vault.models import StoredFile
from tests.given.catalog import CONTENT_CHECKLIST, description
from tests.given.quality import FAILED, measured, set_rules
from tests.given.world import World

Break = Callable[[World, Listing], AbstractContextManager[None]]


def by_act(act: Callable[[World, Listing], object]) -> Break:
    """Break a proof by an act, for good."""

    @contextmanager
    def broken(world: World, listing: Listing) -> Iterator[None]:
        act(world, listing)
        yield

    return broken


def later(**time: int) -> Break:
    """Let time pass."""

    @contextmanager
    def broken(world: World, listing: Listing) -> Iterator[None]:
        with clock.stopped_at(clock.now() + timedelta(**time)):
            yield

    return broken


def certificate_of(listing: Listing) -> Certificate:
    """Return the certificate that the listing rests on."""
    found = gate.proofs_of(listing).certificate
    assert found is not None
    return found


def ceiling_of(listing: Listing) -> PriceCeiling:
    """Return the price ceiling of the listing's data."""
    found = gate.proofs_of(listing).ceiling
    assert found is not None
    return found


def report_of(listing: Listing) -> RiskReport:
    """Return the risk report that the listing rests on."""
    found = gate.proofs_of(listing).risk_report
    assert found is not None
    return found


def retired(world: World, listing: Listing) -> None:
    """Take the dataset out of use."""
    retire_dataset(listing.product.dataset_id, reason="It ends.", by=world.actor("officer"))


def described_anew(world: World, listing: Listing) -> None:
    """Let the officer say that the data is of another source, and content review approve it."""
    officer, dataset_id = world.actor("officer"), listing.product.dataset_id
    reopen_dataset(dataset_id, by=officer)
    changed = description(source_description="Counted by hand at the stops.")
    revise_dataset(dataset_id, description=changed, by=officer)
    submit_dataset(dataset_id, by=officer)
    approve_dataset(dataset_id, checklist=CONTENT_CHECKLIST, by=world.actor("reviewer"))


def held(world: World, listing: Listing) -> None:
    """Set a rule that the data fails, and let it be asked."""
    set_rules(world, listing.product.dataset, FAILED)
    measured(listing.revision.version.source)


def set_on(model: type[Record], **values: object) -> Callable[[World, Listing], None]:
    """Change what no act can: the gate does not rely on the acts of others having been right."""

    def change(world: World, listing: Listing) -> None:
        keys: dict[type[Record], UUID] = {
            Organization: listing.organization_id,
            StoredFile: listing.revision.version.file_id,
            RiskReport: report_of(listing).pk,
            PriceCeiling: ceiling_of(listing).pk,
            DatasetVersion: listing.revision.version_id,
        }
        model._default_manager.filter(pk=keys[model]).update(**values)

    return change


def approved_with(**values: object) -> Callable[[World, Listing], None]:
    """Let what is offered be approved as something that nobody would publish."""

    def change(world: World, listing: Listing) -> None:
        content = ApprovedContent.of(listing.product.dataset)
        for name, value in values.items():
            setattr(content, name, value)
        content.save()
        DatasetVersion.objects.filter(pk=listing.revision.version_id).update(content=content)

    return change


BREAKS: dict[str, Break] = {
    "content-not-approved": by_act(retired),
    "quality-unmeasured": by_act(set_on(DatasetVersion, quality="waiting")),
    "quality-failed": by_act(held),
    "grade-missing": by_act(approved_with(grade="")),
    "grade-core": by_act(approved_with(grade="core")),
    "grade-mode": by_act(approved_with(grade="general-4")),
    "negative-list": by_act(approved_with(negative_list=["state-secret"])),
    "venue-own-data": by_act(set_on(Organization, kind="centre")),
    "right-missing": by_act(
        lambda world, listing: cancel_certificate(
            certificate_of(listing).pk, reason="Given up.", by=world.actor("reviewer")
        )
    ),
    "right-frozen": by_act(
        lambda world, listing: freeze_certificate(
            certificate_of(listing).pk, reason="A court order.", by=world.actor("reviewer")
        )
    ),
    "right-expired": later(days=4 * 365),
    "right-mismatch": by_act(described_anew),
    "risk-withdrawn": by_act(
        lambda world, listing: withdraw_report(
            report_of(listing).pk, reason="A fault of the scan.", by=world.actor("reviewer")
        )
    ),
    "risk-failed": by_act(set_on(RiskReport, passed=False, failures=["smallest-class"])),
    "risk-expired": later(days=400),
    "risk-digest-mismatch": by_act(set_on(StoredFile, sha256="0" * 64)),
    "role-unconfirmed": by_act(
        set_on(RiskReport, relabelled=[{"column": "line", "digest": "0" * 64}])
    ),
    "personal-basis-missing": by_act(set_on(RiskReport, verdict="de-identified")),
    "impact-assessment-missing": by_act(set_on(RiskReport, verdict="anonymous")),
    "valuation-missing": by_act(
        lambda world, listing: withdraw_appraisal(
            gate.proofs_of(listing).appraisal.pk,  # type: ignore[union-attr]
            reason="A wrong input.",
            by=world.actor("officer"),
        )
    ),
    "valuation-expired": later(days=400),
    "ceiling-missing": by_act(
        lambda world, listing: close_ceiling(
            ceiling_of(listing).pk, reason="A wrong cost.", by=world.actor("reviewer")
        )
    ),
    "ceiling-exceeded": by_act(set_on(PriceCeiling, price="11999.99")),
    "public-purpose-priced": by_act(
        lambda world, listing: Listing.objects.filter(pk=listing.pk).update(
            terms={**listing.terms, "public_purpose": True}
        )
    ),
}
