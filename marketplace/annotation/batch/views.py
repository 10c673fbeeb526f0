"""The pages of annotators. They tell nothing of whose data it is."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.annotation.acceptance.selectors import inspections_of
from marketplace.annotation.batch.filters import WorkFilters
from marketplace.annotation.batch.forms import LabelForm, TakeInForm
from marketplace.annotation.batch.models import Batch, Task
from marketplace.annotation.batch.rules import acts_on_batch, acts_on_work
from marketplace.annotation.batch.selectors import (
    annotator_of,
    gone_tasks_of,
    open_batch_of,
    own_batches,
    own_tasks,
    pace_of,
    tasks_of,
    work_open_to,
)
from marketplace.annotation.batch.services import (
    hand_in_batch,
    label_item,
    look_at_item,
    save_batch_items,
    take_batch,
    take_labels_in,
)
from marketplace.annotation.batch.tables import WorkTable
from marketplace.annotation.project.reading import cells_of, texts_of
from marketplace.annotation.project.scheme import Answer
from marketplace.annotation.project.selectors import guideline_in_force
from marketplace.annotation.quality.presentation import gold_chart
from marketplace.annotation.quality.selectors import gold_over_time
from marketplace.core.locking import visible
from marketplace.web.lists import list_of
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor

work_list = list_of(work_open_to, WorkTable, "annotation/work_list.html", filters=WorkFilters)


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
    batch = visible(own_batches(actor(request)), pk=pk)
    tasks = tasks_of(batch)
    asked = request.GET.get("at", "")
    task = next((one for one in tasks if str(one.position) == asked), None)
    if task is None and "at" not in request.GET:
        task = next((one for one in tasks if not one.is_done), None)
    return _batch_page(request, batch, tasks, task)


def _batch_page(
    request: HttpRequest,
    batch: Batch,
    tasks: list[Task],
    task: Task | None,
    *,
    form: LabelForm | None = None,
    take_in_form: TakeInForm | None = None,
) -> HttpResponse:
    by, project = actor(request), batch.annotator.project
    acts, scheme = acts_on_batch(batch, by), project.scheme
    context = {
        "batch": batch,
        "project": project,
        "scheme": scheme,
        "tasks": tasks,
        "done": sum(one.is_done for one in tasks),
        "inspections": inspections_of(batch),
        "acts": acts,
    }
    if task is None or not acts["label_item"]:
        sent = take_in_form or TakeInForm()
        context |= {"take_in_form": sent, "gone": gone_tasks_of(batch).count()}
        return render(request, "annotation/batch_done.html", context, status=form_status(sent))
    cells = look_at_item(task.pk, by=by).cells
    if form is None:
        shown = {"skipped": task.skipped}
        if task.answer is not None:
            answer = Answer.from_json(task.answer)
            shown |= LabelForm.filled(scheme, answer, texts_of(cells))
        form = LabelForm(scheme=scheme, texts=texts_of(cells), initial=shown)
    context |= {
        "task": task,
        "cells": cells,
        "form": form,
        "guideline": guideline_in_force(project),
        "before": task.position - 1,
    }
    return render(request, "annotation/item_batch.html", context, status=form_status(form))


@require_POST
@signed_in
def item_label(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Label an item, and go on with the next one."""
    by = actor(request)
    task = visible(own_tasks(by), pk=pk)
    project = task.annotator.project
    texts = texts_of(cells_of(project, task.item.row)) if project.scheme.needs_texts else {}
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
    batch = visible(own_batches(by), pk=task.batch_id)
    return _batch_page(request, batch, tasks_of(batch), task, form=form)


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
    batch = visible(own_batches(by), pk=pk)
    if form.is_valid():
        tasks = form.cleaned_data["upload"]
        if attempt(form, lambda: take_labels_in(pk, tasks=tasks, by=by)) is not None:
            messages.success(request, _("The labels are taken in."))
            return redirect(f"{reverse('item_batch', args=[pk])}?at=")
    return _batch_page(request, batch, tasks_of(batch), None, take_in_form=form)


@require_POST
@signed_in
def batch_hand_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand a batch in, and say what became of it."""
    batch = hand_in_batch(pk, by=actor(request))
    messages.success(request, _("The batch is handed in."))
    return redirect("item_batch", pk=batch.pk)
