"""The ledger pages: the state of the tree, one entry with its proof, the check of all of it."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.core.rules import is_open
from marketplace.ledger import exploring, selectors
from marketplace.ledger.auditing import check_ledger
from marketplace.ledger.exploring import Search, drawn_proof, found_entries, log_state
from marketplace.ledger.rules import check_checks_ledger
from marketplace.web.pages import signed_in
from marketplace.web.pagination import CappedPages
from marketplace.web.requests import actor

SHOWN = 25
"""Rows of each table of the watch over the log, but for its pages of audits."""
SOUGHT = ("kind", "subject", "actor")


def ledger(request: HttpRequest) -> HttpResponse:
    """Show the newest entries and the signed head. Everybody may look."""
    search = Search(**{name: request.GET.get(name, "").strip() for name in SOUGHT})
    by = actor(request)
    pages = Paginator(found_entries(search, by=by), 50)
    page = pages.get_page(request.GET.get("page"))
    head = selectors.last_head()
    context = {
        "page": page,
        "rows": [selectors.timeline_entry(entry) for entry in page.object_list],
        "head": head,
        "log": log_state(head),
        "unsealed": selectors.unsealed_count(),
        "kinds": selectors.kinds_in_use(),
        "search": search,
        "searches": by.is_signed_in,
        "checks_ledger": is_open(check_checks_ledger, None, by),
    }
    return render(request, "ledger/ledger.html", context)


def ledger_entry(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Show an entry, its place in the tree and the proof that it stands there."""
    found = selectors.proved_entry(reference, by=actor(request))
    drawing = drawn_proof(found.proof) if found.proof else ""
    return render(request, "ledger/entry.html", {"found": found, "drawing": drawing})


@signed_in
def ledger_check(request: HttpRequest) -> HttpResponse:
    """Recompute the ledger for an auditor: a part at a time, from `?after=`."""
    after = request.GET.get("after", "")
    part = check_ledger(
        int(after) if after.isdecimal() and len(after) < 18 else 0, by=actor(request)
    )
    return render(request, "ledger/check.html", {"part": part})


def ledger_audits(request: HttpRequest) -> HttpResponse:
    """Show who watched over the log, and how it ended. Everybody may look."""
    pages = CappedPages(exploring.audits(), SHOWN)
    context = {
        "page": pages.get_page(request.GET.get("page")),
        "cosignatures": exploring.cosignatures()[:SHOWN],
        "logs": exploring.witnessed_logs()[:SHOWN],
        "checks": exploring.witness_checks()[:SHOWN],
        "checks_ledger": is_open(check_checks_ledger, None, actor(request)),
    }
    return render(request, "ledger/audits.html", context)
