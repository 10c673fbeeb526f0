"""Whether the offers of a product can move on to a version, and what holds it."""

from collections.abc import Sequence
from copy import copy

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, Refusal, clock
from marketplace.trading.listings import gate
from marketplace.trading.listings.advance import rules
from marketplace.trading.listings.advance.selectors import offers_behind
from marketplace.trading.listings.gate.composing import refuse_unless_composes
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.states import ON_MARKET
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.revision.models import Revision


def what_holds(product: Product, version: DatasetVersion, *, by: Actor) -> Refusal | None:
    """Return why the offers of a product cannot move on to a version; None where they can.

    It asks without locks, and changes nothing.
    """
    try:
        rules.check_advance_product(version, by)
        for listing in behind(product, version):
            refuse_unless_fit(listing, version, by=by)
    except Refusal as refusal:
        return refusal
    return None


def behind(product: Product, version: DatasetVersion) -> Sequence[Listing]:
    """Return the offers of a product that are of an earlier version, each with what it rests on."""
    last = product.revisions.filter(version=version).first()
    number = last.number if last else product.revisions.count() + 1
    rows = offers_behind(product, number).select_related(
        "organization", "product__dataset", "revision__version"
    )
    return list(rows.order_by("pk"))


def as_of(listing: Listing, revision: Revision | None, version: DatasetVersion) -> Listing:
    """Return a listing as it would offer a version, which may be no revision yet."""
    moved = copy(listing)
    moved.revision = revision or Revision(product=listing.product, version=version)
    return moved


def refuse_unless_fit(listing: Listing, version: DatasetVersion, *, by: Actor) -> gate.Proofs:
    """Return the proofs on which a listing would offer a version.

    Raises:
        WrongState: something changed that a person has to decide on (its code).
        Invalid: a proof does not stand (`code` names the first).
    """
    moved = as_of(listing, None, version)
    rules.refuse_another_structure(version, listing.revision.version)
    rules.refuse_what_was_found(version)
    rules.refuse_unfit_terms(listing, version)
    proofs = gate.proofs_to_advance(moved)
    rules.refuse_a_weaker_verdict(proofs.risk_report, listing.revision.verdict)
    refuse_unless_stands(moved, proofs)
    refuse_unless_composes(moved, by=by)
    return proofs


def refuse_unless_stands(moved: Listing, proofs: gate.Proofs) -> None:
    """Ask the gate about an offer as it would be with another revision.

    Raises:
        Invalid: a proof does not stand (`code` names the first).
    """
    # Of what left the market nothing is sold any more, so that only what orders rest on is asked.
    is_bound = moved.state not in ON_MARKET
    moved.risk_report = proofs.risk_report
    gate.refuse(gate.findings_of(moved, proofs, on=clock.today(), is_bound=is_bound))
