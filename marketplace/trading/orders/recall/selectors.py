"""Read reports of re-identifications, and what they are about."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.core import Actor, Invalid, NotFound, visible
from marketplace.credentials.selectors import credential_by_number
from marketplace.preparation.report.models import RiskReport
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.states import ListingState
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.recall.models import Recall, Reidentification
from marketplace.trading.orders.remedy.given import orders_given


def reidentifications_visible_to(by: Actor) -> QuerySet[Reidentification]:
    """Return every report to reviewers and the centre's software, and none to anybody else.

    Who wrote one may have named a person in it.
    """
    rows = Reidentification.objects.select_related(
        "risk_report__version__dataset", "risk_report__organization", "listing"
    )
    return rows if by.is_system or by.has(Role.REVIEWER) else rows.none()


def reidentification_of(reference: str) -> Reidentification:
    """Return the report with a reference, to whoever has it, without what was written.

    Raises:
        NotFound: there is none.
    """
    rows = Reidentification.objects.select_related("risk_report__version__dataset")
    rows = rows.defer("found", "how", "contact")
    found = rows.filter(reference="".join(reference.split()).upper()[:25]).first()
    if found is None:
        raise NotFound(_("There is no report with this reference. Compare it with what you kept."))
    return found


def recall_of(order: Order) -> Recall | None:
    """Return what a recall did to an order. The caller has checked who may see the order."""
    return Recall.objects.filter(order=order).select_related("risk_report").first()


def recall_visible_to(by: Actor, order_id: UUID) -> Recall:
    """Return what a recall did to an order that the actor may see.

    Raises:
        NotFound: the actor sees no such order, or it was not recalled.
    """
    recall = recall_of(visible(orders_visible_to(by), pk=order_id))
    if recall is None:
        raise NotFound(_("This order was not recalled."))
    return recall


def orders_resting_on(report: RiskReport) -> QuerySet[Order]:
    """Return the orders of the data that a report was measured on."""
    return orders_given([report.version_id]).order_by("pk")


def named_data(named: str) -> tuple[RiskReport, Listing | None]:
    """Find the data that somebody names, and its listing where it was named by it.

    `named` is the address or key of a listing, or the number of a risk report, of the risk report
    of a copy, or of the certificate of a right.

    Raises:
        Invalid: nothing of the centre that a verdict lets out has this name.
    """
    text = named.strip()
    listing = _listing_at(text)
    if listing is not None and listing.risk_report is not None:
        return listing.risk_report, listing
    report = _report_numbered(text)
    if report is None:
        sentence = _(
            "Nothing here has this name. Give the address of the listing, or the number of the "
            "risk report or certificate as it stands there."
        )
        raise Invalid(sentence, code="data-unknown", fields={"named": [sentence]})
    return report, None


def _listing_at(text: str) -> Listing | None:
    for part in reversed(text.strip("/").split("/")):
        try:
            key = UUID(part)
        except ValueError:
            continue
        rows = Listing.objects.select_related("risk_report__version__dataset")
        return rows.filter(pk=key).first()
    return None


def _report_numbered(number: str) -> RiskReport | None:
    credential = credential_by_number(number)
    if credential is None:
        return None
    kind, _colon, key = credential.subject.partition(":")
    reports = RiskReport.objects.select_related("version__dataset")
    if kind == "risk_report":
        return reports.filter(pk=key).first()
    listings = Listing.objects.exclude(risk_report=None).exclude(state=ListingState.DRAFT)
    if kind == "order":
        listings = listings.filter(orders=UUID(key))
    elif kind == "certificate":
        listings = listings.filter(certificate=UUID(key))
    else:
        return None
    newest = listings.order_by("-published_at").values("risk_report")
    return reports.filter(pk__in=newest[:1]).first()
