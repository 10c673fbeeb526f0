"""What of a project was shown to the centre's staff."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RowsShown(Fact):
    """Somebody of the centre's staff was shown rows of a project; its owner reads that they were.

    The first and the last of the rows are told.
    """

    kind = "annotation.rows_shown"
    label = _("Rows shown to the centre's staff")
    rows: int
    first: int
    last: int
