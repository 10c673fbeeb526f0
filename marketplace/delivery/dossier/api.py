"""The API of a trade's papers."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from marketplace.core.actor import Actor
from marketplace.delivery.dossier.selectors import Papers, archive_of, papers_of
from marketplace.delivery.dossier.serializers import PapersOut
from marketplace.web.api import DocumentView, ThingView


class OrderPapers(ThingView):
    """Every paper of a trade with its digest: read, agreed, proved, recorded, to check it with."""

    gives = PapersOut
    operation = "list_papers"
    summary = "List the papers of an order"

    def thing(self, by: Actor, **ids: UUID) -> Papers:
        """Select."""
        return papers_of(ids["pk"], by=by)


class OrderArchive(DocumentView):
    """Every paper of a trade as one ZIP, with the program that checks them."""

    media = "application/zip"
    operation = "get_archive"
    summary = "Save the papers of an order"

    def document(self, by: Actor, **ids: UUID) -> Iterator[bytes]:
        """Select."""
        return archive_of(ids["pk"], by=by)
