from collections.abc import Iterator
from uuid import UUID

from marketplace.core import Actor
from marketplace.delivery.dossier.selectors import Papers, archive_of, papers_of
from marketplace.delivery.dossier.serializers import DossierOut, PapersOut
from marketplace.delivery.dossier.services import read_dossier, save_dossier
from marketplace.delivery.dossier.telling import Dossier
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


class OrderDossier(ThingView):
    """A trade from listing to payout: each fact with its day, who, its ledger entry and papers."""

    gives = DossierOut
    operation = "read_dossier"
    summary = "Read the dossier of an order"

    def thing(self, by: Actor, **ids: UUID) -> Dossier:
        """Read, which is on record."""
        return read_dossier(ids["pk"], by=by)


class OrderDossierArchive(DocumentView):
    """A trade from listing to payout as one ZIP, with its papers, receipts and what checks them."""

    media = "application/zip"
    operation = "save_dossier"
    summary = "Save the dossier of an order"

    def document(self, by: Actor, **ids: UUID) -> Iterator[bytes]:
        """Read, which is on record."""
        return save_dossier(ids["pk"], by=by)
