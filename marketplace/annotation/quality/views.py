"""The page of labels that are likely wrong."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.annotation.arbitration.rules import acts_on_item
from marketplace.annotation.arbitration.selectors import items_of_owner
from marketplace.annotation.look.services import look_at_rows
from marketplace.annotation.project.selectors import labellings_visible_to
from marketplace.annotation.project.standing import said_of
from marketplace.annotation.quality.selectors import comparison_of, listed_errors
from marketplace.core import visible
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor

MOST_SHOWN = 30


@signed_in
def likely_errors(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List the labels of a project that are likely wrong, with what speaks for it."""
    by = actor(request)
    project = visible(labellings_visible_to(by), pk=pk)
    standstill, comparison = said_of(project.version), comparison_of(project)
    errors = [] if standstill else listed_errors(comparison)
    listed = errors[:MOST_SHOWN]
    # Only what is shown is looked at.
    cells = look_at_rows(pk, rows=[one.row for one in listed], by=by)
    items = items_of_owner(by).in_bulk([one.item_id for one in listed])
    rows = [
        (error, each, acts_on_item(items[error.item_id], by))
        for error, each in zip(listed, cells, strict=True)
    ]
    context = {
        "project": project,
        "standstill": standstill,
        "comparison": comparison,
        "errors": errors,
        "rows": rows,
    }
    return render(request, "annotation/likely_errors.html", context)
