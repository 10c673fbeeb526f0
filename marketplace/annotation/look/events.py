"""What of a project was shown to the centre's staff."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class RowsShown(Fact, kind="annotation.rows_shown", label=_("Rows shown to the centre's staff")):
    """Somebody of the centre's staff was shown rows of a project; its owner reads that they were.

    The first and the last of the rows are told.
    """

    rows: int
    first: int
    last: int
