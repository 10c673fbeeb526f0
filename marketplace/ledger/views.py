"""The public ledger pages: the state of the tree, and one entry with its proof."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.ledger import selectors


def ledger(request: HttpRequest) -> HttpResponse:
    """Show the newest entries and the signed head. Everybody may look."""
    kind = request.GET.get("kind", "")
    pages = Paginator(selectors.public_entries(kind=kind), 50)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [selectors.timeline_entry(entry) for entry in page.object_list],
        "head": selectors.last_head(),
        "unsealed": selectors.unsealed_count(),
        "kinds": selectors.kinds_in_use(),
        "kind": kind,
    }
    return render(request, "ledger/ledger.html", context)


def ledger_entry(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Show an entry, its place in the tree and the proof that it stands there."""
    found = selectors.proved_entry(reference)
    return render(request, "ledger/entry.html", {"found": found})
