"""Who publishes confirms what the columns are, in the caller's transaction."""

from collections.abc import Sequence

from marketplace.core import Actor
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.services import confirm_published_roles
from marketplace.trading.listings.listing.models import Listing


def confirm_columns(
    listing: Listing, report: RiskReport | None, columns: Sequence[str], *, by: Actor
) -> None:
    """Agree, as the second officer, to what the data to publish takes columns for.

    Raises:
        NotAllowed: the actor wrote a reason.
        Invalid: a column is not named (`roles-unnamed`).
    """
    if report is not None:
        subject = f"listing:{listing.pk}"
        confirm_published_roles(
            report.pk, columns=columns, subject=subject, about=listing.concerns, by=by
        )
