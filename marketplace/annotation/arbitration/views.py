"""The page on which a disagreement is decided."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.annotation.arbitration.rules import acts_on_item
from marketplace.annotation.arbitration.selectors import items_of_owner, outcomes_of
from marketplace.annotation.arbitration.services import arbitrate_item
from marketplace.annotation.look.services import look_at_rows
from marketplace.annotation.project.forms import AnswerForm
from marketplace.annotation.project.presentation import worded
from marketplace.annotation.project.reading import cells_of, texts_of
from marketplace.core.locking import visible
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def item_arbitrate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what annotators said of an item, and take what it is."""
    by = actor(request)
    item = visible(items_of_owner(by), pk=pk)
    project = item.project
    scheme = project.scheme
    sent = request.POST if request.method == "POST" else None
    form = AnswerForm(sent, scheme=scheme, texts=texts_of(cells_of(project, item.row)))
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
