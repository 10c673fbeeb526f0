"""The ledger API: for everybody, to look."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.ledger import selectors, serializers
from marketplace.ledger.pagination import EntryPages
from marketplace.web.api import ListView, ThingView


class Entries(ListView):
    """The entries of the ledger, newest first, without subjects and persons."""

    gives = serializers.EntryOut
    pages = EntryPages
    operation = "list_ledger_entries"
    summary = "List ledger entries"
    is_public = True

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        """Select."""
        return selectors.public_entries()


class OneEntry(ThingView):
    """An entry with the proof that it is in the tree."""

    gives = serializers.ProvedEntryOut
    operation = "get_ledger_entry"
    summary = "Get a ledger entry with its proof"
    is_public = True

    def thing(self, by: Actor, **ids: UUID) -> selectors.ProvedEntry:
        """Select."""
        return selectors.proved_entry(ids["reference"])


class LastHead(ThingView):
    """The newest signed head of the tree."""

    gives = serializers.HeadOut
    operation = "get_ledger_head"
    summary = "Get the signed tree head"
    is_public = True

    def thing(self, by: Actor, **ids: Any) -> Any:
        """Select."""
        return selectors.signed_head()
