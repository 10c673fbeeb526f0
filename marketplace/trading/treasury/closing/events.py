"""What happens when a day is closed."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class DayClosed(Fact, kind="trading.day_closed", label=_("Books of a day closed")):
    """The books of a day were checked and closed; the digest is that of the day's totals."""

    day: str
    transfers: int
    totals_sha256: str
