from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class SharedTableOpened(Fact):
    """A program of the buyer was told where to fetch the bytes of that digest."""

    kind = "delivery.shared_table_opened"
    label = _("Table opened by the buyer's program")
    sha256: str
    rows: int
