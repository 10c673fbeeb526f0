"""What happens when a day is closed."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class ClosingProposed(
    Fact, kind="trading.closing_proposed", label=_("Closing of a day proposed, to be confirmed")
):
    """The books of a day were added up and balance; a second finance officer closes them."""

    day: str
    transfers: int
    totals_sha256: str


class ClosingRejected(Fact, kind="trading.closing_rejected", label=_("Closing of a day rejected")):
    """A finance officer does not close a day by these totals; it stays open."""

    day: str
    totals_sha256: str


class DayClosed(Fact, kind="trading.day_closed", label=_("Books of a day closed")):
    """The books of a day were checked and closed by two; the digest is that of its totals."""

    day: str
    transfers: int
    totals_sha256: str
