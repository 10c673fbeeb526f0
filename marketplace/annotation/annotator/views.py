"""The pages of annotators. They tell nothing of whose data it is."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.annotation.acceptance.presentation import why_returned
from marketplace.annotation.acceptance.selectors import inspections_of
from marketplace.annotation.annotator.forms import LabelForm, TakeInForm
from marketplace.annotation.batch.progress import pace_of
from marketplace.annotation.batch.rules import acts_on_batch, acts_on_work, check_works_on
from marketplace.annotation.batch.selectors import (
    Place,
    annotator_of,
    asked_tasks,
    gone_tasks_of,
    open_batch_of,
    own_batches,
    places_in,
    tasks_of,
    work_open_to,
)
from marketplace.annotation.batch.services import (
    label_item,
    look_at_item,
    save_batch_items,
    take_batch,
    take_labels_in,
)
from marketplace.annotation.kinds.kind import Answer
from marketplace.annotation.project.reading import cells_of, texts_of
from marketplace.annotation.project.selectors import guideline_in_force
from marketplace.annotation.quality.presentation import gold_chart
from marketplace.annotation.quality.selectors import gold_over_time
from marketplace.core import Refusal, is_open, visible
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def labelling_work(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an annotator what a project asks, how far they are, and the next batch."""
    by = actor(request)
    project = visible(work_open_to(by), pk=pk)
    annotator = annotator_of(project, by)
    # Nobody is told how they qualified.
    points = gold_over_time(project, annotator=annotator, batch__is_qualification=False)
    context = {
        "project": project,
        "scheme": project.scheme,
        "guideline": guideline_in_force(project),
        "annotator": annotator,
        "batch": open_batch_of(annotator) if annotator else None,
        "batches": own_batches(by).filter(annotator=annotator) if annotator else (),
        "pace": pace_of(annotator) if annotator else None,
        "gold_points": points if annotator else {},
        "gold_chart": gold_chart(points) if points else "",
        "acts": acts_on_work(project, by),
    }
    return render(request, "annotation/labelling_work.html", context)


@require_POST
@signed_in
def batch_take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a batch, or go on with the open one."""
    batch = take_batch(pk, by=actor(request))
    return redirect("item_batch", pk=batch.pk)


@signed_in
def item_batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an annotator the next item of a batch, the one asked for, or what is left to do."""
    places = places_in(pk)
    asked = request.GET.get("at", "")
    place = next((one for one in places if str(one.position) == asked), None)
    if place is None and "at" not in request.GET:
        place = next((one for one in places if not one.is_done), None)
    return _whole_page(request, pk) if place is None else _item_page(request, pk, places, place)


def _item_page(
    request: HttpRequest,
    pk: UUID,
    places: list[Place],
    place: Place,
    form: LabelForm | None = None,
) -> HttpResponse:
    by = actor(request)
    try:
        shown = look_at_item(place.task_id, by=by)
    except Refusal:
        # Where its items are not labelled, the page of the batch says so.
        if is_open(check_works_on, visible(own_batches(by), pk=pk), by):
            raise
        return _whole_page(request, pk)
    task, cells, texts = shown.task, shown.cells, texts_of(shown.cells)
    project = task.batch.annotator.project
    if form is None:
        filled = {"skipped": task.skipped}
        if task.answer is not None:
            answer = Answer.from_json(task.answer)
            filled |= project.scheme.kind.filled(answer, texts)
        form = LabelForm(scheme=project.scheme, texts=texts, initial=filled)
    context = {
        "project": project,
        "scheme": project.scheme,
        "task": task,
        "items": len(places),
        "done": sum(one.is_done for one in places),
        "before": task.position - 1,
        "cells": cells,
        "form": form,
        "guideline": guideline_in_force(project),
    }
    return render(request, "annotation/item_batch.html", context, status=form_status(form))


def _whole_page(request: HttpRequest, pk: UUID, form: TakeInForm | None = None) -> HttpResponse:
    by = actor(request)
    batch = visible(own_batches(by), pk=pk)
    tasks, sent = tasks_of(batch), form or TakeInForm()
    context = {
        "batch": batch,
        "project": batch.annotator.project,
        "tasks": tasks,
        "done": sum(one.is_done for one in tasks),
        "gone": gone_tasks_of(batch).count(),
        "came_back": [why_returned(one) for one in inspections_of(batch) if not one.is_accepted],
        "take_in_form": sent,
        "acts": acts_on_batch(batch, by),
    }
    return render(request, "annotation/batch_done.html", context, status=form_status(sent))


@require_POST
@signed_in
def item_label(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Label an item, and go on with the next one."""
    by = actor(request)
    task = visible(asked_tasks(by), pk=pk)
    project = task.batch.annotator.project
    texts = texts_of(cells_of(project, task.item.row)) if project.scheme.kind.needs_texts else {}
    form = LabelForm(request.POST, scheme=project.scheme, texts=texts)
    if form.is_valid():
        done = attempt(
            form,
            lambda: label_item(
                pk, answer=form.given(), skipped=form.cleaned_data["skipped"], by=by
            ),
        )
        if done is not None:
            return redirect(reverse("item_batch", args=[task.batch_id]))
    places = places_in(task.batch_id)
    place = next(one for one in places if one.task_id == task.pk)
    return _item_page(request, task.batch_id, places, place, form)


@require_safe
@signed_in
def batch_items_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the items of a batch, to be labelled in another program."""
    content = save_batch_items(pk, by=actor(request))
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="batch-{pk}.zip"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@signed_in
def labels_take_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take in labels that were given in another program."""
    by, form = actor(request), TakeInForm(request.POST, request.FILES)
    if form.is_valid():
        tasks = form.cleaned_data["upload"]
        if attempt(form, lambda: take_labels_in(pk, tasks=tasks, by=by)) is not None:
            messages.success(request, _("The labels are taken in."))
            return redirect(f"{reverse('item_batch', args=[pk])}?at=")
    return _whole_page(request, pk, form)
