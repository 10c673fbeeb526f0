"""What the gate would find of data that nobody offers yet, asked from registration on."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from django.conf import settings

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import (
    latest_deliverable_version,
    latest_reviewed_version,
)
from marketplace.core import clock
from marketplace.trading.listings.gate.checks import POINTS
from marketplace.trading.listings.gate.findings import Question
from marketplace.trading.listings.gate.proofs import newest_proofs, proofs_of
from marketplace.trading.listings.gate.refusals import GatePoint
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.states import OFF_MARKET
from marketplace.trading.listings.mode.file import FILE
from marketplace.trading.listings.plans import Once
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.revision.models import Revision
from marketplace.trading.listings.terms.terms import Terms


def planned_points(dataset: Dataset) -> Mapping[str, GatePoint]:
    """Return the lines of the gate by the name of their question, for the offer of a dataset.

    That is the newest offer that there is; before there is one, of its newest data as it stands
    now, for money and as a file.
    """
    offered = Listing.objects.select_related("product__dataset", "revision", "organization")
    listing = (
        offered.filter(product__dataset=dataset)
        .exclude(state__in=OFF_MARKET)
        .order_by("-created_at")
        .first()
    )
    if listing is None:
        listing = _planned(dataset)
        asked = Question(listing, newest_proofs(listing), clock.today())
    else:
        asked = Question(listing, proofs_of(listing), clock.today())
    version = listing.revision.version
    found = {point: point.check(asked) for point in POINTS}
    if version._state.adding:
        # There is no page of a version that is not there: what it lacks begins with an upload.
        found = {
            point: replace(one, remedy_url_name="dataset_upload", remedy_pk=dataset.pk)
            if one is not None and one.remedy_pk == version.pk
            else one
            for point, one in found.items()
        }
    return {point.check.__name__: GatePoint(point.label, one) for point, one in found.items()}


def is_measured(dataset: Dataset) -> bool:
    """Return whether what an attacker can learn of the newest data is known."""
    version = latest_deliverable_version(dataset)
    return version is not None and version.risk_reports.exists()


def _planned(dataset: Dataset) -> Listing:
    """Return an offer of the newest data, kept nowhere."""
    newest = latest_deliverable_version(dataset) or latest_reviewed_version(dataset)
    return Listing(
        organization=dataset.organization,
        product=Product(dataset=dataset, organization=dataset.organization),
        revision=Revision(version=newest or DatasetVersion(dataset=dataset)),
        delivery_mode=FILE.name,
        currency=settings.CENTRE["CURRENCY"],
        plan=Once(amount=Decimal(0)).as_json(),
        terms=Terms(purpose="").as_json(),
    )
