"""What of a version an order is for, and whether it needs a copy of its own."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from marketplace.catalog.version.projections import Projection
from marketplace.core import clock
from marketplace.core.months import months_after
from marketplace.delivery.grant.models import Grant
from marketplace.trading.listings.plans import Once
from marketplace.trading.listings.sale.licences import licence_end
from marketplace.trading.listings.terms.clauses.quota import QuotaWindow
from marketplace.trading.orders.order.models import Order


def projection_of(order: Order) -> Projection:
    """Return the columns and rows that were agreed: by the terms, and by the size of a menu."""
    plan = order.agreed_plan
    first = plan.rows if isinstance(plan, Once) else None
    return replace(order.agreed_terms.projection, first=first)


@dataclass(frozen=True)
class RowQuota:
    """How many rows programs may take: since a day, and anew from another; None where for good."""

    rows: int
    since: date | None = None
    anew_on: date | None = None


def quota_of(grant: Grant) -> RowQuota | None:
    """Return the quota of rows by the terms that hold now; None where there is none."""
    terms = grant.order.agreed_terms
    if not terms.quota_rows:
        return None
    if terms.quota_window == QuotaWindow.LICENCE:
        return RowQuota(terms.quota_rows)
    begins = clock.today().replace(day=1)
    return RowQuota(terms.quota_rows, begins, months_after(begins, 1))


def licence_ends_at(grant: Grant) -> datetime:
    """Return when a licence runs out that began with its grant, by the terms that hold now."""
    return licence_end(grant.created_at, grant.order.agreed_terms.licence_months)


def needs_copy(order: Order) -> bool:
    """Return whether bytes are written for this buyer before anything is granted.

    Rows through the API are cut as they are read. Whatever leaves as a file has a digest and a
    risk report of its own, and so has what is marked.
    """
    if order.agreed_terms.is_marked:
        return True
    return order.listing.delivery.leaves_whole and not projection_of(order).is_whole


def asked_for(order_id: UUID, number: int | None = None) -> str:
    """Return by what name an order asks for its copy: the first, or that of a later revision."""
    return f"order:{order_id}" if number is None else f"order:{order_id}:{number}"
