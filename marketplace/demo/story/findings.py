"""Find what earlier steps have made, so that a story that broke off goes on where it was."""

from marketplace.accounts.models import Organization, Person
from marketplace.accounts.organization.selectors import organizations_visible_to
from marketplace.accounts.person.selectors import people_visible_to
from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.appraisal.appraisal.selectors import appraisals_visible_to
from marketplace.appraisal.appraisal.states import PAST_APPRAISAL
from marketplace.appraisal.ceiling.models import PriceCeiling
from marketplace.appraisal.ceiling.selectors import ceilings_visible_to
from marketplace.appraisal.ceiling.states import UNDECIDED, CeilingState
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.dataset.states import DatasetState
from marketplace.catalog.version.models import DatasetVersion, VersionKind
from marketplace.catalog.version.selectors import (
    latest_deliverable_version,
    latest_reviewed_version,
    versions_of,
)
from marketplace.core import clock
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.selectors import grants_visible_to
from marketplace.demo.story.cast import House, Part
from marketplace.demo.story.goods import Goods
from marketplace.demo.story.stage import CLOCKWORK
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.selectors import report_of
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import certificate_in_force
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.selectors import claims_visible_to
from marketplace.rights.claim.states import PAST_CLAIM
from marketplace.trading.listings.gate import SELLING_RIGHT
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.trading.listings.listing.states import OFF_MARKET
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import UNDONE


def organization_of(house: House) -> Organization | None:
    return organizations_visible_to(CLOCKWORK).filter(uscc=house.uscc).first()


def person_of(part: Part) -> Person | None:
    """Find a person by their address."""
    return people_visible_to(CLOCKWORK).filter(email=part.email).first()


def dataset_of(goods: Goods) -> Dataset | None:
    """Find a dataset by its title and its officer's organization."""
    return (
        datasets_visible_to(CLOCKWORK)
        .filter(title=goods.description.title, organization__uscc=goods.officer.house.uscc)
        .exclude(state=DatasetState.RETIRED)
        .order_by("-created_at")
        .first()
    )


def source_of(goods: Goods) -> DatasetVersion | None:
    """Find the data as it came in, or the model: the first of what goes on, else the newest."""
    dataset = dataset_of(goods)
    if dataset is None:
        return None
    if goods.goes_on:
        return versions_of(dataset).filter(kind=VersionKind.SOURCE).order_by("number").first()
    return latest_reviewed_version(dataset)


def masked_of(goods: Goods) -> DatasetVersion | None:
    """Find the desensitized data that was made from the source, or the model."""
    dataset, source = dataset_of(goods), source_of(goods)
    if goods.goes_on:
        return source.children.order_by("number").first() if source else None
    masked = latest_deliverable_version(dataset) if dataset else None
    is_made = masked and source and source.pk in (masked.pk, masked.parent_id)
    return masked if is_made else None


def passed_report_of(goods: Goods) -> RiskReport | None:
    """Find the risk report of the desensitized data, where it passed and is in date."""
    masked = masked_of(goods)
    report = report_of(masked.pk) if masked else None
    stands = report is not None and report.passed and report.valid_until >= clock.today()
    return report if stands else None


def claim_of(goods: Goods) -> Claim | None:
    """Find the claim that is running or has borne fruit."""
    dataset = dataset_of(goods)
    if dataset is None:
        return None
    claims = claims_visible_to(CLOCKWORK).filter(dataset=dataset).exclude(state__in=PAST_CLAIM)
    return claims.order_by("-created_at").first()


def certificate_of(goods: Goods) -> Certificate | None:
    """Find the certificate of the right that a seller needs."""
    dataset = dataset_of(goods)
    if dataset is None:
        return None
    return certificate_in_force(
        dataset.pk, dataset.organization_id, SELLING_RIGHT, on=clock.today()
    )


def appraisal_of(goods: Goods) -> Appraisal | None:
    """Find the valuation of the desensitized data that is being written or in force."""
    masked = masked_of(goods)
    if masked is None:
        return None
    appraisals = (
        appraisals_visible_to(CLOCKWORK).filter(version=masked).exclude(state__in=PAST_APPRAISAL)
    )
    return appraisals.order_by("-created_at").first()


def ceiling_of(goods: Goods) -> PriceCeiling | None:
    """Find the price ceiling of public data that is being written or in force."""
    return (
        ceilings_visible_to(CLOCKWORK)
        .filter(dataset=dataset_of(goods), state__in=(*UNDECIDED, CeilingState.IN_FORCE))
        .first()
    )


def listing_of(goods: Goods) -> Listing | None:
    """Find the listing of the desensitized data."""
    masked = masked_of(goods)
    if masked is None:
        return None
    listings = listings_of_sellers(CLOCKWORK)
    if goods.goes_on:
        listings = listings.filter(product__dataset=masked.dataset_id, title=goods.offer.title)
    else:
        listings = listings.filter(revision__version=masked)
    return listings.exclude(state__in=OFF_MARKET).order_by("-created_at").first()


def order_of(goods: Goods, buyer: Part) -> Order | None:
    """Find what a buyer ordered, where it was neither declined nor cancelled."""
    listing = listing_of(goods)
    if listing is None:
        return None
    orders = orders_visible_to(CLOCKWORK).filter(listing=listing, buyer__uscc=buyer.house.uscc)
    return orders.exclude(state__in=UNDONE).order_by("-created_at").first()


def grant_of(goods: Goods, buyer: Part) -> Grant | None:
    order = order_of(goods, buyer)
    return grants_visible_to(CLOCKWORK).filter(order=order).first() if order else None
