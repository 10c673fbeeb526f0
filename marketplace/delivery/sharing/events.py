from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class SharedTableOpened(
    Fact, kind="delivery.shared_table_opened", label=_("Table opened by the buyer's program")
):
    """A program of the buyer was told where to fetch the bytes of that digest."""

    sha256: str
    rows: int
