from uuid import UUID

from marketplace.core import Actor, visible
from marketplace.trading.orders.settlement.en16931 import en16931_of
from marketplace.trading.orders.settlement.selectors import fee_papers_visible_to
from marketplace.web.api import XML, DocumentView


class FeePaperFile(DocumentView):
    """A fee invoice or its credit note as a file of EN 16931 (CII), for who keeps the books."""

    media = XML
    operation = "get_fee_paper_file"
    summary = "Save a fee invoice as EN 16931"

    def document(self, by: Actor, **ids: UUID) -> bytes:
        return en16931_of(visible(fee_papers_visible_to(by), pk=ids["pk"]))
