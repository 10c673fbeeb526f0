"""The pages of labelling projects, for the owner of the data."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.timeline import timeline_of
from marketplace.annotation.acceptance.selectors import batches_to_inspect
from marketplace.annotation.arbitration.selectors import disputed_of
from marketplace.annotation.batch.funds import funds_of
from marketplace.annotation.batch.progress import annotators_of, progress_of
from marketplace.annotation.closing.services import close_labelling
from marketplace.annotation.labelled_set.rules import acts_on_labels
from marketplace.annotation.look.services import look_at_rows
from marketplace.annotation.pages.acts import acts_on_labelling
from marketplace.annotation.pay.rules import acts_on_funds
from marketplace.annotation.pay.services import fund_labelling
from marketplace.annotation.project.filters import LabellingFilters
from marketplace.annotation.project.forms import ItemAnswerForm, PlanForm, VersionForm
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.reading import cells_of, texts_of
from marketplace.annotation.project.rules import (
    QUALIFYING_ITEMS,
    check_open_labelling,
    versions_to_open,
)
from marketplace.annotation.project.selectors import (
    gold_of,
    gone_of,
    guideline_in_force,
    guidelines_of,
    labelling_services,
    labellings_visible_to,
)
from marketplace.annotation.project.services import (
    edit_labelling,
    open_labelling,
    set_gold,
    write_guideline,
)
from marketplace.annotation.project.standing import said_of
from marketplace.annotation.project.tables import LabellingTable
from marketplace.annotation.quality.presentation import agreement_rows, gold_chart
from marketplace.annotation.quality.selectors import gold_over_time, quality_of
from marketplace.annotation.renewal.rules import acts_on_renewal
from marketplace.catalog.version.selectors import columns_of, versions_visible_to
from marketplace.core import NotFound, visible
from marketplace.core.versions import version_of
from marketplace.web.lists import list_page
from marketplace.web.pages import attempt, form_status, signed_in, unless_changed
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


@signed_in
def labelling_list(request: HttpRequest) -> HttpResponse:
    """List the labelling projects that one may see, and offer the versions that can be labelled."""
    by = actor(request)
    versions = versions_to_open(by)
    form = VersionForm(request.GET if "version" in request.GET else None, versions=versions)
    if form.is_bound and form.is_valid():
        return redirect("labelling_open", pk=form.cleaned_data["version"])
    return list_page(
        request,
        "annotation/labelling_list.html",
        LabellingTable,
        labellings_visible_to(by),
        filters=LabellingFilters,
        context={"form": form, "versions": versions},
    )


@signed_in
def labelling_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    version = visible(versions_visible_to(by), pk=pk)
    check_open_labelling(version, by)
    form = PlanForm(
        request.POST or None,
        columns=columns_of(version),
        services=labelling_services(),
        initial={"rows": min(version.rows, 1000)},
    )
    if request.method == "POST" and form.is_valid():
        project = attempt(form, lambda: open_labelling(pk, plan=form.plan(), by=by))
        if project is not None:
            messages.success(request, _("The project is a draft. Write its guideline."))
            return redirect("labelling_detail", pk=project.pk)
    context = {"form": form, "version": version}
    return render(request, "annotation/labelling_open.html", context, status=form_status(form))


@signed_in
def labelling_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    project = visible(labellings_visible_to(by), pk=pk)
    form = PlanForm(
        request.POST or None,
        columns=columns_of(project.version),
        services=labelling_services(),
        initial=PlanForm.filled(project),
    )
    if request.method == "POST" and form.is_valid():
        act = unless_changed(request, project, lambda: edit_labelling(pk, plan=form.plan(), by=by))
        if attempt(form, act) is not None:
            messages.success(request, _("The plan is saved."))
            return redirect("labelling_detail", pk=pk)
    context = {
        "form": form,
        "project": project,
        "acts": acts_on_labelling(project, by),
        "seen_version": version_of(project),
    }
    return render(request, "annotation/labelling_edit.html", context, status=form_status(form))


def labelling_page(
    request: HttpRequest,
    project: LabellingProject,
    *,
    form: ActForm | None = None,
    fund_form: ActForm | None = None,
) -> HttpResponse:
    by, scheme = actor(request), project.scheme
    guideline = guideline_in_force(project)
    if form is None:
        shown = {"text": guideline.text, "examples": guideline.examples} if guideline else {}
        form = form_of(write_guideline)(initial=shown)
    points = gold_over_time(project)
    context: dict[str, Any] = {
        "project": project,
        "scheme": scheme,
        "guideline": guideline,
        "editions": guidelines_of(project).count(),
        "gold": gold_of(project),
        "least_gold": QUALIFYING_ITEMS,
        "admitted": project.admitted.all(),
        "progress": progress_of(project),
        "standstill": said_of(project.version),
        "gone": gone_of(project),
        "annotators": annotators_of(project),
        "form": form,
        "fund_form": fund_form or form_of(fund_labelling)(),
        "funds": funds_of(project),
        "to_inspect": batches_to_inspect(project)[:20],
        "quality": (quality := quality_of(project)),
        "agreement": agreement_rows(quality),
        "gold_points": points,
        "gold_chart": gold_chart(points),
        "disputed": disputed_of(project)[:50],
        "set_acts": acts_on_labels(project, by),
        "renewal_acts": acts_on_renewal(project, by),
        "acts": acts_on_labelling(project, by),
        "fund_acts": acts_on_funds(project, by),
        "timeline": timeline_of(project.subject, by=by),
    }
    status = max(form_status(form), form_status(context["fund_form"]))
    return render(request, "annotation/labelling_detail.html", context, status=status)


@signed_in
def labelling_item(request: HttpRequest, pk: UUID, row: int) -> HttpResponse:
    """Show a row as annotators see it, and take its right label while the project is a draft."""
    by = actor(request)
    project = visible(labellings_visible_to(by), pk=pk)
    if not 1 <= row <= project.version.rows:
        raise NotFound(_("This version has no such row."))
    scheme, sent = project.scheme, request.POST if request.method == "POST" else None
    form = ItemAnswerForm(sent, scheme=scheme, texts=texts_of(cells_of(project, row)))
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: set_gold(pk, row=row, answer=form.answer(), by=by))
        if done is not None:
            messages.success(request, _("The gold item is set."))
            return redirect("labelling_item", pk=pk, row=min(row + 1, project.version.rows))
    # Only what is shown is looked at.
    [cells] = look_at_rows(pk, rows=[row], by=by)
    context = {
        "project": project,
        "scheme": scheme,
        "cells": cells,
        "row": row,
        "last_row": project.version.rows,
        "gold": gold_of(project).filter(row=row).first(),
        "gold_count": gold_of(project).count(),
        "least_gold": QUALIFYING_ITEMS,
        "form": form,
        "acts": acts_on_labelling(project, by),
    }
    return render(request, "annotation/labelling_item.html", context, status=form_status(form))


@require_POST
@signed_in
def labelling_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a project, or begin to where batches are under way."""
    project = close_labelling(pk, by=actor(request))
    ended = _("The project is closed.")
    begun = _("What is labelled was handed in as it is. Inspect it, then close the project.")
    messages.success(request, ended if project.is_closed else begun)
    return redirect("labelling_detail", pk=pk)
