"""A listing came, went or was renewed: the register notes on what it relies."""

from __future__ import annotations

from marketplace.core.locking import visible
from marketplace.ledger.models import Entry
from marketplace.pipeline.things import PIPELINE, id_of
from marketplace.rights.certificate.services import note_reliance
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.listing.states import ON_MARKET
from marketplace.trading.listings.renewal.selectors import certificates_before


def note_listing(entry: Entry) -> None:
    """Tell the register whether a listing rests on its certificate."""
    listing = visible(listings_visible_to(PIPELINE), pk=id_of(entry.subject))
    if listing.certificate_id is not None:
        note_reliance(
            listing.certificate_id,
            subject=entry.subject,
            is_current=listing.state in ON_MARKET,
            by=PIPELINE,
        )


def note_renewal(entry: Entry) -> None:
    """Tell the register that a renewed listing rests on its certificate of before no more."""
    listing = visible(listings_visible_to(PIPELINE), pk=id_of(entry.subject))
    for certificate_id in certificates_before(listing):
        note_reliance(certificate_id, subject=entry.subject, is_current=False, by=PIPELINE)
