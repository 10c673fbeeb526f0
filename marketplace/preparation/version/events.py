from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class RawRowsOpened(Fact, kind="preparation.raw_rows_opened", label=_("Raw rows looked at")):
    """A person opened raw values: of which columns, by their places, of how many rows, and why."""

    columns: tuple[str, ...]
    rows: int
    reason: str
    note_sha256: str
