"""The pages on which disagreements are decided, and labels that are likely wrong are listed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.annotation.arbitration.rules import acts_on_item
from marketplace.annotation.arbitration.selectors import items_of_owner, outcomes_of
from marketplace.annotation.arbitration.services import arbitrate_item, doubt_label
from marketplace.annotation.look.services import look_at_rows
from marketplace.annotation.project.forms import ItemAnswerForm
from marketplace.annotation.project.presentation import worded
from marketplace.annotation.project.reading import cells_of, texts_of
from marketplace.core import visible
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@require_POST
@signed_in
def label_doubt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have an item decided on whose label is likely wrong."""
    item = doubt_label(pk, by=actor(request))
    messages.success(request, _("Somebody decides what row %(row)d is.") % {"row": item.row})
    return redirect("likely_errors", pk=item.project_id)


@signed_in
def item_arbitrate(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    item = visible(items_of_owner(by), pk=pk)
    project = item.project
    scheme = project.scheme
    sent = request.POST if request.method == "POST" else None
    form = ItemAnswerForm(sent, scheme=scheme, texts=texts_of(cells_of(project, item.row)))
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: arbitrate_item(pk, answer=form.answer(), by=by))
        if done is not None:
            messages.success(request, _("The disagreement is decided."))
            return redirect("labelling_detail", pk=project.pk)
    # Only what is shown is looked at.
    [cells] = look_at_rows(project.pk, rows=[item.row], by=by)
    outcome = outcomes_of([item])[0]
    context = {
        "item": item,
        "project": project,
        "scheme": scheme,
        "cells": cells,
        "said": [
            (task.annotator.pseudonym, worded(scheme, task.answer, cells)) for task in outcome.said
        ],
        "form": form,
        "acts": acts_on_item(item, by),
    }
    return render(request, "annotation/item_arbitrate.html", context, status=form_status(form))
