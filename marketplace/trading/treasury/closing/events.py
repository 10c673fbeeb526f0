"""What happens when a day is closed."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DayClosed(Fact):
    """The books of a day were checked and closed; the digest is that of the day's totals."""

    kind = "trading.day_closed"
    label = _("Books of a day closed")
    day: str
    transfers: int
    totals_sha256: str
