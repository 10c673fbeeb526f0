"""Pages of what the values of a column become, level by level."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from desensitize.privacy import write_hierarchy
from marketplace.catalog.models import DatasetVersion
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.preparation.forms import HierarchyForm
from marketplace.preparation.inheritance import inherited_of
from marketplace.preparation.levels import hierarchy_in_use, levels_of
from marketplace.preparation.looking import look_in_force, look_needed
from marketplace.preparation.models import ColumnFinding
from marketplace.preparation.rules.versions import (
    acts_on_source_version,
    check_decides,
    check_has_raw,
)
from marketplace.preparation.selectors import finding_at, labels_of, source_visible_to
from marketplace.preparation.services.hierarchies import (
    clear_hierarchy,
    inherit_hierarchies,
    set_hierarchy,
)
from marketplace.preparation.views.looks import asks_for_reason
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor

EXAMPLES = 5


@signed_in
def hierarchy_edit(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """Show the levels of a column, and let an officer change them; `preview` changes nothing.

    The values of the column are shown once it was said why.
    """
    by = actor(request)
    version, finding = _column(by, pk, position)
    is_open = look_in_force(version, column=finding.name, by=by) is not None
    if not is_open and request.method != "POST":
        check_has_raw(version)
        return asks_for_reason(request, version, column=finding.name)
    try:
        in_use = hierarchy_in_use(version, finding, earlier="earlier" in request.GET)
    except Invalid as refusal:
        return _without_levels(request, pk, refusal)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    text = write_hierarchy(in_use.rows) if in_use.is_editable else ""
    form = HierarchyForm(*sent, column=finding.name, initial={"rows": text})
    previews = "preview" in request.POST
    if form.is_bound and form.is_valid() and not previews:
        kept = attempt(form, lambda: set_hierarchy(pk, column=finding.name, rows=form.read, by=by))
        if kept is not None:
            messages.success(request, _("The hierarchy is saved. The next policy uses it."))
            return redirect("hierarchy_edit", pk=pk, position=position)
    if not is_open:
        raise look_needed()
    rows = form.read if form.is_bound and form.is_valid() else in_use.rows
    piece, unnamed = previews and getattr(request, "htmx", False), in_use.unnamed(rows)
    context = {
        "version": version,
        "dataset": version.dataset,
        "finding": finding,
        "label": labels_of(version).get(finding.name, ""),
        "in_use": in_use,
        "acts": acts_on_source_version(version, by, "set_hierarchy"),
        "form": form,
        "levels": levels_of(rows),
        "unnamed": unnamed,
        "some_unnamed": unnamed[:EXAMPLES],
        "previews": previews and not form.errors,
        "is_piece": piece,
    }
    template = "partials/levels.html" if piece else "hierarchy.html"
    status = 200 if piece else form_status(form)
    return render(request, f"preparation/{template}", context, status=status)


@require_POST
@signed_in
def hierarchy_clear(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """Let the hierarchy be made from the values again."""
    by = actor(request)
    _version, finding = _column(by, pk, position)
    clear_hierarchy(pk, column=finding.name, by=by)
    messages.success(request, _("The hierarchy is made from the values again."))
    return redirect("hierarchy_edit", pk=pk, position=position)


@signed_in
def hierarchies_inherit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the hierarchies of earlier versions, and let an officer take over those that fit."""
    by = actor(request)
    version = source_visible_to(by, pk)
    check_decides(version, by)
    if request.method == "POST":
        taken = [one for one in inherit_hierarchies(pk, by=by) if one.covers]
        messages.success(
            request,
            ngettext(
                "%(count)d hierarchy was taken over. The next policy uses it.",
                "%(count)d hierarchies were taken over. The next policy uses them.",
                len(taken),
            )
            % {"count": len(taken)},
        )
        return redirect("policy_confirm", pk=pk)
    check_has_raw(version)
    inherited = inherited_of(version)
    context = {
        "version": version,
        "dataset": version.dataset,
        "inherited": inherited,
        "fits": any(one.covers for one in inherited),
        "acts": acts_on_source_version(version, by, "inherit_hierarchies"),
    }
    return render(request, "preparation/inherited.html", context)


@signed_in
def hierarchy_download(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """Give the hierarchy as a file in ARX's form, once it was said why."""
    by = actor(request)
    version, finding = _column(by, pk, position)
    if look_in_force(version, column=finding.name, by=by) is None:
        check_has_raw(version)
        return asks_for_reason(request, version, column=finding.name)
    try:
        text = write_hierarchy(hierarchy_in_use(version, finding).rows)
    except Invalid as refusal:
        return _without_levels(request, pk, refusal)
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = f"version-{version.number}_hierarchy_{finding.position}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _without_levels(request: HttpRequest, pk: UUID, refusal: Invalid) -> HttpResponse:
    # The policy leads to each column's levels without reading its values, which may be too many.
    if request.method == "POST":
        raise refusal
    messages.warning(request, refusal.sentence)
    return redirect("policy_confirm", pk=pk)


def _column(by: Actor, pk: UUID, position: int) -> tuple[DatasetVersion, ColumnFinding]:
    version = source_visible_to(by, pk)
    check_decides(version, by)
    return version, finding_at(version, position)
