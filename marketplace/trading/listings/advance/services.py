"""The offers of a product move on to a later version, without a new decision."""

from uuid import UUID

from django.db import transaction

from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core import Actor, locked, visible
from marketplace.ledger.services.recording import record
from marketplace.trading.listings import gate
from marketplace.trading.listings.advance import rules
from marketplace.trading.listings.advance.events import ListingAdvanced
from marketplace.trading.listings.advance.fitness import (
    as_of,
    behind,
    refuse_unless_fit,
    refuse_unless_stands,
)
from marketplace.trading.listings.gate.composing import let_rows_out
from marketplace.trading.listings.listing.models import Listing, Suspension
from marketplace.trading.listings.listing.states import LISTING, ListingState
from marketplace.trading.listings.past_offer.models import PastOffer
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.renewal.dropping import drop_renewal
from marketplace.trading.listings.revision.models import Revision
from marketplace.trading.listings.revision.services import register_revision, release_revision
from marketplace.trading.listings.sheet.sheet import FROZEN_COLUMNS, freeze_sheet


@transaction.atomic
def advance_product(version_id: UUID, *, by: Actor) -> Revision:
    """Let every offer of a product move on to a later version that its policy has prepared.

    No second officer decides, since nothing is new that one decided: the same policy, columns and
    terms, a right that covers the version, and a verdict on its own bytes that is no weaker. Each
    offer passes the gate as at its publication, and all of them move or none. What was bought once
    stays the revision that was bought. Doing it again moves what was left behind, or nothing.

    Raises:
        NotFound: there is no such version among those the actor may see.
        NotAllowed: the actor is no officer of the organization that holds the data.
        Invalid: the version is not desensitized, or a proof does not stand (`code` names the
            first).
        WrongState: there is no offer to move on (`nothing-to-advance`), or something changed that a
            person has to decide on: a later version is offered already (`earlier-version`), its
            columns (`structure-changed`), its verdict (`verdict-weaker`), what the terms promise
            (`terms-unfit`), or what it tells together with an earlier release of the same people
            (`composition-refused`, `composition-untried`).
    """
    version = visible(versions_visible_to(by), pk=version_id)
    product = rules.check_advance_product(version, by)
    # The listings first, as whoever orders does; then what `register_revision` locks.
    locked_rows = _locked_behind(product, version)
    revision = register_revision(version_id, by=by)
    moved = [one for one in locked_rows if one.revision.number < revision.number]
    if not moved:
        if revision.live_at is None:
            raise rules.nothing_to_advance()
        return revision
    for listing in moved:
        _move_on(listing, revision, by=by)
    return release_revision(revision.pk, by=by)


def _locked_behind(product: Product, version: DatasetVersion) -> list[Listing]:
    return [
        locked(Listing.objects.select_related("product__dataset", "revision__version"), pk=one.pk)
        for one in behind(product, version)
    ]


def _move_on(listing: Listing, revision: Revision, *, by: Actor) -> None:
    """Let one listing offer a later revision; its row is locked."""
    version = revision.version
    refuse_unless_fit(listing, version, by=by)
    moved = as_of(listing, revision, version)
    proofs = gate.lock_proofs(gate.proofs_to_advance(moved))
    refuse_unless_stands(moved, proofs)
    let_rows_out(moved, by=by)
    assert listing.certificate_id is not None, "it was published"
    assert listing.risk_report_id is not None, "it was published"
    assert listing.appraisal_id is not None, "it was published"
    past = PastOffer.objects.create(
        listing=listing,
        revision_id=listing.revision_id,
        certificate_id=listing.certificate_id,
        risk_report_id=listing.risk_report_id,
        appraisal_id=listing.appraisal_id,
        sheet=listing.sheet,
        sheet_digest=listing.sheet_digest,
    )
    listing.revision = revision
    listing.certificate, listing.risk_report = proofs.certificate, proofs.risk_report
    listing.appraisal = proofs.appraisal
    if listing.suspension == Suspension.GATE:
        LISTING.move(listing, ListingState.PUBLISHED)
        listing.suspension = listing.reason = ""
    freeze_sheet(listing, proofs)
    bound = ("revision", "certificate", "risk_report", "appraisal")
    listing.save(update_fields=[*bound, "state", "suspension", "reason", *FROZEN_COLUMNS])
    drop_renewal(listing, by=by)
    record(
        ListingAdvanced(
            subject=f"listing:{listing.pk}",
            about=(f"revision:{revision.pk}", *listing.concerns),
            number=revision.number,
            bytes_sha256=proofs.bytes_sha256,
            sheet_sha256=listing.sheet_digest,
            old_sheet_sha256=past.sheet_digest,
        ),
        by=by,
    )
