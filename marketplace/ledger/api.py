from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core import Actor
from marketplace.ledger import selectors, serializers
from marketplace.ledger.auditing import check_ledger
from marketplace.ledger.forms import SearchForm
from marketplace.ledger.published import ConsistencyProof, consistency_proof
from marketplace.ledger.services.verification import Part
from marketplace.web.api import ListView, ThingView
from marketplace.web.pagination import CursorPages
from marketplace.web.parameters import refuse_wrong


class EntryPages(CursorPages):
    """Newest first."""

    ordering = ("-id",)


class Entries(ListView):
    """The entries of the ledger, newest first, without subjects and persons."""

    gives = serializers.EntryOut
    pages = EntryPages
    operation = "list_ledger_entries"
    reads = (SearchForm,)
    is_public = True

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        form = SearchForm(request.query_params, kinds=selectors.kinds_in_use())
        refuse_wrong(form)
        return selectors.found_entries(form.search(), by=by)


class OneEntry(ThingView):
    """An entry with the proof that it is in the tree."""

    gives = serializers.ProvedEntryOut
    operation = "get_ledger_entry"
    summary = "Get a ledger entry with its proof"
    is_public = True

    def thing(self, by: Actor, **ids: UUID) -> selectors.ProvedEntry:
        return selectors.proved_entry(ids["reference"], by=by)


class LastHead(ThingView):
    """The newest signed head of the tree."""

    gives = serializers.HeadOut
    operation = "get_ledger_head"
    summary = "Get the signed tree head"
    is_public = True

    def thing(self, by: Actor, **ids: Any) -> Any:
        return selectors.signed_head()


class Consistency(ThingView):
    """The proof that the tree of a signed head begins with that of an earlier one."""

    gives = serializers.ConsistencyOut
    operation = "prove_ledger_consistency"
    summary = "Prove that one tree head goes on from another"
    is_public = True

    def thing(self, by: Actor, **ids: int) -> ConsistencyProof:
        return consistency_proof(ids["first"], ids["size"])


class LedgerCheck(ThingView):
    """Recompute a part of the ledger after a signed head of size `after`; 0 is the beginning."""

    gives = serializers.LedgerPartOut
    operation = "check_ledger"
    summary = "Check the ledger, part by part"

    def thing(self, by: Actor, **ids: int) -> Part:
        return check_ledger(ids["after"], by=by)


class Audits(ListView):
    """The audits of the whole ledger that ended, newest first."""

    gives = serializers.AuditOut
    operation = "list_ledger_audits"
    summary = "List audits of the ledger"
    is_public = True

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return selectors.audits()


class WitnessChecks(ListView):
    """The looks of this centre at other logs, as their witness, newest first."""

    gives = serializers.WitnessCheckOut
    operation = "list_witness_checks"
    summary = "List looks at other logs"
    is_public = True

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        return selectors.witness_checks()
